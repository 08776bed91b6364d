/** Fixtures of refactorings: the files, the marks in them, and what the marked refactorings make of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RefactoringResult } from '../../src/engine/api.ts';
import { applyEdits } from '../../src/fixes/apply.ts';
import { engineWith, SETTINGS } from '../engine/support.ts';

export const FIXTURES = fileURLToPath(new URL('../../../test-fixtures/refactorings', import.meta.url));
export const WANTED = '// refactor';
export const UNWANTED = '// not offered';

const MODULE = 'example.com/refactorings';
const GO_MOD = readFileSync(join(FIXTURES, 'go.mod'), 'utf8');
const engine = await engineWith();

/** One directory of Go files below `<id>/`: one package. */
export interface Fixture {
  id: string;
  dir: string;
  /** File name → text. */
  files: Map<string, string>;
}

/** Every directory with Go files, in order. */
export function fixtures(): Fixture[] {
  const found: Fixture[] = [];
  for (const name of readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).sort()) {
    const [id = ''] = name.split(sep);
    if (id === 'stubs' || !name.endsWith('.go')) continue;
    const dir = join(FIXTURES, name, '..');
    let fixture = found.find((f) => f.dir === dir);
    if (!fixture) found.push((fixture = { id, dir, files: new Map() }));
    fixture.files.set(name.slice(name.lastIndexOf(sep) + 1), readFileSync(join(FIXTURES, name), 'utf8'));
  }
  return found;
}

/** What is offered where a marked line of a file begins, the `case <-` of an arm left out, for a text of the file. */
export function offeredAt(fixture: Fixture, name: string, text: string, mark: number): RefactoringResult[] {
  const lineStart = text.lastIndexOf('\n', mark) + 1;
  const start =
    lineStart + (/^\s*(?:case (?:\w+ := )?<-|\w+ := (?=time))?/.exec(text.slice(lineStart))?.[0].length ?? 0);
  const path = join(fixture.dir, name);
  const files = [...fixture.files].map(([n, t]) => ({ path: join(fixture.dir, n), text: n === name ? text : t }));
  const importPath = [MODULE, ...relative(FIXTURES, fixture.dir).split(sep)].join('/');
  const goVersion = /^go (\S+)$/m.exec(GO_MOD)?.[1];
  return engine.refactorings({ files, goVersion, importPath }, SETTINGS, { path, start, end: start });
}

/** Offsets of a mark in a text. */
export function marksIn(text: string, mark: string): number[] {
  return [...text.matchAll(new RegExp(`${mark}$`, 'gm'))].map(({ index }) => index);
}

/** Applies the refactoring of a fixture at each mark in turn, and takes the mark away. */
export function refactored(fixture: Fixture, name: string): string {
  let text = fixture.files.get(name) as string;
  for (let [mark] = marksIn(text, WANTED); mark !== undefined; [mark] = marksIn(text, WANTED)) {
    const line = text.slice(0, mark).split('\n').length;
    text = text.slice(0, mark).trimEnd() + text.slice(mark + WANTED.length);
    const found = offeredAt(fixture, name, text, mark - 2).find(({ id }) => id === fixture.id);
    if (!found) throw new Error(`${name}:${line}: ${fixture.id} is not offered\n${text}`);
    text = applyEdits(text, found.edits);
  }
  return text;
}
