/** Runs the rules on one directory: parse what matters, check, apply versions, levels and suppressions. */
import { KeptLeaks } from '../concurrency/model/kept-leaks.ts';
import { modelOf, modelStatistics } from '../concurrency/model/model.ts';
import { addModelStatistics } from '../concurrency/model/statistics.ts';
import { Analysis } from '../golang/analysis.ts';
import { ApiPackages, GoPackage, Program } from '../golang/package.ts';
import type { OwnResource } from '../golang/own-names.ts';
import { slotGivers } from '../golang/given-slots.ts';
import { lockingMakers } from '../golang/locked-values.ts';
import { unlockGivers } from '../golang/given-unlocks.ts';
import { slotPairs } from '../golang/slot-pairs.ts';
import { lockKeepers } from '../golang/locked-results.ts';
import { takerNames } from '../golang/turn-takers.ts';
import { OwnResources } from '../golang/own-resources.ts';
import { type DeclarationParser, SourceFile } from '../golang/source-file.ts';
import { Reads, recordReads } from '../golang/reads.ts';
import { Versions } from '../golang/versions.ts';
import type { Rule } from '../rules/rule.ts';
import { RULES } from '../rules/registry.ts';
import { DeclarationTrees } from '../syntax/document-tree.ts';
import type { Outline } from '../syntax/declarations.ts';
import { scanOutline } from '../syntax/outline.ts';
import { GoParser } from '../syntax/parser.ts';
import type { DeclTree } from '../syntax/ast.ts';
import type {
  CreateEngine,
  Engine,
  EngineOptions,
  EngineSettings,
  EngineStatistics,
  FileResult,
  PackageInput,
  RefactoringResult,
} from './api.ts';
import { checkFile, MAX_DECLARATION, type Run } from './check-file.ts';
import { type Goroutine, goroutinesIn } from './goroutines.ts';
import { refactoringsAt } from './refactorings.ts';
import { KeptFindings } from './kept-findings.ts';
import { byPackageName, importable } from './importable.ts';
import { isSmallProgram, joinedPackages } from './joined-packages.ts';
import { type AskedPackages, ImportedPackages } from './imported-packages.ts';
import { emptyStatistics } from './statistics.ts';
import { Triggers } from './triggers.ts';

/** Trees kept per file between runs, in characters of source. */
const TREE_CACHE_CHARS = 2_000_000;
/** Outlines kept until the directory is analysed, if it is. */
const MAX_OUTLINES = 300;

export const createEngine: CreateEngine = async (wasm, options = {}) =>
  new GoEngine(await GoParser.create(wasm), RULES, options);

interface CachedFile {
  source: SourceFile;
  trees: Map<string, DeclTree>;
}

/** What is known of a folder from one version to the next. */
interface Kept {
  versions: Versions;
  leaks: KeptLeaks;
  findings: KeptFindings;
  /** What the version before was told of packages around the folder. */
  asked?: AskedPackages;
}

