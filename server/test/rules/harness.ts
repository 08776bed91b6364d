/** Fixtures of rules: finding the files, reading what they want, analysing them with the real engine. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine, EngineSettings } from '../../src/engine/api.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { Finding } from '../../src/engine/finding.ts';
import type { OwnResource } from '../../src/golang/own-names.ts';
import { NodeFileSystem } from '../../src/node/node-file-system.ts';
import { ruleById } from '../../src/rules/registry.ts';
import { CONFIG_NAME } from '../../src/workspace/config.ts';
import { parseConfig } from '../../src/workspace/config-schema.ts';
import { ImportedFiles } from '../../src/workspace/workspace-imports.ts';
import { loadWasm } from '../support/wasm.ts';

export const FIXTURES = fileURLToPath(new URL('../../../test-fixtures/rules', import.meta.url));
const MODULE = 'example.com/rules';

/** Language version of the fixtures' module. */
export const GO_VERSION = /^go (\S+)$/m.exec(readFileSync(join(FIXTURES, 'go.mod'), 'utf8'))?.[1] as string;

/** One directory of Go files below `<group>/<rule>/`: one package. */
export interface FixtureDir {
  rule: string;
  group: string;
  dir: string;
  /** File name → text. */
  files: Map<string, string>;
  /** What the directory's config says, when it has one. */
  resources?: readonly OwnResource[];
}

/** Every directory with Go files, in order. */
export function fixtureDirs(): FixtureDir[] {
  const found: FixtureDir[] = [];
  for (const group of foldersIn(FIXTURES)) {
    if (group === 'stubs') continue;
    for (const rule of foldersIn(join(FIXTURES, group))) collect(join(FIXTURES, group, rule), group, rule, found);
  }
  return found;
}

function foldersIn(dir: string): string[] {
  const entries = readdirSync(dir, { withFileTypes: true });
  return entries.filter((e) => e.isDirectory()).map((e) => e.name);
}

function collect(dir: string, group: string, rule: string, found: FixtureDir[]): void {
  const entries = readdirSync(dir, { withFileTypes: true });
  const names = entries.filter((e) => e.isFile() && e.name.endsWith('.go')).map((e) => e.name);
  if (names.length > 0)
    found.push({
      rule,
      group,
      dir,
      files: new Map(names.map((n) => [n, readFileSync(join(dir, n), 'utf8')])),
      ...(entries.some((e) => e.name === CONFIG_NAME) && { resources: resourcesIn(join(dir, CONFIG_NAME)) }),
    });
  for (const entry of entries) if (entry.isDirectory()) collect(join(dir, entry.name), group, rule, found);
}

function resourcesIn(path: string): readonly OwnResource[] {
  const { config, problems } = parseConfig(readFileSync(path, 'utf8'), []);
  if (!config || problems.length > 0) throw new Error(`${path}: ${problems.map((p) => p.message.en).join(' ')}`);
  return config.resources ?? [];
}

/** Name of a fixture directory for people. */
export function title(fixture: FixtureDir): string {
  return relative(FIXTURES, fixture.dir);
}

let engine: Promise<Engine> | undefined;

/** The engine, made once. */
export async function theEngine(): Promise<Engine> {
  return (engine ??= loadWasm().then((wasm) => createEngine(wasm)));
}

/** Default settings, with a rule that is off by default switched on. */
export function settingsFor(rule: string): EngineSettings {
  const levels = ruleById(rule)?.meta.level === 'off' ? { [rule]: 'warning' as const } : {};
  return { levels, locale: 'en', includeGenerated: false, leaveTo: [] };
}

/** The other packages of the fixtures' module. */
const IMPORTS = new ImportedFiles(new NodeFileSystem()).from([{ path: MODULE, directory: FIXTURES }]);

export interface Analysed {
  findings: Finding[];
  notices: string[];
}

