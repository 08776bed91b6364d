/** A `TestMain` that fails when goroutines are left after the tests, with nothing but the standard library. */
import { insertionIn, type FileEdit } from '../../fixes/file-edit.ts';
import { importEdits } from '../../fixes/add-import.ts';
import { combine } from '../../fixes/apply.ts';
import { eolOf } from '../../fixes/source-lines.ts';
import type { DeclUnit } from '../../golang/unit.ts';

/** Adds the function to the end of the file of a test; undefined where what it needs cannot be imported. */
export function addLeakCheck(unit: DeclUnit): FileEdit[] | undefined {
  const { file } = unit;
  const needed = ['os', 'runtime', 'runtime/pprof', 'testing', 'time'].map((path) => importEdits(file, path));
  const [os, runtime, pprof, testing, time] = needed.map((i) => i?.name);
  if (!os || !runtime || !pprof || !testing || !time) return undefined;
  const lines = [
    ...(/\n$/.test(file.text) ? [] : ['']),
    '',
    `func TestMain(m *${testing}.M) {`,
    `\tbefore := ${runtime}.NumGoroutine()`,
    '\tcode := m.Run()',
    '\t// Goroutines that have been told to end may take a moment.',
    `\tfor i := 0; i < 100 && ${runtime}.NumGoroutine() > before; i++ {`,
    `\t\t${time}.Sleep(10 * ${time}.Millisecond)`,
    '\t}',
    `\tif code == 0 && ${runtime}.NumGoroutine() > before {`,
    `\t\t${os}.Stderr.WriteString("goroutines are left after the tests:\\n")`,
    `\t\t${pprof}.Lookup("goroutine").WriteTo(${os}.Stderr, 1)`,
    '\t\tcode = 1',
    '\t}',
    `\t${os}.Exit(code)`,
    '}',
    '',
  ];
  return combine(...needed.map((i) => i?.edits), [insertionIn(file, file.text.length, lines.join(eolOf(file.text)))]);
}
