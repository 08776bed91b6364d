/** What the model says of executions that are hard to come by, or that hang on two looks at one thing that disagree. */
import { deepStrictEqual, ok } from 'node:assert';
import { modelOf } from '../../src/concurrency/model/model.ts';
import { packageOf } from '../support/analysis.ts';

async function leaksOf(name: string, code: string): Promise<[string, boolean | undefined][]> {
  const { analysis, pkg } = await packageOf({ [name]: code });
  const [file] = pkg.files;
  ok(file);
  return modelOf(analysis)
    .leaks(pkg, file)
    .map(({ rule, uncertain }) => [rule, uncertain]);
}

/** A loop for which a value is ready from the beginning; when it is received only after a few others, nobody receives the tick. */
function leaks(others: number): Promise<[string, boolean | undefined][]> {
  return leaksOf(
    'a_test.go',
    `package p

import "testing"

func TestRetry(t *testing.T) {
	take, put, tick := make(chan int), make(chan int), make(chan int)
	ready := make(chan int, 1)
	quit := make(chan struct{})
	defer close(quit)
	ready <- 1
	go func() {
		v := 1
		var retry chan int
		for {
			select {
			case <-retry:
				retry = nil
			case v = <-ready:
				retry = nil
			case take <- v:
			case <-put:
				v = 0
				retry = tick
			case <-quit:
				return
			}
		}
	}()
	put <- 1
	for i := 0; i < ${others}; i++ {
		if v := <-take; v != 0 {
			t.Fatal("too early")
		}
	}
	tick <- 1
}
`,
  );
}

describe('fairness of select', () => {
  it('is sure of what a few unlucky choices lead to', async () =>
    deepStrictEqual(await leaks(2), [['abandoned-send', false]]));

  it('is not sure of what many in a row lead to', async () =>
    deepStrictEqual(await leaks(10), [['abandoned-send', true]]));
});

describe('a channel that is closed', () => {
  /** Waits for what is not done where the first look says that it is over, and the second that it is not. */
  const code = (more: string): string => `package p

import "errors"

type agent struct {
	over  chan struct{}
	tasks chan func()
}

func (a *agent) Close() { close(a.over) }

func (a *agent) err() error {
	select {
	case <-a.over:
		return errors.New("over")
	default:
		return nil
	}
}

func (a *agent) run(f func()) error {
	select {
	case <-a.over:
		return a.err()
	case a.tasks <- f:
		return nil
	}
}

func (a *agent) set(f func()) error {
	done := make(chan struct{})
	if err := a.run(func() { f(); close(done) }); err != nil {
		return err
	}
	<-done
	return nil
}
${more}`;

  it('is not sure of an execution that forgets it', async () =>
    deepStrictEqual(await leaksOf('a.go', code('')), [['close-skipped', true]]));

  it('is sure where the channel also gets values', async () =>
    deepStrictEqual(await leaksOf('a.go', code('\nfunc (a *agent) Pause() { a.over <- struct{}{} }\n')), [
      ['close-skipped', false],
    ]));
});
