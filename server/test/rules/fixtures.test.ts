/**
 * Runs every rule on its fixtures: findings against `// want` comments, fixes against golden files.
 * UPDATE_GOLDEN=1 rewrites the golden files.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { editsByFile, type Finding, type Fix } from '../../src/engine/finding.ts';
import { applyEdits } from '../../src/fixes/apply.ts';
import { ruleById } from '../../src/rules/registry.ts';
import { scanOutline } from '../../src/syntax/outline.ts';
import { GoParser } from '../../src/syntax/parser.ts';
import { loadWasm } from '../support/wasm.ts';
import { goldenName, parseGolden } from './golden-names.ts';
import { analyse, differences, fixtureDirs, title, type Analysed, type FixtureDir } from './harness.ts';

const UPDATE = process.env.UPDATE_GOLDEN === '1';
const parser = await GoParser.create(await loadWasm());

/** Texts that fixes produced, for gofmt. */
const produced: { from: string; text: string }[] = [];

for (const fixture of fixtureDirs())
  describe(`fixtures ${title(fixture)}`, () => {
    let initial: Map<string, Analysed>;
    before(async () => {
      initial = await analyse(fixture);
    });

    it('has a registered rule', () => assert.ok(ruleById(fixture.rule), `no rule ${fixture.rule}`));

    for (const [name, text] of fixture.files)
      describe(name, () => {
        const own = () => (initial.get(name) as Analysed).findings.filter((f) => f.rule === fixture.rule);

        it('reports what is wanted', () => {
          const { findings, notices } = initial.get(name) as Analysed;
          assert.deepEqual(
            notices.filter((n) => n.startsWith('rule-failed')),
            [],
          );
          assert.equal(differences(name, text, findings, fixture.rule).join('\n'), '');
        });

        it('offers fixes that work alone', async () => {
          for (const finding of own()) {
            const preferred = finding.fixes.filter((fix) => fix.preferred).map((fix) => fix.id);
            assert.ok(
              preferred.length <= 1,
              `${name}:${finding.range.start.line + 1}: two preferred fixes: ${preferred}`,
            );
            for (const fix of finding.fixes) await checkAlone(fixture, name, finding, fix, initial);
          }
        });

        it('fixes the file as the golden files say', async () => {
          const ids = new Set(own().flatMap((f) => f.fixes.map((fix) => fix.id)));
          const made = new Set<string>();
          for (const id of ids) for (const golden of await checkGolden(fixture, name, id)) made.add(golden);
          const stale = goldensOf(fixture, name).filter((golden) => !made.has(golden));
          if (UPDATE) for (const golden of stale) rmSync(join(fixture.dir, golden));
          else assert.deepEqual(stale, [], 'golden files for what no fix makes');
        });
      });
  });

describe('fixes of all fixtures', () => {
  it('keep the format of gofmt', function () {
    this.timeout(60_000);
    if (spawnSync('gofmt', ['-h']).error) {
      console.log(
        '      skipped: gofmt is not installed; install Go (https://go.dev/dl/) to check the format of fixes',
      );
      this.skip();
    }
    const dir = mkdtempSync(join(tmpdir(), 'hygiene-gofmt-'));
    try {
      produced.forEach(({ from, text }, i) => writeFileSync(join(dir, `${i}-${from}.go`), withoutWants(text)));
      const run = spawnSync('gofmt', ['-d', dir], { encoding: 'utf8' });
      assert.equal(run.stdout + run.stderr, '');
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

/** `// want` comments are aligned with comments of the lines around them, which a fix does not care for. */
function withoutWants(text: string): string {
  return text.replace(/[ \t]*\/\/ want .*$/gm, '');
}

async function checkAlone(
  fixture: FixtureDir,
  name: string,
  finding: Finding,
  fix: Fix,
  before: Map<string, Analysed>,
): Promise<void> {
  const where = `${name}:${finding.range.start.line + 1} ${fix.id}`;
  assert.ok(ruleById(finding.rule)?.meta.fixes.includes(fix.id), `${where}: fix id is not in the rule's metadata`);
  const texts = withFix(fixture, new Map(), finding, fix);
  const all = [...texts.values()].join('\n');
  for (const text of texts.values()) {
    produced.push({ from: `${fixture.rule}-${fix.id}`, text });
    checkParses(text, where);
  }
  const after = await analyse(fixture, texts);
  const [was, is] = [countByRule(before), countByRule(after)];
  assert.ok((is.get(finding.rule) ?? 0) < (was.get(finding.rule) ?? 0), `${where}: the finding is still there\n${all}`);
  for (const [rule, count] of is)
    assert.ok(count <= (was.get(rule) ?? 0), `${where}: introduces a finding of ${rule}\n${all}`);
}

function checkParses(text: string, where: string): void {
  const outline = scanOutline(text);
  assert.ok(outline.balanced, `${where}: the result does not balance\n${text}`);
  for (const d of outline.decls)
    assert.ok(
      !parser.parseDeclaration(text.slice(d.base, d.end)).hasError,
      `${where}: does not parse\n${text.slice(d.base, d.end)}`,
    );
}

/** Texts by file name after a fix, where they are not those of the fixture. */
function withFix(
  fixture: FixtureDir,
  texts: ReadonlyMap<string, string>,
  finding: Finding,
  fix: Fix,
): Map<string, string> {
  const after = new Map(texts);
  for (const { path, edits } of editsByFile(finding, fix)) {
    const name = relative(fixture.dir, path);
    const text = texts.get(name) ?? fixture.files.get(name);
    assert.ok(text !== undefined, `${fix.id} edits ${path}, which is not in the directory`);
    after.set(name, applyEdits(text, edits));
  }
  return after;
}

function countByRule(files: Map<string, Analysed>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { findings } of files.values())
    for (const f of findings) counts.set(f.rule, (counts.get(f.rule) ?? 0) + 1);
  return counts;
}

/**
 * Applies the fix to one finding after the other, as a person would, until it is not offered any more. Returns the names of the golden
 * files, one for each file that has changed.
 */
async function checkGolden(fixture: FixtureDir, name: string, id: string): Promise<string[]> {
  let texts = new Map<string, string>();
  for (let rounds = 0; ; rounds++) {
    assert.ok(rounds < 100, `${id} in ${name} is offered again and again`);
    const findings = (await analyse(fixture, texts)).get(name)?.findings ?? [];
    const offered = findings
      .filter((f) => f.rule === fixture.rule)
      .flatMap((finding) => finding.fixes.filter((fix) => fix.id === id).map((fix) => ({ finding, fix })));
    if (!offered[0]) break;
    texts = withFix(fixture, texts, offered[0].finding, offered[0].fix);
  }
  return [...texts].map(([changed, text]) => {
    produced.push({ from: `${fixture.rule}-${id}-all`, text });
    const golden = goldenName({ source: name, fix: id, changed });
    const path = join(fixture.dir, golden);
    if (UPDATE) writeFileSync(path, text);
    assert.ok(existsSync(path), `${path} is missing; UPDATE_GOLDEN=1 writes it`);
    assert.equal(text, readFileSync(path, 'utf8'), `${id} in ${name}: ${changed}`);
    return golden;
  });
}

function goldensOf(fixture: FixtureDir, name: string): string[] {
  return readdirSync(fixture.dir).filter((golden) => parseGolden(golden)?.source === name);
}
