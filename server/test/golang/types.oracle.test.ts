import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isExpr } from '../support/nodes.ts';
import { goSources } from '../support/go-files.ts';
import { packageOf } from '../support/analysis.ts';
import type { Type } from '../../src/golang/types.ts';
import { walk } from '../../src/golang/walk.ts';

/** Packages with many shapes of code: methods, embedding, generics, closures, channels. */
const PACKAGES = [
  'net/http/httputil',
  'database/sql',
  'context',
  'sync',
  'os/exec',
  'net/rpc',
  'slices',
  'sync/atomic',
];
const oracle = fileURLToPath(new URL('./oracle', import.meta.url));

/** Go's spelling of a type; undefined when some part of it is unknown. */
function spell(t: Type): string | undefined {
  const all = (ts: Type[]): string | undefined => {
    const s = ts.map(spell);
    return s.includes(undefined) ? undefined : s.join(', ');
  };
  switch (t.kind) {
    case 'basic':
      return (
        { 'untyped char': 'untyped rune', 'untyped imag': 'untyped complex', nil: 'untyped nil' }[t.name] ?? t.name
      );
    case 'named': {
      if (t.local) return undefined;
      const args = all(t.args);
      const name = t.pkg ? `${t.pkg}.${t.name}` : t.name;
      return args === undefined ? undefined : t.args.length ? `${name}[${args.replaceAll(', ', ',')}]` : name;
    }
    case 'pointer':
    case 'slice':
    case 'chan': {
      const elem = spell(t.elem);
      const prefix = { pointer: '*', slice: '[]', chan: '' }[t.kind];
      const dir = t.kind === 'chan' ? { both: 'chan ', send: 'chan<- ', recv: '<-chan ' }[t.dir] : '';
      return elem === undefined ? undefined : `${prefix}${dir}${elem}`;
    }
    case 'map': {
      const [key, elem] = [spell(t.key), spell(t.elem)];
      return key === undefined || elem === undefined ? undefined : `map[${key}]${elem}`;
    }
    case 'tuple': {
      const elems = all(t.elems);
      return elems === undefined ? undefined : `(${elems})`;
    }
    case 'interface':
      return t.node ? undefined : 'any';
    default:
      return undefined;
  }
}

/** Names of results and parameters do not count: `(n int, err error)` is `(int, error)`. */
function unnamed(type: string): string {
  return type.startsWith('(') ? type.replace(/([(,]\s*)[\w]+ (?=[^,)]+[,)])/g, '$1') : type;
}

/** Differences of notation only: aliases, untyped results of comparisons, and comma-ok forms, which the checker records as pairs. */
function same(ours: string, theirs: string): boolean {
  const plain = (s: string): string =>
    s
      .replace(/\buint8\b/g, 'byte')
      .replace(/\bint32\b/g, 'rune')
      .replace(/\binterface\{\}/g, 'any')
      .replace(/^untyped (?=bool$)/, '');
  const [a, b] = [plain(ours), plain(theirs)];
  return a === b || a === plain(unnamed(theirs)) || `(${a}, bool)` === b;
}

describe('types against the Go compiler', function () {
  this.timeout(120_000);
  const root = goSources();

  for (const path of PACKAGES)
    it(`never contradicts it in ${path}`, async function () {
      if (!root) return this.skip();
      const lines = execFileSync('go', ['run', '.', path], { cwd: oracle, encoding: 'utf8', maxBuffer: 1 << 28 })
        .split('\n')
        .filter((l) => l !== '')
        .map((l) => l.split('\t') as [string, string, string, string]);
      const expected = new Map(lines.map(([file, start, end, type]) => [`${basename(file)}:${start}:${end}`, type]));
      const files = Object.fromEntries(
        [...new Set(lines.map((l) => l[0]))].map((f) => [basename(f), readFileSync(f, 'utf8')]),
      );
      const { analysis, pkg } = await packageOf(files, path);
      let known = 0;
      let total = 0;
      const wrong: string[] = [];
      for (const file of pkg.files) {
        // Offsets of the oracle are bytes; files with other characters are left out.
        if (Buffer.byteLength(file.text) !== file.text.length) continue;
        for (const declaration of file.outline.decls) {
          const unit = pkg.unit({ file, declaration });
          if (unit.hasError) continue;
          walk(unit.decl, (n) => {
            if (!isExpr(n)) return;
            const type = expected.get(`${file.path}:${unit.base + n.start}:${unit.base + n.end}`);
            if (type === undefined) return;
            total++;
            const ours = analysis.typeOf(unit, n);
            const s = spell(ours);
            if (ours.kind !== 'unknown') known++;
            if (s === undefined) return;
            // Constants: the checker records the type after conversion, we the untyped one.
            if (s.startsWith('untyped')) return;
            if (!same(s, type))
              wrong.push(
                `${file.path}:${file.lines.position(unit.base + n.start).line + 1} ${unit.text(n).slice(0, 60)}: ours ${s}, Go's ${type}`,
              );
          });
        }
      }
      assert.equal(
        wrong.slice(0, 30).join('\n'),
        '',
        `${wrong.length} of ${known} known types differ:\n${wrong.slice(0, 30).join('\n')}`,
      );
      // What is not known comes from packages that are not part of the API: internal ones, and untyped constants.
      assert.ok(known / total > 0.7, `only ${known} of ${total} types are known`);
    });
});
