/** Small programs with loops over functions, for the tests of the concurrency model: see `model.test.ts` for the marks. */
import type { Shape } from './blocked-channel-shapes.ts';

const LOGINS = `type logins struct {
	mu   sync.RWMutex
	seen map[string]int
}

func newLogins() *logins { return &logins{seen: map[string]int{"ada": 1, "bob": 2}} }

func (l *logins) each(yield func(string) bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	for user := range l.seen {
		if !yield(user) {
			return
		}
	}
}
`;

/** Programs in which something stays blocked. */
export const BLOCKED_ITERATORS: readonly Shape[] = [
  {
    title: 'the body of a loop over a method takes the lock that the method holds',
    code: `${LOGINS}
func (l *logins) drop(user string) {
	l.mu.Lock() // leak: double-lock
	defer l.mu.Unlock()
	delete(l.seen, user)
}

func f() {
	l := newLogins()
	for user := range l.each {
		l.drop(user)
	}
}`,
  },
  {
    title: 'a loop over what a function returns is left while senders are on their way',
    code: `func answers(names []string) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		ch := make(chan string)
		for _, name := range names {
			go func() {
				ch <- name // leak: surplus-senders
			}()
		}
		for n := range names {
			if !yield(n, <-ch) {
				return
			}
		}
	}
}

func f(good func(string) bool) string {
	for _, answer := range answers([]string{"a", "b"}) {
		if good(answer) {
			return answer
		}
	}
	return ""
}`,
  },
  {
    title: 'a way out of two loops skips the close',
    code: `func twice(yield func(int) bool) {
	_ = yield(1) && yield(2)
}

func f() {
	ch := make(chan int)
	go func() {
		for range ch { // leak: close-skipped
		}
	}()
outer:
	for a := range twice {
		for b := range twice {
			if a == 1 && b == 2 {
				continue outer
			}
			if a == 2 {
				return
			}
			ch <- b
		}
	}
	close(ch)
}`,
  },
  {
    title: 'what the keys of a map are is known',
    code: `func f() {
	done := map[string]chan int{"a": make(chan int), "b": make(chan int)}
	for name, ch := range done {
		go func() {
			if name == "a" {
				ch <- 1
				return
			}
			ch <- 2 // leak: abandoned-send
		}()
	}
	for _, name := range slices.Sorted(maps.Keys(done)) {
		if name == "b" {
			break
		}
		<-done[name]
	}
}`,
  },
];

/** Programs in which nothing does. */
export const SILENT_ITERATORS: readonly Shape[] = [
  {
    title: 'the body changes what it shares with the function around',
    code: `func three(yield func(int) bool) {
	for n := range 3 {
		if !yield(n) {
			return
		}
	}
}

func f() {
	ch := make(chan int)
	sum, left := 0, true
	for n := range three {
		sum += n
		if n == 1 {
			left = false
			break
		}
	}
	if sum != 1 || left {
		<-ch
	}
}`,
  },
  {
    title: 'a deferred unlock of the body waits for the function around',
    code: `func once(yield func(int) bool) { yield(0) }

type box struct{ mu sync.Mutex }

func (b *box) use() {
	for range once {
		b.mu.Lock()
		defer b.mu.Unlock()
	}
}

func f() {
	b := &box{}
	b.use()
	b.use()
}`,
  },
  {
    title: 'results of a return in the body arrive',
    code: `func once(yield func(int) bool) { yield(7) }

func pair() (n int, err error) {
	for v := range once {
		return v, nil
	}
	return 0, errors.New("nothing")
}

func f() {
	ch := make(chan int)
	if n, err := pair(); err != nil || n != 7 {
		<-ch
	}
}`,
  },
  {
    title: 'nothing is known of the iterator',
    code: `func f(lines func(yield func(string) bool)) {
	ch := make(chan string)
	go func() {
		defer close(ch)
		for line := range lines {
			ch <- line
		}
	}()
	for range ch {
	}
}`,
  },
  {
    title: 'everybody in a copy of the keys is told, without the lock',
    code: `type hub struct {
	mu   sync.Mutex
	subs map[chan int]bool
}

func (h *hub) tell() {
	h.mu.Lock()
	subs := slices.Collect(maps.Keys(h.subs))
	h.mu.Unlock()
	for _, s := range subs {
		s <- 1
	}
}

func f() {
	a := make(chan int)
	h := &hub{subs: map[chan int]bool{a: true}}
	go h.tell()
	<-a
	h.mu.Lock()
	defer h.mu.Unlock()
}`,
  },
];
