/** Runs edit builders on small Go sources and compares the result, as text and with gofmt. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import type { TextEdit } from '../../src/engine/finding.ts';
import { applyEdits } from '../../src/fixes/apply.ts';
import { GoPackage } from '../../src/golang/package.ts';
import { SourceFile } from '../../src/golang/source-file.ts';
import type { DeclUnit } from '../../src/golang/unit.ts';
import { find } from '../../src/golang/walk.ts';
import type { Node } from '../../src/syntax/ast.ts';
import { GoParser } from '../../src/syntax/parser.ts';
import { loadWasm } from '../support/wasm.ts';

export const parser = await GoParser.create(await loadWasm());
const hasGofmt = spawnSync('gofmt', ['-h']).error === undefined;
if (!hasGofmt)
  console.log('      gofmt is not installed: whether fixes keep its format is not checked (install Go to check it)');

export interface Subject {
  file: SourceFile;
  /** The last declaration of the source. */
  unit: DeclUnit;
  /** The first node of a kind in that declaration whose source text begins with `prefix`. */
  node<K extends Node['kind']>(kind: K, prefix?: string): Extract<Node, { kind: K }>;
}

/** Parses a Go source of any number of declarations. */
export function subject(source: string): Subject {
  const file = new SourceFile('/x.go', source, parser);
  const pkg = new GoPackage('example.com/x', 'x', [file]);
  const declaration = file.outline.decls.at(-1);
  assert.ok(declaration, 'the source declares nothing');
  const unit = pkg.unit({ file, declaration });
  return {
    file,
    unit,
    node(kind, prefix = '') {
      const found = find(unit.decl, (n) => n.kind === kind && unit.text(n).startsWith(prefix));
      assert.ok(found, `no ${kind} ${prefix}`);
      return found as Extract<Node, { kind: typeof kind }>;
    },
  };
}

/** Wraps lines into `package p` and removes the indentation a template string has. */
export function go(strings: TemplateStringsArray): string {
  const lines = (strings.raw[0] as string).replace(/^\n/, '').replace(/\n *$/, '\n').split('\n');
  const margin = Math.min(...lines.filter((l) => l.trim()).map((l) => /^ */.exec(l)?.[0].length ?? 0));
  return lines.map((l) => l.slice(margin)).join('\n');
}

/**
 * Applies what `build` makes of `before`, compares it with `after`, and checks that it parses and that gofmt would not
 * change it; then does the same with CRLF line ends. `undefined` for `after` means that the builder must decline.
 */
export function check(
  before: string,
  build: (s: Subject) => readonly TextEdit[] | undefined,
  after: string | undefined,
  options: { gofmt?: boolean } = {},
): void {
  const edits = build(subject(before));
  if (after === undefined) return assert.equal(edits, undefined);
  assert.ok(edits, 'the builder declined');
  const result = applyEdits(before, edits);
  assert.equal(result, after);
  for (const decl of subject(result).file.outline.decls) {
    const { text } = subject(result).file;
    assert.equal(
      parser.parseDeclaration(text.slice(decl.base, decl.end)).hasError,
      false,
      `does not parse:\n${result}`,
    );
  }
  if (hasGofmt && options.gofmt !== false) assert.equal(gofmtDiff(result), '');
  const crlf = before.replaceAll('\n', '\r\n');
  const again = build(subject(crlf));
  assert.ok(again, 'the builder declined with CRLF');
  assert.equal(applyEdits(crlf, again), after.replaceAll('\n', '\r\n'), 'with CRLF line ends');
}

function gofmtDiff(text: string): string {
  const run = spawnSync('gofmt', ['-d'], { input: text, encoding: 'utf8' });
  return run.stdout + run.stderr;
}
