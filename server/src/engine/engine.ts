/** Runs the rules on one directory: parse what matters, check, apply versions, levels and suppressions. */
import { KeptLeaks } from '../concurrency/model/kept-leaks.ts';
import { modelOf, modelStatistics } from '../concurrency/model/model.ts';
import { addModelStatistics } from '../concurrency/model/statistics.ts';
import { Analysis } from '../golang/analysis.ts';
import { EffortExceeded, withEffort } from '../golang/effort.ts';
import { ApiPackages, GoPackage, Program } from '../golang/package.ts';
import { type DeclarationParser, SourceFile } from '../golang/source-file.ts';
import { Reads, recordReads } from '../golang/reads.ts';
import type { DeclUnit } from '../golang/unit.ts';
import type { Locale, Rule } from '../rules/rule.ts';
import { RULES } from '../rules/registry.ts';
import { DeclarationTrees } from '../syntax/document-tree.ts';
import { scanOutline } from '../syntax/outline.ts';
import { GoParser } from '../syntax/parser.ts';
import type { DeclTree } from '../syntax/ast.ts';
import type { Declaration } from '../syntax/declarations.ts';
import type {
  CreateEngine,
  Engine,
  EngineOptions,
  EngineSettings,
  EngineStatistics,
  FileResult,
  PackageInput,
} from './api.ts';
import type { Finding, Notice, Range } from './finding.ts';
import { enabledRules, fileVersion, type LeveledRule } from './levels.ts';
import { type Goroutine, goroutinesIn } from './goroutines.ts';
import { engineNotice } from './notices.ts';
import { Reporter } from './reporter.ts';
import { emptyStatistics } from './statistics.ts';
import { applySuppressions } from './suppressions.ts';
import { Triggers } from './triggers.ts';

/** Longer declarations (UTF-16 units) are data or generated code; rules do not look at them, so that no input can stall a scan. */
const MAX_DECLARATION = 256 * 1024;
/**
 * Steps of work (see `golang/effort.ts`) one rule may spend on one declaration: a base, for looking at functions it calls,
 * and more by its length in UTF-16 units. More than ten times what any function of the standard library takes.
 */
const EFFORT = { base: 1_000_000, perUnit: 60 };
/** Trees kept per file between runs, in characters of source. */
const TREE_CACHE_CHARS = 2_000_000;

export const createEngine: CreateEngine = async (wasm, options = {}) =>
  new GoEngine(await GoParser.create(wasm), RULES, options);

interface CachedFile {
  source: SourceFile;
  trees: Map<string, DeclTree>;
}

export class GoEngine implements Engine {
  readonly statistics: EngineStatistics = emptyStatistics();
  private readonly api: ApiPackages;
  private readonly triggers: Triggers;
  /** Ids of all rules. */
  private readonly known: ReadonlySet<string>;
  private readonly cache = new Map<string, CachedFile>();
  private readonly timing: boolean;
  private readonly declarations: DeclarationParser;
  private readonly declarationTrees?: DeclarationTrees;
  /** What is known of folders from one version to the next, by path. */
  private readonly kept = new Map<string, KeptLeaks>();

  constructor(
    parser: GoParser,
    private readonly rules: readonly Rule[],
    options: EngineOptions,
  ) {
    this.timing = options.timing ?? false;
    if (options.incremental) this.declarationTrees = new DeclarationTrees(parser);
    const trees = this.declarationTrees;
    this.declarations = trees
      ? {
          parseDeclaration: (text, slot) =>
            slot === undefined ? parser.parseDeclaration(text) : trees.parse(slot, text),
        }
      : parser;
    this.api = new ApiPackages(parser);
    this.triggers = new Triggers(rules);
    this.known = new Set(rules.map(({ meta }) => meta.id));
  }

  mayMatter(text: string): boolean {
    return this.triggers.mayMatter(text) || !scanOutline(text).balanced;
  }

  forget(path: string): void {
    this.cache.delete(path);
    this.declarationTrees?.forget(`${path}\0`);
    this.kept.delete(folderOf(path));
  }

  analyze(input: PackageInput, settings: EngineSettings): FileResult[] {
    // What is to be kept needs a record of what it was made from, whoever asked for it first.
    return recordReads(this.declarationTrees && new Reads(), () => this.check(input, settings));
  }

