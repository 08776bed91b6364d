import assert from 'node:assert/strict';
import type { EngineOptions, EngineStatistics } from '../../src/engine/api.ts';
import { addStatistics, copyStatistics, emptyStatistics, statisticsSince } from '../../src/engine/statistics.ts';
import { engineWith, SETTINGS } from './support.ts';

const LEAK = `package p

func first() int {
	results := make(chan int)
	for i := range 2 {
		go func() { results <- i }()
	}
	return <-results
}
`;
/** The goroutines may be interleaved in more ways than are looked at. */
const MANY = `package p

import "sync"

func many() {
	var mu sync.Mutex
	done := make(chan int)
	for i := range 6 {
		go func() {
			for range 6 {
				mu.Lock()
				mu.Unlock()
				done <- i
			}
		}()
	}
	for range 36 {
		<-done
	}
}
`;

async function statisticsOf(text: string, options: EngineOptions = {}): Promise<EngineStatistics> {
  const engine = await engineWith(undefined, options);
  engine.analyze({ files: [{ path: '/m/a.go', text }], goVersion: '1.22' }, SETTINGS);
  return engine.statistics;
}

describe('statistics of the model', () => {
  it('count the functions explored and their states, once for all rules', async () => {
    const { model } = await statisticsOf(LEAK);
    assert.equal(model.functions, 1);
    assert.equal(model.incomplete, 0);
    assert.ok(model.states > 1, String(model.states));
  });

  it('count nothing where nothing runs at once', async () => {
    const { model } = await statisticsOf('package p\n\nfunc f() int { return 1 }\n');
    assert.deepEqual(model, { functions: 0, states: 0, incomplete: 0, functionMs: [] });
  });

  it('count functions that are not explored to the end', async () => {
    const { model } = await statisticsOf(MANY);
    assert.deepEqual([model.functions, model.incomplete], [1, 1]);
  });

  it('hold the time of each function only when asked', async () => {
    assert.deepEqual((await statisticsOf(LEAK)).model.functionMs, []);
    const { functionMs } = (await statisticsOf(LEAK, { timing: true })).model;
    assert.equal(functionMs.length, 1);
    assert.ok(functionMs[0]! > 0);
  });

  it('add up over directories, as what came since the last one', async () => {
    const engine = await engineWith(undefined, { timing: true });
    const sum = emptyStatistics();
    for (const path of ['/m/a/a.go', '/m/b/b.go']) {
      const before = copyStatistics(engine.statistics);
      engine.analyze({ files: [{ path, text: LEAK }], goVersion: '1.22' }, SETTINGS);
      const since = statisticsSince(before, engine.statistics);
      assert.deepEqual([since.files, since.model.functions, since.model.functionMs.length], [1, 1, 1]);
      addStatistics(sum, since);
    }
    // Sums of times may differ in the last digit.
    assert.deepEqual({ ...sum, ruleMs: {} }, { ...engine.statistics, ruleMs: {} });
    assert.deepEqual(Object.keys(sum.ruleMs), Object.keys(engine.statistics.ruleMs));
  });
});
