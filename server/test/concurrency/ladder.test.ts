/**
 * The ladder: every pair of concurrency programs goes through the engine as it is shipped. What it does not find is listed
 * here, so the list can only get shorter.
 */
import { deepStrictEqual, ok } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineSettings } from '../../src/engine/api.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { RULES } from '../../src/rules/registry.ts';
import { loadWasm } from '../support/wasm.ts';
import { marks, MODULE, programs, PROGRAMS, type Program } from './programs.ts';

/** What becomes of a leaky program that is not reported as it should be. */
type Shortfall = 'missed' | 'wrong name';

/**
 * Leaky programs, as `group/name`, that are not reported as they should be yet, and what they hang on; for a wrong name, the
 * one that is given.
 */
const KNOWN: Record<string, [Shortfall, reason: string]> = {
  'systems/partmove': ['wrong name', 'as wait-before-drain'],
};

/** Rules of the groups `channel` and `sync` that speak of something else than an operation that never completes. */
const OTHER_RULES = ['unbuffered-signal', 'ignored-channel-result'];
const SYNC_RULES = [
  'wait-before-drain',
  'wait-in-spawn-loop',
  'double-lock',
  'blocking-under-lock',
  'lock-order',
  'cond-wait',
  'once-recursion',
  'missing-unlock',
  'waitgroup-missing-done',
];

const CONCURRENCY_RULES = new Set(
  RULES.filter(({ meta }) => meta.group === 'channel' || SYNC_RULES.includes(meta.id))
    .map(({ meta }) => meta.id)
    .filter((id) => !OTHER_RULES.includes(id)),
);

/** Default levels, and rules that are off switched on. */
const SETTINGS: EngineSettings = {
  levels: Object.fromEntries(RULES.filter(({ meta }) => meta.level === 'off').map(({ meta }) => [meta.id, 'warning'])),
  locale: 'en',
  includeGenerated: false,
  leaveTo: [],
};

const GO_VERSION = /^go (\S+)$/m.exec(readFileSync(join(PROGRAMS, 'go.mod'), 'utf8'))?.[1];

interface Told {
  /** Base name. */
  file: string;
  /** 1-based. */
  line: number;
  rule: string;
}

describe('ladder of concurrency programs', function () {
  this.timeout(120_000);
  const all = programs();
  const leaky = all.filter(({ twin }) => twin === 'leaky');
  const told = new Map<string, Told[]>();

  before(async () => {
    const engine = await createEngine(await loadWasm());
    for (const program of all) {
      const files = readdirSync(program.directory).map((name) => {
        const path = join(program.directory, name);
        return { path, name, text: readFileSync(path, 'utf8') };
      });
      const names = new Map(files.map(({ path, name }) => [path, name]));
      const results = engine.analyze(
        { files, importPath: `${MODULE}/${program.path}`, ...(GO_VERSION && { goVersion: GO_VERSION }) },
        SETTINGS,
      );
      told.set(
        program.path,
        results.flatMap(({ path, findings }) =>
          findings
            .filter(({ rule }) => CONCURRENCY_RULES.has(rule))
            .map(({ rule, range }) => ({ file: names.get(path)!, line: range.start.line + 1, rule })),
        ),
      );
    }
  });

  /** Undefined when one of the marked lines is reported under a name that is right there. */
  const shortfall = (program: Program): Shortfall | undefined => {
    const at = marks(join(program.directory, program.file)).flatMap(({ line, rules }) =>
      told
        .get(program.path)!
        .filter((t) => t.file === program.file && t.line === line)
        .map(({ rule }) => rules.includes(rule)),
    );
    return at.includes(true) ? undefined : at.length > 0 ? 'wrong name' : 'missed';
  };

  const falseFindings = (): string[] =>
    all
      .filter(({ twin }) => twin === 'fixed')
      .flatMap(({ path }) => told.get(path)!.map(({ file, line, rule }) => `${path}/${file}:${line} ${rule}`));

  it('reports the leaky programs on a marked line, under a right name, but for those listed', () => {
    const short = leaky.flatMap((program) => {
      const what = shortfall(program);
      return what ? [[key(program), what]] : [];
    });
    const known = Object.entries(KNOWN).map(([name, [what]]) => [name, what]);
    deepStrictEqual(Object.fromEntries(short), Object.fromEntries(known));
  });

  it('lists programs that exist', () => {
    const names = new Set(leaky.map(key));
    for (const name of Object.keys(KNOWN)) ok(names.has(name), name);
  });

  it('reports nothing in the fixed programs', () => deepStrictEqual(falseFindings(), []));

  it('counts', () => {
    const short = leaky.map(shortfall);
    const found = short.filter((s) => s !== 'missed').length;
    const named = short.filter((s) => s === undefined).length;
    console.log(`      found ${found} of ${leaky.length}, named right ${named}, false ${falseFindings().length}`);
    ok(found > 0 && named <= found);
  });
});

/** `group/name`. */
function key({ path }: Program): string {
  return path.slice(0, path.lastIndexOf('/'));
}
