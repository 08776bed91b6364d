package replaced

import (
	"context"
	"sync"
)

// A stage has one play on at a time.
type stage struct {
	mu   sync.Mutex
	on   *play
	name string
}

type play struct {
	title string
	acts  int
	drop  context.CancelFunc
}

func (p *play) perform(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
			p.acts++
		}
	}
}

func (s *stage) Show(ctx context.Context, title string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := s.on; now != nil && now.title == title {
		return
	}
	ctx, drop := context.WithCancel(ctx) // want "what `s.on` held until here is not cancelled: `Show` puts another one in its place"
	next := &play{title: title, drop: drop}
	s.on = next
	go next.perform(ctx)
}

func (s *stage) Clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.on != nil {
		s.on.drop()
		s.on = nil
	}
}

// The cancel functions themselves, by name, with a flag.
type choir struct {
	voices map[string]context.CancelFunc
	sung   int
}

func (c *choir) Sing(ctx context.Context, voice string, sing func(context.Context)) {
	_, ok := c.voices[voice]
	if ok {
		c.sung++
	}
	ctx, cancel := context.WithCancel(ctx) // want "what `c.voices\\[voice\\]` held until here is not cancelled: `Sing` puts"
	c.voices[voice] = cancel
	go sing(ctx)
}

func (c *choir) Hush(voice string) {
	if cancel, ok := c.voices[voice]; ok {
		cancel()
		delete(c.voices, voice)
	}
}

// A package variable, with a context that a goroutine waits for.
var encore *play

func startEncore(title string) {
	if encore != nil {
		println(encore.title)
	}
	ctx, cancel := context.WithCancel(context.Background()) // want "what `encore` held until here is not cancelled: `startEncore` puts"
	encore = &play{title: title, drop: cancel}
	go func() { <-ctx.Done() }()
}

func stopEncore() {
	if encore != nil {
		encore.drop()
		encore = nil
	}
}

// By a maker, and ended by a method.
type orchestra struct{ piece *piece }

type piece struct {
	bars int
	end  context.CancelFunc
}

func newPiece(ctx context.Context) *piece {
	ctx, end := context.WithCancel(ctx)
	p := &piece{end: end}
	go p.run(ctx)
	return p
}

func (p *piece) run(ctx context.Context) { <-ctx.Done() }

func (p *piece) finish() { p.end() }

func (o *orchestra) Play(ctx context.Context) int {
	bars := 0
	if o.piece != nil {
		bars = o.piece.bars
	}
	o.piece = newPiece(ctx) // want "what `o.piece` held until here is not cancelled: `Play` puts"
	return bars
}

func (o *orchestra) Stop() {
	if o.piece != nil {
		o.piece.finish()
	}
}
