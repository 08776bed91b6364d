/** Fixtures of refactorings: the files, the marks in them, and what the marked refactorings make of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RefactoringResult } from '../../src/engine/api.ts';
import { editsByFile } from '../../src/engine/finding.ts';
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

/** What is offered where a marked line of a file begins, the `case <-` of an arm left out, for texts of the files. */
export function offeredAt(
  fixture: Fixture,
  name: string,
  mark: number,
  texts: ReadonlyMap<string, string> = fixture.files,
): RefactoringResult[] {
  const text = texts.get(name) as string;
  const lineStart = text.lastIndexOf('\n', mark) + 1;
  const start =
    lineStart + (/^\s*(?:case (?:\w+ := )?<-|\w+ := (?=time))?/.exec(text.slice(lineStart))?.[0].length ?? 0);
  const path = join(fixture.dir, name);
  const files = [...texts].map(([n, t]) => ({ path: join(fixture.dir, n), text: t }));
  const importPath = [MODULE, ...relative(FIXTURES, fixture.dir).split(sep)].join('/');
  const goVersion = /^go (\S+)$/m.exec(GO_MOD)?.[1];
  return engine.refactorings({ files, goVersion, importPath }, SETTINGS, { path, start, end: start });
}

/** Offsets of a mark in a text. */
export function marksIn(text: string, mark: string): number[] {
  return [...text.matchAll(new RegExp(`${mark}$`, 'gm'))].map(({ index }) => index);
}

/** Applies the refactoring of a fixture at each mark in turn, and takes the mark away. Texts by file name, of those that change. */
export function refactored(fixture: Fixture): Map<string, string> {
  const texts = new Map(fixture.files);
  for (const name of fixture.files.keys()) refactorMarked(fixture, name, texts);
  return new Map([...texts].filter(([name, text]) => text !== fixture.files.get(name)));
}

function refactorMarked(fixture: Fixture, name: string, texts: Map<string, string>): void {
  const next = (): number | undefined => marksIn(texts.get(name) as string, WANTED)[0];
  for (let mark = next(); mark !== undefined; mark = next()) {
    const text = texts.get(name) as string;
    const line = text.slice(0, mark).split('\n').length;
    texts.set(name, text.slice(0, mark).trimEnd() + text.slice(mark + WANTED.length));
    const found = offeredAt(fixture, name, mark - 2, texts).find(({ id }) => id === fixture.id);
    if (!found) throw new Error(`${name}:${line}: ${fixture.id} is not offered\n${texts.get(name)}`);
    for (const { path, edits } of editsByFile({ path: join(fixture.dir, name) }, found)) {
      const changed = relative(fixture.dir, path);
      texts.set(changed, applyEdits(texts.get(changed) as string, edits));
    }
  }
}