  private check(input: PackageInput, settings: EngineSettings): FileResult[] {
    const { analysis, packages, targets } = this.open(input);
    if (this.declarationTrees) modelOf(analysis).kept = this.keptOf(packages);
    if (this.timing) modelOf(analysis).timing = true;
    const rules = this.rules.filter(
      ({ meta }) => !meta.imports || packages.some((p) => p.files.some((f) => f.importsAnyOf(meta.imports ?? []))),
    );
    const results: FileResult[] = [];
    for (const { pkg, file } of targets) {
      const result = this.file(analysis, pkg, file, rules, input.goVersion, settings);
      const goroutines = input.goroutines ? goroutinesOf(analysis, pkg, file, settings) : [];
      results.push(goroutines.length > 0 ? { ...result, goroutines } : result);
    }
    const model = modelStatistics(analysis);
    if (model) addModelStatistics(this.statistics.model, model);
    return results.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }

  goroutines(input: PackageInput, settings: EngineSettings): Goroutine[] {
    const { analysis, targets } = this.open(input);
    return targets.flatMap(({ pkg, file }) => goroutinesOf(analysis, pkg, file, settings));
  }

  private open(input: PackageInput): {
    analysis: Analysis;
    packages: GoPackage[];
    targets: { pkg: GoPackage; file: SourceFile }[];
  } {
    const files = input.files.map((f) => this.sourceFile(f.path, f.text));
    const packages = groupByPackage(files, input);
    const analysis = new Analysis(new Program(this.api, packages));
    const wanted = input.targets ? new Set(input.targets) : undefined;
    const targets = packages.flatMap((pkg) => pkg.files.map((file) => ({ pkg, file })));
    return { analysis, packages, targets: targets.filter(({ file }) => !wanted || wanted.has(file.path)) };
  }

  private keptOf(packages: readonly GoPackage[]): KeptLeaks {
    const folder = folderOf(packages[0]?.files[0]?.path ?? '');
    let kept = this.kept.get(folder);
    if (!kept) this.kept.set(folder, (kept = new KeptLeaks()));
    kept.open(packages);
    return kept;
  }

  private sourceFile(path: string, text: string): SourceFile {
    const cached = this.cache.get(path);
    if (cached && cached.source.text === text) return cached.source;
    const trees = cached ? pruned(cached.trees) : new Map<string, DeclTree>();
    const source = new SourceFile(path, text, this.declarations, trees);
    this.cache.set(path, { source, trees });
    return source;
  }

  private file(
    analysis: Analysis,
    pkg: GoPackage,
    file: SourceFile,
    packageRules: readonly Rule[],
    goVersion: string | undefined,
    settings: EngineSettings,
  ): FileResult {
    this.statistics.files++;
    this.statistics.bytes += file.text.length;
    const findings: Finding[] = [];
    const notices: Notice[] = [];
    const { outline } = file;
    if (!outline.balanced) notices.push(engineNotice('unbalanced', file.path, settings.locale));
    const version = fileVersion(file, goVersion);
    const rules = enabledRules(packageRules, settings, version, file.isTest);
    const triggers = this.triggers.of(rules);
    const matters = triggers.mayMatter(file.text) || mayHaveDirective(file.text);
    if (!matters || (outline.generated && !settings.includeGenerated)) return { path: file.path, findings, notices };
    this.statistics.filesAnalysed++;
    const reporter = new Reporter(file, version, settings.locale, analysis, findings);
    for (const declaration of outline.decls) {
      this.statistics.declarations++;
      const text = file.textOf(declaration);
      const triggered = triggers.select(text, rules);
      if (triggered.length === 0) continue;
      if (text.length > MAX_DECLARATION) {
        notices.push(tooLong(file, declaration, settings.locale));
        continue;
      }
      const unit = pkg.unit({ file, declaration });
      this.statistics.declarationsParsed++;
      if (unit.hasError) notices.push(notParsed(unit, settings.locale));
      else this.unit(unit, triggered, reporter, notices, settings.locale);
    }
    findings.sort((a, b) => a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : 1));
    notices.push(...applySuppressions(file, findings, rules, { known: this.known, locale: settings.locale }));
    return { path: file.path, findings, notices };
  }

  private unit(
    unit: DeclUnit,
    rules: readonly LeveledRule[],
    reporter: Reporter,
    notices: Notice[],
    locale: Locale,
  ): void {
    for (const leveled of rules) {
      const { rule } = leveled;
      const started = this.timing ? performance.now() : 0;
      const mark = reporter.mark();
      try {
        const { base, end } = unit.declaration;
        withEffort(EFFORT.base + EFFORT.perUnit * (end - base), () => rule.check(reporter.context(unit, leveled)));
      } catch (e) {
        // Of a rule that ran out of budget, what was found until then holds.
        if (e instanceof EffortExceeded) notices.push(tooComplex(unit, rule, locale));
        else {
          // One rule's defect must not cost the other findings of the file.
          reporter.rollback(mark);
          notices.push(failed(unit, rule, e, locale));
        }
      }
      if (this.timing)
        this.statistics.ruleMs[rule.meta.id] =
          (this.statistics.ruleMs[rule.meta.id] ?? 0) + performance.now() - started;
    }
  }
}

