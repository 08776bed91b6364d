/** What `main` leaves behind matters when the program goes on, and hardly when it ends. */
import { deepStrictEqual } from 'node:assert';
import type { Engine, EngineSettings } from '../../src/engine/api.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { loadWasm } from '../support/wasm.ts';

const SETTINGS: EngineSettings = { levels: {}, locale: 'en', includeGenerated: false, leaveTo: [] };

/** Findings as `line rule level`. */
function levelsOf(engine: Engine, text: string): string[] {
  return engine
    .analyze({ files: [{ path: '/p/main.go', text }], importPath: 'example.com/p' }, SETTINGS)
    .flatMap(({ findings }) =>
      findings.map(({ rule, severity, range }) => `${range.start.line + 1} ${rule} ${severity}`),
    );
}

const program = (body: string): string => `package main

import (
	"fmt"
	"time"
)

func main() {
	lines := make(chan string)
	go func() {
		for l := range lines {
			fmt.Println(l)
		}
	}()
	lines <- "ready"
${body}}

var pause = time.Millisecond
`;

describe('goroutines that main leaves behind', () => {
  let engine: Engine;
  before(async () => (engine = await createEngine(await loadWasm())));

  const levels = (body: string): string[] => levelsOf(engine, program(body));

  it('are worth a hint where the program ends at once', () =>
    deepStrictEqual(levels(''), ['11 never-closed-range hint']));

  it('are worth a warning where main sleeps, to let them come to their end', () =>
    deepStrictEqual(levels('\ttime.Sleep(pause)\n'), ['11 never-closed-range warning']));

  it('are none where they have ended', () => deepStrictEqual(levels('\tclose(lines)\n\ttime.Sleep(pause)\n'), []));
});

/** A stage that forgets to close what it sends on, behind a stage that main may be waiting for. */
const stages = (end: string, more = ''): string => `package main

import (
	"fmt"
	"time"
)

func double(in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		for v := range in {
			out <- 2 * v
		}
	}()
	return out
}

func main() {
	in := make(chan int)
	out := double(in)
	sum := make(chan int, 1)
	go func() {
		n := 0
		for v := range out {
			n += v
		}
		sum <- n
	}()
	in <- 1
	in <- 2
	close(in)
${end}}
${more}`;

describe('goroutines for which a program is held up', () => {
  let engine: Engine;
  before(async () => (engine = await createEngine(await loadWasm())));

  it('are worth a warning where main waits for them until a time limit is over', () =>
    deepStrictEqual(
      levelsOf(
        engine,
        stages('\tselect {\n\tcase n := <-sum:\n\t\tfmt.Println(n)\n\tcase <-time.After(time.Second):\n\t}\n'),
      ),
      ['24 never-closed-range warning'],
    ));

  it('are worth a warning where a function does', () =>
    deepStrictEqual(
      levelsOf(
        engine,
        stages(
          '\tlast(sum)\n',
          `
func last(sum <-chan int) {
	select {
	case n := <-sum:
		fmt.Println(n)
	case <-time.After(time.Second):
	}
}
`,
        ),
      ),
      ['24 never-closed-range warning'],
    ));

  it('are worth a hint where main only looks whether they are done', () =>
    deepStrictEqual(
      levelsOf(engine, stages('\tselect {\n\tcase n := <-sum:\n\t\tfmt.Println(n, time.Second)\n\tdefault:\n\t}\n')),
      ['24 never-closed-range hint'],
    ));

  it('are worth a hint where somebody else could do what main waits for', () =>
    deepStrictEqual(
      levelsOf(
        engine,
        stages(
          '\tgo func() { sum <- 0 }()\n\tselect {\n\tcase n := <-sum:\n\t\tfmt.Println(n)\n\tcase <-time.After(time.Second):\n\t}\n',
        ),
      ),
      ['24 never-closed-range hint'],
    ));

  it('are none where main gives up, and would have ended them otherwise', () =>
    deepStrictEqual(
      levelsOf(
        engine,
        program(
          [
            '\tdone := make(chan bool, 1)',
            '\tgo func() { lines <- "last"; done <- true }()',
            '\tselect {',
            '\tcase <-done:',
            '\t\tclose(lines)',
            '\tcase <-time.After(time.Second):',
            '\t\tfmt.Println("too late")',
            '\t}\n',
          ].join('\n'),
        ),
      ),
      [],
    ));
});
