package leaky

import (
	"errors"
	"time"
)

// Backend answers for a key.
type Backend func(key string) (string, error)

// Hedger asks one backend after the other and takes the first good answer.
type Hedger struct {
	Backends []Backend
	Delay    time.Duration
}

type answer struct {
	value string
	err   error
}

// Get asks the next backend when the delay is over or all that were asked have failed.
func (h *Hedger) Get(key string) (string, error) {
	if len(h.Backends) == 0 {
		return "", errors.New("no backends")
	}
	answers := make(chan answer)
	asked, failed := 0, 0
	ask := func() {
		if asked == len(h.Backends) {
			return
		}
		backend := h.Backends[asked]
		asked++
		go func() {
			value, err := backend(key)
			answers <- answer{value, err} // blocked: surplus-senders
		}()
	}
	timer := time.NewTimer(h.Delay)
	defer timer.Stop()
	for ask(); ; {
		select {
		case a := <-answers:
			if a.err == nil {
				return a.value, nil
			}
			failed++
			if failed == len(h.Backends) {
				return "", a.err
			}
			if failed == asked {
				ask()
			}
		case <-timer.C:
			ask()
			timer.Reset(h.Delay)
		}
	}
}