export class GoEngine implements Engine {
  readonly statistics: EngineStatistics = emptyStatistics();
  private readonly api: ApiPackages;
  private readonly imported: ImportedPackages;
  private readonly triggers: Triggers;
  /** Ids of all rules. */
  private readonly known: ReadonlySet<string>;
  private readonly cache = new Map<string, CachedFile>();
  /** Of texts in which nothing matters, by text: other files of the directory may have to know what they declare. */
  private readonly outlines = new Map<string, Outline>();
  private readonly timing: boolean;
  private readonly declarations: DeclarationParser;
  private readonly declarationTrees?: DeclarationTrees;
  /** What is known of folders from one version to the next, by path. */
  private readonly kept = new Map<string, Kept>();

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
    this.imported = new ImportedPackages(parser);
    this.triggers = new Triggers(rules);
    this.known = new Set(rules.map(({ meta }) => meta.id));
  }

  mayMatter(text: string, settings: EngineSettings): boolean {
    if (this.triggers.mayMatter(text, settings) || isSmallProgram(text)) return true;
    if (this.outlines.size >= MAX_OUTLINES) this.outlines.clear();
    const outline = scanOutline(text);
    this.outlines.set(text, outline);
    return !outline.balanced;
  }

  mayMatterToOthers(text: string, settings: EngineSettings): boolean {
    return this.triggers.mayMatterToOthers(text, settings);
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
    const { analysis, packages, targets, asked } = this.open(input, settings.resources);
    const kept = this.declarationTrees && this.keptOf(packages, input, settings);
    if (kept) {
      if (kept.asked) asked?.adopt(kept.asked);
      kept.asked = asked;
    }
    modelOf(analysis).kept = kept?.leaks;
    if (this.timing) modelOf(analysis).timing = true;
    const imported = new Set(packages.flatMap((p) => p.files.flatMap((f) => f.importPaths)));
    // What a package works with may come from another one, so that it need not import where that is declared.
    const rules = this.rules.filter(
      ({ meta: { imports, findsImported } }) =>
        !imports ||
        imports.some((path) => imported.has(path)) ||
        (findsImported && asked?.areImported(imports, imported)),
    );
    const results: FileResult[] = [];
    const { triggers, known, statistics, timing } = this;
    const { goVersion } = input;
    const run: Run = {
      analysis,
      rules,
      settings,
      goVersion,
      triggers,
      known,
      statistics,
      timing,
      kept: kept?.findings,
      plain: new Set(input.plain),
      selections: new Map(),
    };
    for (const { pkg, file } of targets) {
      const result = checkFile(run, pkg, file);
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

  refactorings(
    input: PackageInput,
    { locale, includeGenerated }: EngineSettings,
    { path, start, end }: { path: string; start: number; end: number },
  ): RefactoringResult[] {
    const { analysis, targets } = this.open(input);
    const at = targets.find(({ file }) => file.path === path);
    if (!at || (at.file.outline.generated && !includeGenerated)) return [];
    const { goVersion, requires } = input;
    return refactoringsAt(analysis, at.pkg, at.file, { start, end }, { goVersion, requires, locale });
  }

  private open(
    input: PackageInput,
    resources?: readonly OwnResource[],
  ): {
    analysis: Analysis;
    packages: GoPackage[];
    targets: { pkg: GoPackage; file: SourceFile }[];
    asked: AskedPackages | undefined;
  } {
    const files = input.files.map((f) => this.sourceFile(f.path, f.text));
    this.outlines.clear();
    const packages = groupByPackage(files, input);
    const own = OwnResources.of(resources, packages);
    const asked = input.imports && this.imported.of(input.imports);
    const joined = joinedPackages(packages, asked);
    const imported = asked && ((path: string) => asked.package(path));
    const covers = asked && ((path: string) => asked.covers(path));
    const analysis = new Analysis(new Program(this.api, [...packages, ...joined], own, imported, covers));
    const wanted = input.targets ? new Set(input.targets) : undefined;
    const targets = packages.flatMap((pkg) => pkg.files.map((file) => ({ pkg, file })));
    return {
      analysis,
      packages: [...packages, ...joined],
      targets: targets.filter(({ file }) => !wanted || wanted.has(file.path)),
      asked,
    };
  }

  private keptOf(packages: readonly GoPackage[], { goVersion, imports }: PackageInput, settings: EngineSettings): Kept {
    const folder = folderOf(packages[0]?.files[0]?.path ?? '');
    let kept = this.kept.get(folder);
    if (!kept || kept.asked?.agreesWith(imports) === false) {
      const versions = new Versions();
      kept = { versions, leaks: new KeptLeaks(versions), findings: new KeptFindings(versions) };
      this.kept.set(folder, kept);
    }
    const changes = kept.versions.open(packages);
    kept.leaks.open(packages, changes);
    // Which declarations are looked at hangs on the names of functions that return with a lock held, take something, or give what unlocks; what else
    // is looked for is told for each file.
    const names = packages.map((p) => [
      lockKeepers(p),
      takerNames(p),
      [...unlockGivers(p)],
      [...slotGivers(p)],
      slotPairs(p),
      [...lockingMakers(p)],
    ]);
    kept.findings.open(JSON.stringify([goVersion, settings, names]), changes);
    return kept;
  }

  private sourceFile(path: string, text: string): SourceFile {
    const cached = this.cache.get(path);
    if (cached && cached.source.text === text) return cached.source;
    const trees = cached ? pruned(cached.trees) : new Map<string, DeclTree>();
    const source = new SourceFile(path, text, this.declarations, trees, this.outlines.get(text));
    if (cached && this.declarationTrees) source.takeOver(cached.source);
    this.cache.set(path, { source, trees });
    return source;
  }
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

function groupByPackage(files: readonly SourceFile[], input: PackageInput): GoPackage[] {
  const byName = byPackageName(files);
  const path = input.importPath ?? `dir:${folderOf(files[0]?.path ?? '')}`;
  const main = importable(byName);
  return [...byName].map(([name, list]) => {
    // Other packages of the directory, such as an ignored generator, must not pass for the one that is imported.
    const own = name === main ? path : name === `${main}_test` ? `${path}_test` : `${path}#${name}`;
    return new GoPackage(own, name, list);
  });
}
