/** Small programs in which flags, states and counters decide who sends and who receives. */
import type { Shape } from './blocked-channel-shapes.ts';

/** The guards agree. */
export const SILENT_GUARDS: readonly Shape[] = [
  {
    title: 'where a flag that is taken back tells that somebody receives',
    code: `func handle(lines func() (string, error)) {
	quit := make(chan bool)
	idle := false
	for {
		line, err := lines()
		if err != nil {
			if idle {
				quit <- true
			}
			return
		}
		if idle {
			quit <- true
		}
		if line == "idle" {
			idle = true
			go func() { <-quit }()
			continue
		}
		if idle {
			idle = false
		}
	}
}`,
  },
  {
    title: 'where a state that a switch sets tells that somebody receives',
    code: `type phase int

const (
	off phase = iota
	on
)

func toggle(clicks func() bool) {
	var p phase
	quit := make(chan struct{})
	for clicks() {
		next := p
		switch p {
		case off:
			next = on
		case on:
			next = off
		}
		if next == on {
			go func() { <-quit }()
		} else {
			quit <- struct{}{}
		}
		p = next
	}
	if p == on {
		quit <- struct{}{}
	}
}`,
  },
  {
    title: 'where those who pause tell the counter of those who may still send',
    code: `type pause struct{ unpause chan struct{} }

func parallel(items []int, visit func(int, chan<- pause) bool) {
	done := make(chan int)
	cancel := make(chan bool)
	paused := make(chan pause)
	active := 0
	for _, i := range items {
		active++
		go func() {
			if visit(i, paused) {
				cancel <- true
			}
			done <- i
		}()
	}
	var waiting []pause
	for active > 0 {
		select {
		case <-cancel:
		case <-done:
			active--
			for _, p := range waiting {
				active++
				close(p.unpause)
			}
			waiting = nil
		case p := <-paused:
			waiting = append(waiting, p)
			active--
		}
	}
}`,
  },
  {
    title: 'where a flag is taken back for the same message that ends the receiver',
    code: `func player(commands <-chan int, show func(int)) {
	control := make(chan int)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			switch <-control {
			case 0:
				show(0)
			case 1:
				return
			}
		}
	}()
	playing := true
	for playing {
		c, ok := <-commands
		if !ok {
			c = 1
		}
		control <- c
		if c == 1 {
			playing = false
		}
	}
	<-done
}`,
  },
  {
    title: 'where a quorum would have to be larger than what it is one of',
    code: `type cluster struct {
	members []string
	quorum  int
}

func (c *cluster) write(apply func(string) error) error {
	acks := make(chan error, len(c.members))
	for _, m := range c.members {
		go func() { acks <- apply(m) }()
	}
	ok, failed := 0, 0
	for ok < c.quorum {
		if err := <-acks; err != nil {
			failed++
			if failed > len(c.members)-c.quorum {
				return err
			}
			continue
		}
		ok++
	}
	return nil
}`,
  },
];

/** One of them is wrong. */
export const BLOCKED_GUARDS: readonly Shape[] = [
  {
    title: 'where a flag is not taken back when the receiver has left',
    code: `func handle(lines func() (string, error)) {
	quit := make(chan bool)
	idle := false
	for {
		line, err := lines()
		if err != nil {
			return
		}
		if idle {
			quit <- true // leak: producer-outlives-consumer
		}
		if line == "idle" && !idle {
			idle = true
			go func() { <-quit }() // leak: receive-without-sender
		}
	}
}`,
  },
  {
    title: 'where the flag is taken back for another message than ends the receiver',
    code: `func player(commands <-chan int) {
	control := make(chan int)
	go func() {
		for {
			if <-control == 1 { // leak: receive-without-sender
				return
			}
		}
	}()
	playing := true
	for playing {
		c := <-commands
		control <- c // leak: producer-outlives-consumer
		if c == 2 {
			playing = false
		}
	}
}`,
  },
  {
    title: 'where a switch leaves a state as it was',
    code: `type phase int

const (
	off phase = iota
	on
)

func toggle(clicks func() bool) {
	p := off
	quit := make(chan struct{})
	for clicks() {
		switch p {
		case off:
			go func() { <-quit }() // leak: receive-without-sender
			p = on
		case on:
			quit <- struct{}{} // leak: producer-outlives-consumer
		}
	}
}`,
  },
  {
    title: 'where more than one member is waited for although only one is asked',
    code: `type cluster struct {
	members []string
	quorum  int
}

func (c *cluster) write(apply func(string) error) {
	acks := make(chan error, len(c.members))
	for _, m := range c.members {
		go func() { acks <- apply(m) }()
		break
	}
	for ok := 0; ok < c.quorum; ok++ {
		<-acks // leak: receive-without-sender
	}
}`,
  },
];
