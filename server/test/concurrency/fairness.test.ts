/** What the model says of executions in which a `select` passes over what is ready. */
import { deepStrictEqual, ok } from 'node:assert';
import { modelOf } from '../../src/concurrency/model/model.ts';
import { packageOf } from '../support/analysis.ts';

/** A loop for which a value is ready from the beginning; when it is received only after a few others, nobody receives the tick. */
async function leaks(others: number): Promise<[string, boolean | undefined][]> {
  const { analysis, pkg } = await packageOf({
    'a_test.go': `package p

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
  });
  const [file] = pkg.files;
  ok(file);
  return modelOf(analysis)
    .leaks(pkg, file)
    .map(({ rule, uncertain }) => [rule, uncertain]);
}

describe('fairness of select', () => {
  it('is sure of what a few unlucky choices lead to', async () =>
    deepStrictEqual(await leaks(2), [['abandoned-send', false]]));

  it('is not sure of what many in a row lead to', async () =>
    deepStrictEqual(await leaks(10), [['abandoned-send', true]]));
});
