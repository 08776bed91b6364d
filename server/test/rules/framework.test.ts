/** Rules, their texts, fixtures and everything generated from them belong together; these tests fail when they drift apart. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatMessage } from '../../src/rules/format.ts';
import { levelInWords } from '../../src/rules/page.ts';
import { RULES, ruleById } from '../../src/rules/registry.ts';
import { LOCALES, type Group, type Localized, type Rule } from '../../src/rules/rule.ts';
import { parseGolden } from './golden-names.ts';
import { analyseText, FIXTURES, fixtureDirs, wants } from './harness.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SOURCES = join(ROOT, 'server/src/rules');
const GROUPS: readonly Group[] = ['context', 'timer', 'goroutine', 'channel', 'sync', 'resource', 'suppression'];
const HAN = /\p{Script=Han}/u;

describe('rule registry', () => {
  it('holds every rule file of the group folders, in order', () => {
    const files = GROUPS.filter((g) => existsSync(join(SOURCES, g))).flatMap((group) =>
      readdirSync(join(SOURCES, group))
        .filter((name) => existsSync(join(SOURCES, group, name.replace(/\.ts$/, '.text.ts'))))
        .map((name) => `${group}/${name.replace(/\.ts$/, '')}`),
    );
    const registered = RULES.map((r) => `${r.meta.group}/${r.meta.id}`);
    assert.deepEqual(registered, files.sort());
  });

  it('has unique kebab-case ids', () => {
    for (const rule of RULES) assert.match(rule.meta.id, /^[a-z]+(-[a-z0-9]+)*$/);
    assert.equal(new Set(RULES.map((r) => r.meta.id)).size, RULES.length);
    for (const rule of RULES) assert.equal(ruleById(rule.meta.id), rule);
    assert.equal(ruleById('no-such-rule'), undefined);
  });
});

for (const rule of RULES) {
  const { meta, text } = rule;

  describe(`rule ${meta.id}`, () => {
    it('has every message it uses, and uses every message it has', () => {
      const own = codeOf(
        join(SOURCES, meta.group),
        (name) => name.startsWith(`${meta.id}.`) && !name.endsWith('.text.ts'),
      );
      const shared = codeOf(SOURCES, () => true);
      const quoted = new Set([...`${own}${shared}`.matchAll(/'([\w-]+)'/g)].map((m) => m[1]));
      const named = [...own.matchAll(/\b(?:message|title): '([\w-]+)'/g)].map((m) => m[1] as string);
      for (const id of named) assert.ok(id in text.messages, `no text for message '${id}'`);
      // An id may be put together of two parts: `${placeOf(copy)}-${kindOf(lock)}`.
      const joins = /`\$\{[^}`]*\}-\$\{[^}`]*\}`/.test(own);
      const isUsed = (id: string): boolean =>
        quoted.has(id) || (joins && [...id.matchAll(/-/g)].some((m) => isPair(quoted, id, m.index)));
      for (const id of Object.keys(text.messages)) assert.ok(isUsed(id), `message '${id}' is not used`);
    });

    it('has the same placeholders in every language', () => {
      for (const [id, message] of Object.entries(text.messages)) {
        assert.deepEqual(placeholders(message['zh-cn']), placeholders(message.en), `message '${id}'`);
        assertTranslated(message, `message '${id}'`);
      }
    });

    it('has complete documentation in every language', () => {
      for (const key of ['summary', 'why', 'silent', 'fix'] as const) assertTranslated(text.docs[key], key);
      for (const locale of LOCALES) assert.doesNotMatch(text.docs.summary[locale], /\n/, 'summary is one line');
    });

    it('has triggers that are regular expressions', () => {
      assert.ok(meta.triggers.length > 0 || rule.packageTest);
      assert.equal(meta.packageTriggers !== undefined, rule.packageTest !== undefined);
      for (const trigger of [meta.triggers, meta.checkTriggers ?? [], meta.packageTriggers ?? []].flat(2))
        assert.doesNotThrow(() => new RegExp(trigger, 'm'));
    });

    it('reports its bad example and not its good one', async () => {
      const found = async (code: string) => (await analyseText(meta.id, code)).filter((f) => f.rule === meta.id);
      assert.notDeepEqual(await found(text.docs.bad), []);
      assert.deepEqual(await found(text.docs.good), []);
    });

    it('has fixtures with good and bad code, and one for each fix', () => {
      const dirs = fixtureDirs().filter((d) => d.rule === meta.id && d.group === meta.group);
      const files = dirs.flatMap((d) => [...d.files]);
      const bad = files.filter(([name, code]) => wants(name, code).length > 0);
      assert.ok(bad.length > 0, `no // want below ${join(FIXTURES, meta.group, meta.id)}`);
      assert.ok(files.length > bad.length, 'no file without findings');
      const golden = dirs.flatMap((d) => readdirSync(d.dir)).filter((name) => name.endsWith('.golden'));
      for (const fix of meta.fixes)
        assert.ok(
          golden.some((name) => parseGolden(name)?.fix === fix),
          `no golden file for fix ${fix}`,
        );
    });
  });
}

function isPair(words: ReadonlySet<string | undefined>, id: string, at: number): boolean {
  return words.has(id.slice(0, at)) && words.has(id.slice(at + 1));
}

describe('message format', () => {
  it('puts arguments in literally', () => {
    const args = { name: '$& {line}', line: 7 };
    assert.equal(formatMessage('`{name}` on line {line}', args), '`$& {line}` on line 7');
    assert.equal(formatMessage('{unknown}', args), '{unknown}');
    assert.equal(formatMessage('{toString}', args), '{toString}');
  });
});

describe('rule page', () => {
  it('tells the level by Go version', () => {
    const [any] = RULES as [Rule];
    const rule: Rule = { ...any, meta: { ...any.meta, level: 'warning', from: [{ version: '1.23', level: 'hint' }] } };
    assert.equal(levelInWords(rule, 'en'), 'warning, from Go 1.23: hint');
    assert.equal(levelInWords(rule, 'zh-cn'), '警告，Go 1.23 起：提示');
  });
});

describe('generated files', () => {
  it('follow from the rules', function () {
    this.timeout(60_000);
    const run = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/generate-docs.mjs', '--check'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    assert.equal(run.stdout + run.stderr, '');
    assert.equal(run.status, 0);
  });
});

/** Text of the TypeScript files of a folder whose name passes a test, one after the other. */
function codeOf(dir: string, test: (name: string) => boolean): string {
  const names = readdirSync(dir).filter((name) => name.endsWith('.ts') && test(name));
  return names.map((name) => readFileSync(join(dir, name), 'utf8')).join('\n');
}

function placeholders(message: string): string[] {
  return [...new Set([...message.matchAll(/\{(\w+)\}/g)].map((m) => m[1] as string))].sort();
}

/** A text must say something in both languages, and the Chinese one must be Chinese. */
function assertTranslated(text: Localized, what: string): void {
  for (const locale of LOCALES) assert.notEqual(text[locale].trim(), '', `${what} is empty in ${locale}`);
  assert.match(text['zh-cn'], HAN, `${what} is not translated`);
}
