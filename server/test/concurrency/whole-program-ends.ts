/** Pairs of tests in which something else than the last statement ends the test, or a thing is taken out of reach. */
import type { Pair } from './whole-program-shapes.ts';

export const PROGRAMS_THAT_END: Pair[] = [
  {
    title: 'a test that skips itself leaves its sender behind',
    leaky: `func TestFirst(t *testing.T) {
	words := make(chan string)
	go func() {
		for _, w := range []string{"a", "b", "c"} {
			words <- w // leak: abandoned-send|producer-outlives-consumer|surplus-senders
		}
		close(words)
	}()
	for w := range words {
		if w == "b" {
			t.Skip("no b today")
		}
	}
}
`,
    fixed: `func TestFirst(t *testing.T) {
	words := make(chan string)
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		defer close(words)
		for _, w := range []string{"a", "b", "c"} {
			select {
			case words <- w:
			case <-stop:
				return
			}
		}
	}()
	for w := range words {
		if w == "b" {
			t.Skip("no b today")
		}
	}
}
`,
  },
  {
    title: 'who leaves is taken out of every room',
    leaky: `type hall struct {
	rooms map[string]map[string]chan int
	seats map[string]chan int
}

func (h *hall) leave(name string) {
	for _, room := range h.rooms {
		delete(room, name)
	}
	delete(h.seats, name)
}

func (h *hall) call(room string) {
	for _, c := range h.rooms[room] {
		c <- 1
	}
}

func TestHall(t *testing.T) {
	seat := make(chan int)
	h := &hall{rooms: map[string]map[string]chan int{"a": {"x": seat}}, seats: map[string]chan int{"x": seat}}
	done := make(chan struct{})
	go func() {
		for range seat { // leak: never-closed-range|close-skipped
		}
		close(done)
	}()
	h.call("a")
	h.leave("x")
	h.call("a")
}
`,
    fixed: `type hall struct {
	rooms map[string]map[string]chan int
	seats map[string]chan int
}

func (h *hall) leave(name string) {
	if seat, ok := h.seats[name]; ok {
		delete(h.seats, name)
		close(seat)
	}
	for _, room := range h.rooms {
		delete(room, name)
	}
}

func (h *hall) call(room string) {
	for _, c := range h.rooms[room] {
		c <- 1
	}
}

func TestHall(t *testing.T) {
	seat := make(chan int)
	h := &hall{rooms: map[string]map[string]chan int{"a": {"x": seat}}, seats: map[string]chan int{"x": seat}}
	done := make(chan struct{})
	go func() {
		for range seat {
		}
		close(done)
	}()
	h.call("a")
	h.leave("x")
	h.call("a")
	<-done
}
`,
  },
];