/** Comments that speak to the tool are checked wherever they stand. */
function mayHaveDirective(text: string): boolean {
  return text.includes('hygiene:');
}

function goroutinesOf(
  analysis: Analysis,
  pkg: GoPackage,
  file: SourceFile,
  { includeGenerated, locale }: EngineSettings,
): Goroutine[] {
  if (file.outline.generated && !includeGenerated) return [];
  return goroutinesIn(analysis, pkg, file, MAX_DECLARATION, locale);
}

function tooLong(file: SourceFile, declaration: Declaration, locale: Locale): Notice {
  const size = Math.round((declaration.end - declaration.base) / 1024);
  const args = { name: nameOf(declaration), size, limit: MAX_DECLARATION / 1024 };
  return engineNotice('declaration-too-long', file.path, locale, args, startOf(file, declaration));
}

function notParsed({ file, declaration }: DeclUnit, locale: Locale): Notice {
  return engineNotice('not-parsed', file.path, locale, { name: nameOf(declaration) }, startOf(file, declaration));
}

function tooComplex({ file, declaration }: DeclUnit, rule: Rule, locale: Locale): Notice {
  const args = { name: nameOf(declaration), rule: rule.meta.id };
  return engineNotice('declaration-too-complex', file.path, locale, args, startOf(file, declaration));
}

function failed({ file, declaration }: DeclUnit, rule: Rule, error: unknown, locale: Locale): Notice {
  // Where it happened, for the report of the defect; the whole stack would bury what else there is to read.
  const at = error instanceof Error ? /^\s*at (.+)$/m.exec(error.stack ?? '')?.[1] : undefined;
  const reason = `${String(error)}${at === undefined ? '' : ` (${at})`}`;
  const args = { name: nameOf(declaration), rule: rule.meta.id, reason };
  return engineNotice('rule-failed', file.path, locale, args, startOf(file, declaration));
}

function nameOf({ names, tok }: Declaration): string {
  return names[0] ?? tok;
}

function startOf({ lines }: SourceFile, { base }: Declaration): Range {
  const start = lines.position(base);
  return { start, end: start };
}

/** Keeps the most recently made trees within the budget. */
function pruned(trees: Map<string, DeclTree>): Map<string, DeclTree> {
  let chars = 0;
  for (const text of trees.keys()) chars += text.length;
  for (const text of trees.keys()) {
    if (chars <= TREE_CACHE_CHARS) break;
    trees.delete(text);
    chars -= text.length;
  }
  return trees;
}

function folderOf(path: string): string {
  return path.replace(/[^/\\]*$/, '');
}

/** The package name that a directory's import path stands for: of names other than tests and commands that with the most files. */
function importable(byName: ReadonlyMap<string, readonly SourceFile[]>): string | undefined {
  const rank = (name: string): number =>
    name === '' ? 0 : name.endsWith('_test') ? 1 : name === 'main' || name === 'documentation' ? 2 : 3;
  const names = [...byName].sort(([a, x], [b, y]) => rank(b) - rank(a) || y.length - x.length);
  return names[0]?.[0].replace(/_test$/, '');
}

function groupByPackage(files: readonly SourceFile[], input: PackageInput): GoPackage[] {
  const byName = new Map<string, SourceFile[]>();
  for (const f of files) {
    const name = f.outline.packageName;
    const list = byName.get(name);
    if (list) list.push(f);
    else byName.set(name, [f]);
  }
  const path = input.importPath ?? `dir:${folderOf(files[0]?.path ?? '')}`;
  const main = importable(byName);
  return [...byName].map(([name, list]) => {
    // Other packages of the directory, such as an ignored generator, must not pass for the one that is imported.
    const own = name === main ? path : name === `${main}_test` ? `${path}_test` : `${path}#${name}`;
    return new GoPackage(own, name, list);
  });
}
