/** Fixtures and golden files are real Go: they compile, are formatted, and `go vet` agrees with the wanted findings. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseGolden } from './golden-names.ts';
import { FIXTURES, wants } from './harness.ts';

const GO_ENV = {
  ...process.env,
  GOPROXY: 'off',
  GOFLAGS: '-mod=readonly',
  GOWORK: 'off',
  GOTOOLCHAIN: 'local',
};

interface VetFinding {
  /** Relative to the module, with `/`. */
  file: string;
  /** 1-based. */
  line: number;
  message: string;
}

describe('Go toolchain on the fixtures of rules', function () {
  this.timeout(240_000);

  before(function () {
    if (!spawnSync('go', ['version']).error) return;
    console.log('      skipped: Go is not installed; install it (https://go.dev/dl/) to compile and vet the fixtures');
    this.skip();
  });

  it('compiles the fixtures, and gofmt and vet have nothing to add', () => {
    build(FIXTURES);
    const format = spawnSync('gofmt', ['-l', '.'], { cwd: FIXTURES, encoding: 'utf8' });
    assert.equal(format.stdout + format.stderr, '', 'files that gofmt would change');
    assert.deepEqual(unwanted(vet(FIXTURES)).map(show), []);
  });

  it('has the modules it imports as the engine knows them', () => {
    const script = fileURLToPath(new URL('../../../scripts/generate-fixture-stubs.mjs', import.meta.url));
    const run = spawnSync(process.execPath, ['--import', 'tsx', script, '--check'], { encoding: 'utf8' });
    assert.equal(run.status, 0, `run node --import tsx scripts/generate-fixture-stubs.mjs\n${run.stdout}${run.stderr}`);
  });

  it('compiles the golden files, and vet finds nothing new in them', () => {
    const rounds = goldenRounds();
    const known = new Set(vet(FIXTURES).map((f) => `${f.file}: ${withoutLines(f.message)}`));
    for (const round of rounds) {
      const copy = mkdtempSync(join(tmpdir(), 'hygiene-golden-'));
      try {
        cpSync(FIXTURES, copy, { recursive: true });
        for (const [source, golden] of round) writeFileSync(join(copy, source), readFileSync(join(FIXTURES, golden)));
        build(copy);
        const fresh = vet(copy).filter((f) => !known.has(`${f.file}: ${withoutLines(f.message)}`));
        assert.deepEqual(fresh.map(show), []);
      } finally {
        rmSync(copy, { recursive: true });
      }
    }
  });
});

function build(dir: string): void {
  // Without paths in what is built, the copies of the module share it.
  const run = spawnSync('go', ['build', '-trimpath', './...'], { cwd: dir, encoding: 'utf8', env: GO_ENV });
  assert.equal(run.status, 0, `go build failed:\n${run.stdout}${run.stderr}`);
}

function vet(dir: string): VetFinding[] {
  const run = spawnSync('go', ['vet', './...'], { cwd: dir, encoding: 'utf8', env: GO_ENV });
  const found: VetFinding[] = [];
  for (const line of run.stderr.split('\n')) {
    assert.doesNotMatch(line, /^vet: /, 'go vet could not check the types');
    const match = /^(?:\.\/)?(.+\.go):(\d+):\d+: (.*)$/.exec(line);
    if (match) found.push({ file: match[1]!.replaceAll('\\', '/'), line: Number(match[2]), message: match[3]! });
  }
  if (run.status !== 0) assert.ok(found.length > 0, `go vet failed:\n${run.stderr}`);
  return found;
}

/** Findings of vet that are neither on a line with `// want` nor a remark about such a line, nor left to it with `// vet-only`. */
function unwanted(findings: readonly VetFinding[]): VetFinding[] {
  return findings.filter(({ file, line, message }) => {
    const text = readFileSync(join(FIXTURES, file), 'utf8');
    const lines = new Set(wants(file, text).map((w) => w.line));
    for (const [i, source] of text.split('\n').entries()) if (source.includes('// vet-only')) lines.add(i + 1);
    const about = /\bline (\d+)/.exec(message);
    return !lines.has(line) && !(about && lines.has(Number(about[1])));
  });
}

function withoutLines(message: string): string {
  return message.replace(/\bline \d+/g, 'line N');
}

function show(finding: VetFinding): string {
  return `${finding.file}:${finding.line}: ${finding.message}`;
}

/** Golden files, by rounds in which each source file has at most one and each fix all of its files; paths are relative to the module. */
function goldenRounds(): Map<string, string>[] {
  const fixes = new Map<string, [string, string][]>();
  for (const golden of readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).sort()) {
    const parsed = parseGolden(basename(golden));
    if (!parsed) continue;
    const key = join(dirname(golden), `${parsed.source}.${parsed.fix}`);
    fixes.set(key, [...(fixes.get(key) ?? []), [join(dirname(golden), parsed.changed), golden]]);
  }
  const rounds: Map<string, string>[] = [];
  for (const files of fixes.values()) {
    const free = rounds.find((r) => files.every(([source]) => !r.has(source)));
    const round = free ?? new Map<string, string>();
    for (const [source, golden] of files) round.set(source, golden);
    if (!free) rounds.push(round);
  }
  return rounds;
}
