package timernotstopped

import (
	"context"
	"errors"
	"time"
)

var errLate = errors.New("too late")

type call struct {
	answers chan int
	limit   time.Duration
}

func (c *call) await() (int, error) {
	timer := time.NewTimer(c.limit) // want "timer-not-stopped: `timer` is not stopped on every way out: after the return on line 20 it stays in memory until it fires for nobody"
	select {
	case n := <-c.answers:
		return n, nil
	case <-timer.C:
		return 0, errLate
	}
}

func (c *call) stopsSometimes(ctx context.Context) (int, error) {
	timer := time.NewTimer(c.limit) // want "after the return on line 33"
	select {
	case n := <-c.answers:
		timer.Stop()
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-timer.C:
		return 0, errLate
	}
}

func each(jobs <-chan call, handle func(int)) {
	for c := range jobs {
		t := time.NewTimer(time.Minute) // want "`t` is not stopped before the loop makes the next timer: each turn leaves one"
		select {
		case n := <-c.answers:
			handle(n)
		case <-t.C:
		}
	}
}

func renewed(events <-chan struct{}, limit time.Duration) bool {
	idle := time.NewTimer(limit) // want "`idle` gets another timer on line 54 before it was stopped"
	select {
	case <-events:
		idle = time.NewTimer(limit)
	case <-idle.C:
		return false
	}
	defer idle.Stop()
	<-idle.C
	return true
}

func guarded(work func() error, abort func()) error {
	watchdog := time.AfterFunc(time.Minute, abort) // want "`watchdog` is stopped on other ways but not here: after the return on line 66 its function still runs when the time is up"
	if err := work(); err != nil {
		return err
	}
	watchdog.Stop()
	return nil
}

func perItem(items []func() bool, abort func()) {
	for _, item := range items {
		w := time.AfterFunc(time.Hour, abort) // want "`w` is not stopped before the loop makes the next timer: the function of the old one"
		if !item() {
			continue
		}
		w.Stop()
	}
}
