/** Pairs of tests in which it matters of which type a value in an interface is. */
import type { Pair } from './whole-program-shapes.ts';

const EVENTS = `type started string
type stopped string
type progress int

func watch(events <-chan any, done chan<- int) {
	n := 0
	for e := range events {
		switch e := e.(type) {
		case started:
			n++
		case progress:
			n += int(e)
		case stopped:
			done <- n // leak: producer-outlives-consumer
		}
	}
}
`;

const CAUSES = `type cause string

func (c cause) Error() string { return "closed: " + string(c) }

func wait(done <-chan struct{}) {
	<-done // leak: close-skipped
}

const errShutdown cause = "shutdown"
const errIdle cause = "idle"

func closeWith(idle bool) error {
	if idle {
		return errIdle
	}
	return errShutdown
}
`;

const MODES = `type mode int

const (
	eager mode = iota
	lazy
)

func (m mode) rounds() int {
	if m == eager {
		return 2
	}
	return 1
}

type plan interface{ rounds() int }

func feed(p plan, out chan<- int) {
	for i := 0; i < p.rounds(); i++ {
		out <- i // leak: producer-outlives-consumer
	}
}
`;

const LEAK = / \/\/ leak.*/g;

export const PROGRAMS_OF_DYNAMIC_TYPES: Pair[] = [
  {
    title: 'a type switch tells named basic types apart',
    leaky: `${EVENTS}
func TestWatch(t *testing.T) {
	events := make(chan any)
	done := make(chan int)
	go watch(events, done)
	events <- started("a")
	events <- progress(2)
	events <- stopped("a")
	close(events)
}
`,
    fixed: `${EVENTS.replace(LEAK, '')}
func TestWatch(t *testing.T) {
	events := make(chan any)
	done := make(chan int)
	go watch(events, done)
	events <- started("a")
	events <- progress(2)
	events <- started("a")
	close(events)
}
`,
  },
  {
    title: 'an error is a text of a type of its own',
    leaky: `${CAUSES}
func TestClose(t *testing.T) {
	done := make(chan struct{})
	go wait(done)
	func() {
		err := closeWith(false)
		if err == errIdle || errors.Is(err, errIdle) {
			close(done)
		}
	}()
}
`,
    fixed: `${CAUSES.replace(LEAK, '')}
func TestClose(t *testing.T) {
	done := make(chan struct{})
	go wait(done)
	func() {
		err := closeWith(true)
		if err == errIdle && errors.Is(err, errIdle) {
			close(done)
		}
	}()
}
`,
  },
  {
    title: 'a number of a named type has the methods of an interface',
    leaky: `${MODES}
func TestFeed(t *testing.T) {
	out := make(chan int)
	go feed(eager, out)
	<-out
}
`,
    fixed: `${MODES.replace(LEAK, '')}
func TestFeed(t *testing.T) {
	out := make(chan int)
	go feed(lazy, out)
	<-out
}
`,
  },
  {
    title: 'keys of different types are different keys',
    leaky: `type userKey int
type jobKey int

func TestKeys(t *testing.T) {
	waiting := map[any]chan int{}
	waiting[userKey(1)] = make(chan int)
	waiting[jobKey(1)] = make(chan int, 1)
	go func() {
		<-waiting[jobKey(1)] // leak: receive-without-sender
	}()
	select {
	case waiting[userKey(1)] <- 1:
	default:
	}
}
`,
    fixed: `type userKey int
type jobKey int

func TestKeys(t *testing.T) {
	waiting := map[any]chan int{}
	waiting[userKey(1)] = make(chan int)
	waiting[jobKey(1)] = make(chan int, 1)
	go func() {
		<-waiting[jobKey(1)]
	}()
	select {
	case waiting[jobKey(1)] <- 1:
	default:
	}
}
`,
  },
  {
    title: 'a field and a result are interfaces',
    leaky: `func wait(done <-chan struct{}) {
	<-done // leak: close-skipped
}

type code int

func (c code) final() bool { return c > 1 }

type final interface{ final() bool }

type reply struct{ status any }

func ask(c code) (reply, error) { return reply{status: c}, nil }

func TestAsk(t *testing.T) {
	done := make(chan struct{})
	go wait(done)
	func() {
		r, _ := ask(1)
		if f, ok := r.status.(final); ok && f.final() {
			close(done)
		}
	}()
}
`,
    fixed: `func wait(done <-chan struct{}) {
	<-done
}

type code int

func (c code) final() bool { return c > 1 }

type final interface{ final() bool }

type reply struct{ status any }

func ask(c code) (reply, error) { return reply{status: c}, nil }

func TestAsk(t *testing.T) {
	done := make(chan struct{})
	go wait(done)
	func() {
		r, _ := ask(2)
		if f, ok := r.status.(final); ok && f.final() {
			close(done)
		}
	}()
}
`,
  },
];
