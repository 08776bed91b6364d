import assert from 'node:assert/strict';
import { engineWith, SETTINGS } from '../engine/support.ts';

describe('belongsToWhatEnds', () => {
  /** Level of the one finding about a goroutine that `watch` starts. */
  const level = async (params: string, use: string, declarations = ''): Promise<string> => {
    const text = `package p

import (
	"example.org/win"
	"time"
)

${declarations}

func watch(${params}) {
	go func() {
		for {
			use(${use})
			time.Sleep(time.Second)
		}
	}()
}
`;
    const engine = await engineWith();
    const [result] = engine.analyze({ files: [{ path: '/m/a.go', text }] }, SETTINGS);
    return (result?.findings ?? []).map((f) => f.severity).join();
  };

  it('takes what may end as evidence', async () => {
    for (const type of [
      'chan int',
      'func()',
      'map[string]int',
      '[]int',
      'interface{ Run() }',
      '*int',
      'struct{ n int }',
    ])
      assert.equal(await level(`x ${type}`, 'x'), 'warning', type);
    assert.equal(await level('x job', 'x', 'type job struct{ n int }'), 'warning');
    assert.equal(await level('x jobs', 'x', 'type jobs map[string]int'), 'warning');
  });

  it('does not take values as evidence, nor a type that is not known', async () => {
    for (const type of ['int', 'string', 'time.Duration', 'time.Time', 'win.Handle'])
      assert.equal(await level(`x ${type}`, 'x'), 'hint', type);
    assert.equal(await level('x name', 'x', 'type name string'), 'hint');
  });

  it('does not take what the goroutine leaves alone', async () => {
    assert.equal(await level('x chan int', '1'), 'hint');
  });
});