/** Findings that nothing silences, by file name; `overlay` replaces the text of files. */
export async function analyse(
  fixture: FixtureDir,
  overlay: ReadonlyMap<string, string> = new Map(),
): Promise<Map<string, Analysed>> {
  const paths = [...fixture.files].map(([name, text]) => ({
    path: join(fixture.dir, name),
    text: overlay.get(name) ?? text,
  }));
  const results = (await theEngine()).analyze(
    {
      files: paths,
      goVersion: GO_VERSION,
      importPath: `${MODULE}/${title(fixture).replaceAll('\\', '/')}`,
      imports: IMPORTS,
    },
    { ...settingsFor(fixture.rule), ...(fixture.resources && { resources: fixture.resources }) },
  );
  return new Map(
    results.map((r) => [
      relative(fixture.dir, r.path),
      { findings: r.findings.filter((f) => !f.suppressed), notices: r.notices.map((n) => `${n.code}: ${n.message}`) },
    ]),
  );
}

/** Findings in a single file that belongs to no module, such as an example of a rule's page. */
export async function analyseText(rule: string, text: string): Promise<Finding[]> {
  const path = join(dirname(FIXTURES), 'example.go');
  const [result] = (await theEngine()).analyze({ files: [{ path, text }], goVersion: GO_VERSION }, settingsFor(rule));
  return (result?.findings ?? []).filter((f) => !f.suppressed);
}

export interface Want {
  /** 1-based. */
  line: number;
  pattern: RegExp;
  /** True for a finding at a milder level than its rule has. */
  hint: boolean;
}

/**
 * The `// want "regexp" …` comments of a file, `// want hint "regexp" …` for findings that are only hints. Patterns are Go string literals, quoted or raw, and are matched against
 * `rule-id: message`.
 * @throws Error when a comment is malformed
 */
export function wants(name: string, text: string): Want[] {
  const found: Want[] = [];
  text.split('\n').forEach((line, index) => {
    const comment = /\/\/ want (hint )?(.*)$/.exec(line);
    if (!comment) return;
    const literals = comment[2]!.match(/^(?:\s*(?:"(?:\\.|[^"\\])*"|`[^`]*`))+\s*$/)
      ? comment[2]!.matchAll(/"(?:\\.|[^"\\])*"|`[^`]*`/g)
      : undefined;
    if (!literals) throw new Error(`${name}:${index + 1}: expected // want "regexp" …, found: ${comment[0]}`);
    for (const [literal] of literals) {
      const source = literal.startsWith('`') ? literal.slice(1, -1) : (JSON.parse(literal) as string);
      found.push({ line: index + 1, pattern: new RegExp(source), hint: comment[1] !== undefined });
    }
  });
  return found;
}

/** True when findings of all rules have to be wanted in a file, not only those of the directory's rule. */
export function wantsAll(text: string): boolean {
  return /^\/\/ want-all\b/m.test(text);
}

/** What is reported but not wanted and what is wanted but not reported, one line each. */
export function differences(name: string, text: string, findings: readonly Finding[], rule: string): string[] {
  const open = [...wants(name, text)];
  const lines: string[] = [];
  for (const finding of findings) {
    if (finding.rule !== rule && !wantsAll(text)) continue;
    const line = finding.range.start.line + 1;
    const said = `${finding.rule}: ${finding.message}`;
    const hint = isLowered(finding);
    const match = open.findIndex((w) => w.line === line && w.hint === hint && w.pattern.test(said));
    if (match >= 0) open.splice(match, 1);
    else lines.push(`${name}:${line}: unexpected  ${hint ? 'hint ' : ''}${said}`);
  }
  for (const want of open)
    lines.push(`${name}:${want.line}: missing     ${want.hint ? 'hint ' : ''}${want.pattern.source}`);
  return lines;
}

/** True for a hint of a rule whose own levels are all higher. */
function isLowered({ rule, severity, path }: Finding): boolean {
  const meta = ruleById(rule)?.meta;
  const levels = [
    meta?.level,
    path.endsWith('_test.go') ? meta?.inTests : undefined,
    ...(meta?.from ?? []).map((f) => f.level),
  ];
  return severity === 'hint' && !levels.includes('hint');
}
