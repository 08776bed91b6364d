/** What clients of a type may do: they have a value only where its constructor has not failed. */
import { deepStrictEqual } from 'node:assert';
import { modelOf } from '../../src/concurrency/model/model.ts';
import { packageOf } from '../support/analysis.ts';

const GATHERER = `package p

import (
	"errors"
	"sync"
)

type source interface{ update(ch chan<- int) error }

type Gatherer struct {
	Sources map[string]source
	left    int
}

func New(options ...func(*Gatherer) error) (*Gatherer, error) {
	g := &Gatherer{left: 1}
	for _, o := range options {
		if err := o(g); err != nil {
			return nil, err
		}
	}
	return g, nil
}

var errNothing = errors.New("nothing")

func (g Gatherer) Gather(ch chan<- int) {
	var wg sync.WaitGroup
	wg.Add(len(g.Sources))
	for _, s := range g.Sources {
		go func() {
			if err := s.update(ch); err == errNothing {
				println("nothing")
			}
			ch <- 1
			wg.Done()
		}()
	}
	wg.Wait()
}
`;

const WATCH = `package p

import "sync"

type Watch struct {
	changed func(*Watch)
	once    sync.Once
	quit    chan struct{}
	done    chan struct{}
}

func Start(changed func(*Watch)) *Watch {
	w := &Watch{changed: changed, quit: make(chan struct{}), done: make(chan struct{})}
	go w.loop()
	return w
}

func (w *Watch) loop() {
	defer close(w.done)
	w.changed(w)
	<-w.quit
}

func (w *Watch) Stop() { w.once.Do(func() { close(w.quit) }) }

func (w *Watch) Close() {
	w.Stop()
	<-w.done
}
`;

const LINE = `package p

import "sync"

type Source interface{ Next() (int, error) }

type Line struct {
	source Source
	mu     sync.Mutex
	number int
	over   bool
	open   map[int]chan error
}

func New(source Source) *Line {
	l := &Line{source: source, open: map[int]chan error{}}
	go l.read()
	return l
}

func (l *Line) settle(number int, err error) {
	l.mu.Lock()
	answer, ok := l.open[number]
	delete(l.open, number)
	l.mu.Unlock()
	if ok {
		answer <- err
	}
}

func (l *Line) read() {
	for {
		number, err := l.source.Next()
		if err != nil {
			break
		}
		l.settle(number, nil)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over = true
	for _, answer := range l.open {
		answer <- nil
	}
	clear(l.open)
}

func (l *Line) Ask(send func(int) error) error {
	answer := make(chan error, 1)
	l.mu.Lock()
	if l.over {
		l.mu.Unlock()
		return nil
	}
	l.number++
	number := l.number
	l.open[number] = answer
	l.mu.Unlock()
	if err := send(number); err != nil {
		l.settle(number, err)
	}
	return <-answer
}
`;

const QUEUE = `package p

import "sync"

type Queue struct {
	mu     sync.RWMutex
	closed bool
	in     chan int
	done   chan struct{}
}

func New(write func(int)) *Queue {
	q := &Queue{in: make(chan int, 8), done: make(chan struct{})}
	go func() {
		defer close(q.done)
		for n := range q.in {
			write(n)
		}
	}()
	return q
}

func (q *Queue) Add(n int) bool {
	q.mu.RLock()
	closed := q.closed
	q.mu.RUnlock()
	if closed {
		return false
	}
	q.in <- n
	return true
}

func (q *Queue) Close() {
	q.mu.Lock()
	if !q.closed {
		q.closed = true
		close(q.in)
	}
	q.mu.Unlock()
	<-q.done
}
`;

const HALL = `package p

import "errors"

type Seat struct{ hall *Hall }

type Hall struct {
	open  func() error
	seats chan struct{}
	over  chan struct{}
}

func New(size int, open func() error) *Hall {
	return &Hall{open: open, seats: make(chan struct{}, size), over: make(chan struct{})}
}

func (h *Hall) Take() (s *Seat, err error) {
	select {
	case h.seats <- struct{}{}:
	case <-h.over:
		return nil, errors.New("over")
	}
	defer func() {
		if s == nil {
			<-h.seats
		}
	}()
	if err := h.open(); err != nil {
		return nil, err
	}
	return &Seat{hall: h}, nil
}

func (s *Seat) Rise() { <-s.hall.seats }

func (h *Hall) Close() { close(h.over) }
`;

async function rulesIn(text: string): Promise<string[]> {
  const { analysis, pkg } = await packageOf({ 'a.go': text });
  const [file] = pkg.files;
  return file
    ? modelOf(analysis)
        .leaks(pkg, file)
        .map(({ rule }) => rule)
    : [];
}

describe('clients of a type', () => {
  it('do not go on with nil', async () => deepStrictEqual(await rulesIn(GATHERER), []));

  it('see what is wrong with a value', async () =>
    deepStrictEqual(await rulesIn(GATHERER.replace('wg.Add(len(g.Sources))', 'wg.Add(len(g.Sources) + 1)')), [
      'waitgroup-missing-done',
    ]));

  it('know that a Once is over which others have, too', async () => deepStrictEqual(await rulesIn(WATCH), []));

  it('find nothing in a map that was cleared', async () => deepStrictEqual(await rulesIn(LINE), []));

  it('find a channel full that was not taken out of the map', async () =>
    deepStrictEqual(await rulesIn(LINE.replace('clear(l.open)', '')), ['abandoned-send']));

  it('have what a named result holds by the time of a deferred call', async () =>
    deepStrictEqual(await rulesIn(HALL), []));

  it('send on a channel that is closed between the question and the send', async () =>
    deepStrictEqual(await rulesIn(QUEUE), ['send-after-close']));

  it('do not where the question keeps its lock', async () =>
    deepStrictEqual(
      await rulesIn(
        QUEUE.replace('\tq.mu.RUnlock()\n', '').replace('q.mu.RLock()', 'q.mu.RLock()\n\tdefer q.mu.RUnlock()'),
      ),
      [],
    ));
});
