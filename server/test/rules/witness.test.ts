import assert from 'node:assert/strict';
import { createEngine } from '../../src/engine/engine.ts';
import { loadWasm } from '../support/wasm.ts';
import { SETTINGS } from '../engine/support.ts';

const engine = await createEngine(await loadWasm());

/** Steps of the findings in a file, as `line message`. */
function steps(text: string): string[] {
  const files = [{ path: 'p.go', text }];
  return engine
    .analyze({ files, goVersion: '1.22' }, SETTINGS)
    .flatMap((r) => r.findings.flatMap((f) => f.steps.map((s) => `${s.range.start.line + 1} ${s.message}`)));
}

describe('witness', () => {
  it('names the arm of a select that leads away', () => {
    const text = `package p

import "time"

func f(work func() error) error {
	errc := make(chan error)
	go func() { errc <- work() }()
	select {
	case err := <-errc:
		return err
	case <-time.After(time.Minute):
	}
	return nil
}
`;
    assert.deepEqual(steps(text), [
      '7 this goroutine is started here',
      '11 this fires: a timer runs out or the context is done',
      '13 this goroutine ends here',
      '7 nobody is left who could end this wait',
    ]);
  });

  it('names the end of the receiver, not that of another sender', () => {
    const text = `package p

func f(log func()) {
	c := make(chan bool)
	go func() { c <- true }()
	go func() { c <- true }()
	<-c
	log()
}
`;
    const files = [{ path: 'p.go', text }];
    const [first] = engine.analyze({ files, goVersion: '1.22' }, SETTINGS).flatMap((r) => r.findings);
    assert.match(first?.message ?? '', /its receiver may leave at line 9 /);
  });

  it('tells of a goroutine that a turn of a loop leaves behind', () => {
    const text = `package p

import "time"

func f(items []string, check func(string) error) {
	for _, item := range items {
		if item == "" {
			item = "all"
		}
		errc := make(chan error)
		go func() { errc <- check(item) }()
		select {
		case <-errc:
		case <-time.After(time.Minute):
		}
	}
}
`;
    assert.deepEqual(steps(text), [
      '11 this goroutine is started here',
      '14 this fires: a timer runs out or the context is done',
      '14 this goroutine leaves here without having done what is waited for',
      '17 this goroutine ends here',
      '11 nobody is left who could end this wait',
    ]);
  });

  it('names the lock that is held, not one that was given back, and the call between the two', () => {
    const text = `package p

import "sync"

type index struct {
	mu    sync.RWMutex
	pages map[string]int
}

func (x *index) refresh(key string) {
	x.mu.RLock()
	_, known := x.pages[key]
	x.mu.RUnlock()
	if !known {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.pages[key] = len(x.pages)
	}
}

func (x *index) Page(key string) int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	x.refresh(key)
	return x.pages[key]
}
`;
    assert.deepEqual(steps(text), [
      '22 the lock is taken here',
      '24 this call leads to the wait',
      '15 nobody is left who could end this wait',
    ]);
  });

  it('names the way out of the function that was to receive, not the end of its caller', () => {
    const text = `package p

import "context"

func Serve(ctx context.Context, next func() string) error {
	got := make(chan string)
	go func() { got <- next() }()
	if _, err := receive(ctx, got); err != nil {
		return err
	}
	return nil
}

func receive(ctx context.Context, got <-chan string) (string, error) {
	select {
	case m := <-got:
		return m, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
`;
    assert.deepEqual(steps(text), [
      '7 this goroutine is started here',
      '18 this fires: a timer runs out or the context is done',
      '19 this goroutine leaves here without having done what is waited for',
      '9 this goroutine ends here',
      '7 nobody is left who could end this wait',
    ]);
  });

  it('names the worker that ends before it comes to anything', () => {
    const text = `package p

func First(ask func(string) (int, bool), query string) int {
	results := make(chan int)
	go answer(ask, query, results)
	return <-results
}

func answer(ask func(string) (int, bool), query string, results chan<- int) {
	if n, ok := ask(query); ok {
		results <- n
	}
}
`;
    assert.deepEqual(steps(text), [
      '5 this goroutine is started here',
      '13 this goroutine ends here',
      '6 nobody is left who could end this wait',
    ]);
  });

  it('says what was passed over where the goroutine itself is all there is to tell of', () => {
    const text = `package p

type screen struct{ resume chan chan struct{} }

func newScreen() *screen {
	s := &screen{resume: make(chan chan struct{})}
	go func() { close(<-s.resume) }()
	return s
}

func (s *screen) Resume() {
	done := make(chan struct{})
	select {
	case s.resume <- done:
	default:
	}
	<-done
}
`;
    assert.deepEqual(steps(text), [
      '12 the channel is made here',
      '15 nobody is ready, so `default` is taken',
      '17 nobody is left who could end this wait',
    ]);
  });
});
