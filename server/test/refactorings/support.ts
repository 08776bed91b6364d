/** Refactorings applied to text: `¦` marks the cursor, two of them a selection. */
import assert from 'node:assert/strict';
import { applyEdits } from '../../src/fixes/apply.ts';
import { engineWith, SETTINGS } from '../engine/support.ts';

const engine = await engineWith();

/** The refactorings offered at the marks, by id. */
export function offered(marked: string, goVersion = '1.25'): Map<string, { title: string; text: string }> {
  const text = marked.replaceAll('¦', '');
  const start = marked.indexOf('¦');
  assert.ok(start >= 0, 'no mark');
  const last = marked.lastIndexOf('¦');
  const at = { path: '/p/a.go', start, end: last === start ? start : last - 1 };
  const found = engine.refactorings({ files: [{ path: at.path, text }], goVersion, importPath: 'm/p' }, SETTINGS, at);
  return new Map(found.map(({ id, title, edits }) => [id, { title, text: applyEdits(text, edits) }]));
}

/** Checks what a refactoring makes of a text; `undefined` where it must not be offered. */
export function check(id: string, marked: string, after: string | undefined, goVersion?: string): void {
  assert.equal(offered(marked, goVersion).get(id)?.text, after, marked);
}
