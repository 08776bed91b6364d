/**
 * Runs every rule on its fixtures: findings against `// want` comments, fixes against golden files.
 * UPDATE_GOLDEN=1 rewrites the golden files.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding, Fix } from '../../src/engine/finding.ts';
import { applyEdits } from '../../src/fixes/apply.ts';
import { ruleById } from '../../src/rules/registry.ts';
import { scanOutline } from '../../src/syntax/outline.ts';
import { GoParser } from '../../src/syntax/parser.ts';
import { loadWasm } from '../support/wasm.ts';
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
          for (const id of ids) await checkGolden(fixture, name, id);
          const stale = goldenIds(fixture, name).filter((id) => !ids.has(id));
          if (UPDATE) for (const id of stale) rmSync(goldenPath(fixture, name, id));
          else assert.deepEqual(stale, [], 'golden files for fixes that are not offered');
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
  const text = applyEdits(fixture.files.get(name) as string, fix.edits);
  produced.push({ from: `${fixture.rule}-${fix.id}`, text });
  const outline = scanOutline(text);
  assert.ok(outline.balanced, `${where}: the result does not balance\n${text}`);
  for (const d of outline.decls)
    assert.ok(
      !parser.parseDeclaration(text.slice(d.base, d.end)).hasError,
      `${where}: does not parse\n${text.slice(d.base, d.end)}`,
    );
  const after = await analyse(fixture, new Map([[name, text]]));
  const [was, is] = [countByRule(before), countByRule(after)];
  assert.ok(
    (is.get(finding.rule) ?? 0) < (was.get(finding.rule) ?? 0),
    `${where}: the finding is still there\n${text}`,
  );
  for (const [rule, count] of is)
    assert.ok(count <= (was.get(rule) ?? 0), `${where}: introduces a finding of ${rule}\n${text}`);
}

function countByRule(files: Map<string, Analysed>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { findings } of files.values())
    for (const f of findings) counts.set(f.rule, (counts.get(f.rule) ?? 0) + 1);
  return counts;
}

/** Applies the fix to one finding after the other, as a person would, until it is not offered any more. */
async function checkGolden(fixture: FixtureDir, name: string, id: string): Promise<void> {
  let text = fixture.files.get(name) as string;
  for (let rounds = 0; ; rounds++) {
    assert.ok(rounds < 100, `${id} in ${name} is offered again and again`);
    const findings = (await analyse(fixture, new Map([[name, text]]))).get(name)?.findings ?? [];
    const fix = findings.filter((f) => f.rule === fixture.rule).flatMap((f) => f.fixes.filter((x) => x.id === id))[0];
    if (!fix) break;
    text = applyEdits(text, fix.edits);
  }
  produced.push({ from: `${fixture.rule}-${id}-all`, text });
  const path = goldenPath(fixture, name, id);
  if (UPDATE) return writeFileSync(path, text);
  assert.ok(existsSync(path), `${path} is missing; UPDATE_GOLDEN=1 writes it`);
  assert.equal(text, readFileSync(path, 'utf8'), `${id} in ${name}`);
}

function goldenPath(fixture: FixtureDir, name: string, id: string): string {
  return join(fixture.dir, `${name}.${id}.golden`);
}

function goldenIds(fixture: FixtureDir, name: string): string[] {
  return readdirSync(fixture.dir)
    .filter((n) => n.startsWith(`${name}.`) && n.endsWith('.golden'))
    .map((n) => n.slice(name.length + 1, -'.golden'.length));
}
