package tickernotstopped

import (
	"context"
	"time"
)

type beacon struct {
	flash func()
	rates chan time.Duration
	kept  []*time.Ticker
}

// The old one is stopped first.
func (b *beacon) inTurn(ctx context.Context) {
	beat := time.NewTicker(time.Second)
	defer func() { beat.Stop() }()
	for {
		select {
		case <-ctx.Done():
			return
		case rate := <-b.rates:
			beat.Stop()
			beat = time.NewTicker(rate)
		case <-beat.C:
			b.flash()
		}
	}
}

// The same ticker goes on.
func (b *beacon) reset(ctx context.Context) {
	beat := time.NewTicker(time.Second)
	defer func() { beat.Stop() }()
	for {
		select {
		case <-ctx.Done():
			return
		case rate := <-b.rates:
			beat.Reset(rate)
		case <-beat.C:
			b.flash()
		}
	}
}

// Control leaves with the new one, and the closure stops that.
func (b *beacon) onlyOnce(ctx context.Context, isSlow bool) {
	var beat *time.Ticker
	defer func() {
		if beat != nil {
			beat.Stop()
		}
	}()
	if isSlow {
		beat = time.NewTicker(time.Minute)
	} else {
		beat = time.NewTicker(time.Second)
	}
	for ctx.Err() == nil {
		<-beat.C
		b.flash()
	}
}

// Made where there is none.
func (b *beacon) whenMissing(ctx context.Context) {
	var beat *time.Ticker
	defer func() {
		if beat != nil {
			beat.Stop()
		}
	}()
	for ctx.Err() == nil {
		if beat == nil {
			beat = time.NewTicker(time.Second)
		}
		<-beat.C
		b.flash()
	}
}

// Each is stopped at the end, by a list, a variable beside it, or a literal that is called.
func (b *beacon) together(ctx context.Context) {
	beat := time.NewTicker(time.Second)
	b.kept = append(b.kept, beat)
	defer func() { beat.Stop() }()
	for ctx.Err() == nil {
		<-beat.C
		beat = time.NewTicker(time.Minute)
		b.kept = append(b.kept, beat)
	}
	for _, k := range b.kept {
		k.Stop()
	}
}

func (b *beacon) former(ctx context.Context) {
	beat := time.NewTicker(time.Second)
	defer func() { beat.Stop() }()
	for ctx.Err() == nil {
		<-beat.C
		old := beat
		beat = time.NewTicker(time.Minute)
		old.Stop()
	}
}

func (b *beacon) byLiteral(ctx context.Context) {
	beat := time.NewTicker(time.Second)
	stop := func() { beat.Stop() }
	defer func() { stop() }()
	for ctx.Err() == nil {
		<-beat.C
		stop()
		beat = time.NewTicker(time.Minute)
	}
}

// The literal is a turn of the loop: each stops its own.
func (b *beacon) eachTurn(ctx context.Context) {
	for ctx.Err() == nil {
		func() {
			beat := time.NewTicker(time.Second)
			defer func() { beat.Stop() }()
			<-beat.C
			b.flash()
		}()
	}
}

// The loop ends with the one that it makes.
func (b *beacon) last(ctx context.Context) {
	beat := time.NewTicker(time.Second)
	defer func() { beat.Stop() }()
	for {
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
			b.flash()
		case rate := <-b.rates:
			beat.Stop()
			beat = time.NewTicker(rate)
			<-beat.C
			return
		}
	}
}
