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
      '7 the goroutine is started here',
      '11 the `select` goes on with `<-time.After(time.Minute)`',
      '13 the function leaves here without having received from `errc`',
      '7 nobody receives from `errc` any more: this send never ends',
    ]);
  });

  it('ends with the turn of the loop that leaves the goroutine behind', () => {
    const text = `package p

func f(items []string, check func(string) error) {
	for _, item := range items {
		if item == "" {
			item = "all"
		}
		errc := make(chan error)
		go func() { errc <- check(item) }()
		select {
		case <-errc:
		default:
		}
	}
}
`;
    assert.deepEqual(steps(text), [
      '9 the goroutine is started here',
      '12 the `select` goes on with `default`',
      '8 the next turn of the loop begins without having received from `errc`, and makes a new channel',
      '9 nobody receives from `errc` any more: this send never ends',
    ]);
  });
});
