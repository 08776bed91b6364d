/** Leaks kept from one version of a package to the next: the same as found anew, and not found anew without need. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { GoFile } from '../../src/engine/api.ts';
import type { GoEngine } from '../../src/engine/engine.ts';
import { RULES } from '../../src/rules/registry.ts';
import { edited, someEdits } from '../engine/edits.ts';
import { engineWith, SETTINGS, summary } from '../engine/support.ts';
import { programs } from './programs.ts';

const PIPE = `package p

import "errors"

type Pipe struct {
	in   chan int
	done chan struct{}
}

func first(items []int) int {
	ch := make(chan int)
	for _, item := range items {
		go func() { ch <- work(item) }()
	}
	return <-ch
}

func second(fail bool) error {
	ch := make(chan int)
	go produce(ch)
	if fail {
		return errors.New("early")
	}
	<-ch
	return nil
}

func produce(ch chan int) {
	ch <- 1
}

func work(item int) int {
	return item
}

func Open() *Pipe {
	p := &Pipe{in: make(chan int), done: make(chan struct{})}
	go p.loop()
	return p
}

func (p *Pipe) loop() {
	for {
		select {
		case <-p.in:
		case <-p.done:
			return
		}
	}
}

func (p *Pipe) Close() {
	close(p.done)
}

func unrelated() int {
	x := 1
	return x
}
`;

/** Runs an edit through an engine that has seen the text before: what it says then, and how many functions it explored. */
async function afterEdit(from: string, to: string): Promise<{ said: string[]; explored: number }> {
  assert.ok(PIPE.includes(from), from);
  const engine = await engineWith(RULES, { incremental: true });
  const say = (text: string): string[] => summary(engine.analyze({ files: [{ path: '/p/a.go', text }] }, SETTINGS)[0]);
  say(PIPE);
  const before = engine.statistics.model.functions;
  const text = PIPE.replace(from, to);
  const said = say(text);
  const explored = engine.statistics.model.functions - before;
  const [fresh] = (await engineWith()).analyze({ files: [{ path: '/p/a.go', text }] }, SETTINGS);
  assert.deepEqual(said, summary(fresh));
  return { said, explored };
}

describe('concurrency model: leaks kept between versions', function () {
  this.timeout(120_000);

  it('are found once while nothing changes that they rest on', async () => {
    const { said, explored } = await afterEdit('	x := 1\n', '	// a comment\n\n	x := 2\n');
    assert.deepEqual(said, ['13 surplus-senders', '29 abandoned-send']);
    assert.equal(explored, 0);
  });

  it('move with the text above them', async () => {
    const { said, explored } = await afterEdit('	return <-ch\n', '	n := <-ch\n\n	return n\n');
    assert.deepEqual(said, ['13 surplus-senders', '31 abandoned-send']);
    assert.equal(explored, 1);
  });

  it('are found once while only blank lines and indentation change', async () => {
    const { explored } = await afterEdit('	for {\n		select {\n', '	for {\n\n	select {\n');
    assert.equal(explored, 0);
    const { said } = await afterEdit('	if fail {\n', '\n		if fail {\n');
    assert.deepEqual(said, ['13 surplus-senders', '30 abandoned-send']);
  });

  it('are looked for again when a function changes that is called on the way', async () => {
    const { said } = await afterEdit('	ch <- 1\n', '	select {\n	case ch <- 1:\n	default:\n	}\n');
    // Now the value may be dropped before anybody receives.
    assert.deepEqual(said, ['13 surplus-senders', '24 receive-without-sender']);
  });

  it('are looked for again when the function itself changes', async () => {
    const { said } = await afterEdit('	<-ch\n	return nil\n', '	<-ch\n	<-ch\n	return nil\n');
    assert.ok(said.includes('25 receive-without-sender'), said.join());
  });

  it('are looked for again when somebody else begins to use a field', async () => {
    const { explored } = await afterEdit('	x := 1\n', '	x := len((&Pipe{}).done)\n');
    assert.ok(explored > 0);
  });

  it('are looked for again when a signature, a type or an import changes', async () => {
    for (const [from, to] of [
      ['func work(item int) int {', 'func work(item int) (n int) {'],
      ['	in   chan int\n', '	in   chan int\n	n    int\n'],
      ['import "errors"', 'import (\n	"errors"\n)'],
    ] as const) {
      const { explored } = await afterEdit(from, to);
      assert.ok(explored >= 3, `${to}: ${explored}`);
    }
  });

  it('are the same as a fresh engine finds after any edits of lines', async () => {
    const texts = programs().map(({ directory, file }) => readFileSync(join(directory, file), 'utf8'));
    assert.ok(texts.length > 200);
    const said = (engine: GoEngine, files: GoFile[]): string =>
      JSON.stringify(engine.analyze({ files, importPath: 'm/p', goVersion: '1.26' }, SETTINGS), undefined, 1);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...texts), someEdits, async (text, edits) => {
        const engine = await engineWith(RULES, { incremental: true });
        const original = [{ path: '/p/a.go', text }];
        let files = original;
        for (const edit of edits) {
          files = edited(files, original, edit);
          assert.equal(said(engine, files), said(await engineWith(), files));
        }
      }),
      { numRuns: 60 },
    );
  });
});
