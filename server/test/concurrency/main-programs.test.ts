/** What `main` leaves behind matters when the program goes on, and hardly when it ends. */
import { deepStrictEqual } from 'node:assert';
import type { Engine, EngineSettings } from '../../src/engine/api.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { loadWasm } from '../support/wasm.ts';

const SETTINGS: EngineSettings = { levels: {}, locale: 'en', includeGenerated: false, leaveTo: [] };

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

  const levels = (body: string): string[] =>
    engine
      .analyze({ files: [{ path: '/p/main.go', text: program(body) }], importPath: 'example.com/p' }, SETTINGS)
      .flatMap(({ findings }) =>
        findings.map(({ rule, severity, range }) => `${range.start.line + 1} ${rule} ${severity}`),
      );

  it('are worth a hint where the program ends at once', () =>
    deepStrictEqual(levels(''), ['11 never-closed-range hint']));

  it('are worth a warning where main sleeps, to let them come to their end', () =>
    deepStrictEqual(levels('\ttime.Sleep(pause)\n'), ['11 never-closed-range warning']));

  it('are none where they have ended', () => deepStrictEqual(levels('\tclose(lines)\n\ttime.Sleep(pause)\n'), []));
});
