/** Finds the Go files to analyse, grouped by directory. */
import type { Notice, Position } from '../engine/finding.ts';
import type { Locale } from '../rules/rule.ts';
import { ConfigError, isRepositoryRoot } from './config.ts';
import type { Config, Configs } from './config.ts';
import type { ConfigProblem } from './config-problems.ts';
import { excludedBy } from './exclude.ts';
import type { DirectoryEntry, FileSystem } from './file-system.ts';
import { IgnoreRules } from './ignore-rules.ts';
import { makeNotice, reasonOf } from './notices.ts';
import type { NoticeCode } from './notices.ts';
import { ancestors, child, compareNames, dirname } from './paths.ts';

export interface GoDirectory {
  directory: string;
  /** Absolute paths of all Go files that make up the package, sorted. */
  files: string[];
  /** Those to report on, when not all of them. */
  targets?: string[];
  config: Config;
}

export interface Discovery {
  /** Sorted by path; a directory that is reached twice appears once. */
  directories: GoDirectory[];
  notices: Notice[];
}

export interface DiscoverOptions {
  fs: FileSystem;
  configs: Configs;
  locale: Locale;
  /** Overrides `tests` of every config. */
  tests?: boolean;
  signal?: AbortSignal;
}

/** What holds in one directory of the walk. */
interface Scope {
  config: Config;
  excluded: (path: string) => boolean;
  ignored: IgnoreRules;
}

/** Directory names the Go command never looks into, plus what other languages vendor. */
const SKIPPED_NAMES = new Set(['vendor', 'node_modules']);

/**
 * Walks files and folders given as absolute paths. Whatever is named explicitly is taken even if it is ignored or excluded;
 * below it `.gitignore`, `exclude`, `vendor`, `node_modules`, `testdata` and names that start with a dot or an underscore
 * are left out. Symbolic links to files are followed, links to directories are not (as the Go command does), which also
 * makes link loops harmless. Problems become notices; the walk goes on. Rejects only when the signal aborts.
 */
export async function discover(paths: readonly string[], options: DiscoverOptions): Promise<Discovery> {
  const walk = new Walk(options);
  for (const path of paths) await walk.start(path);
  return walk.result();
}

class Walk {
  private readonly found = new Map<string, { files: string[]; targets: Set<string> | 'all'; config: Config }>();
  private readonly notices = new Map<string, Notice>();

  constructor(private readonly options: DiscoverOptions) {}

  async start(path: string): Promise<void> {
    const stat = await this.options.fs.stat(path);
    if (!stat) this.notice('path-not-found', path);
    else if (stat.type === 'directory') {
      const scope = await this.scopeAbove(path);
      if (scope) await this.visit(path, scope);
    } else if (stat.type === 'other') this.notice('not-a-file', path);
    else if (!path.endsWith('.go')) this.notice('not-go', path);
    else await this.addFile(path);
  }

  result(): Discovery {
    const directories = [...this.found].map(([directory, { files, targets, config }]) => ({
      directory,
      files,
      ...(targets !== 'all' && { targets: [...targets].sort(compareNames) }),
      config,
    }));
    directories.sort((a, b) => compareNames(a.directory, b.directory));
    return { directories, notices: [...this.notices.values()].sort((a, b) => compareNames(a.path, b.path)) };
  }

  /** One explicit file: its siblings are read as part of the package, but only it is reported on. */
  private async addFile(path: string): Promise<void> {
    const directory = dirname(path);
    const config = await this.configOf(directory);
    if (!config) return;
    const known = this.found.get(directory);
    if (known) {
      if (known.targets !== 'all') known.targets.add(path);
      if (!known.files.includes(path)) known.files = [...known.files, path].sort(compareNames);
      return;
    }
    const files = new Set([path]);
    for (const entry of (await this.entries(directory)) ?? []) {
      if (isGoFile(entry) && entry.type === 'file') files.add(child(directory, entry.name));
    }
    this.found.set(directory, { files: [...files].sort(compareNames), targets: new Set([path]), config });
  }

  private async visit(directory: string, above: Scope): Promise<void> {
    this.options.signal?.throwIfAborted();
    const entries = await this.entries(directory);
    const config = await this.configOf(directory);
    if (!entries || !config) return;
    const scope: Scope = {
      config,
      excluded: config === above.config ? above.excluded : excludedBy(config),
      ignored: entries.some((entry) => entry.name === '.gitignore')
        ? await above.ignored.enter(this.options.fs, directory)
        : above.ignored,
    };
    this.addDirectory(directory, entries, scope);
    for (const entry of entries) {
      if (entry.type !== 'directory' || entry.symlink || isHidden(entry.name) || SKIPPED_NAMES.has(entry.name))
        continue;
      if (entry.name === 'testdata' && !config.testdata) continue;
      const path = child(directory, entry.name);
      if (!scope.ignored.ignores(path, true) && !scope.excluded(path)) await this.visit(path, scope);
    }
  }

  private addDirectory(
    directory: string,
    entries: readonly DirectoryEntry[],
    { config, excluded, ignored }: Scope,
  ): void {
    const tests = this.options.tests ?? config.tests;
    const files: string[] = [];
    for (const entry of entries) {
      if (!isGoFile(entry) || isHidden(entry.name) || (!tests && entry.name.endsWith('_test.go'))) continue;
      const path = child(directory, entry.name);
      if (ignored.ignores(path, false) || excluded(path)) continue;
      if (entry.type === 'other') this.notice('not-a-file', path);
      else files.push(path);
    }
    const explicit = this.found.get(directory);
    if (files.length === 0 && !explicit) return;
    const all = new Set([...files, ...(explicit && explicit.targets !== 'all' ? explicit.targets : [])]);
    this.found.set(directory, { files: [...all].sort(compareNames), targets: 'all', config });
  }

  private async entries(directory: string): Promise<DirectoryEntry[] | undefined> {
    try {
      const entries = await this.options.fs.readDirectory(directory);
      return entries.sort((a, b) => compareNames(a.name, b.name));
    } catch (error) {
      this.notice('directory-unreadable', directory, { reason: reasonOf(error) });
      return undefined;
    }
  }

  private async configOf(directory: string): Promise<Config | undefined> {
    try {
      const config = await this.options.configs.forDirectory(directory);
      if (config.path !== undefined) this.configNotices('invalid-config-entry', config.path, config.problems ?? []);
      return config;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      this.configNotices('invalid-config', error.path, error.problems);
      return undefined;
    }
  }

  private configNotices(code: NoticeCode, path: string, problems: readonly ConfigProblem[]): void {
    for (const { line, column, message } of problems) {
      const problem = message[this.options.locale];
      this.notice(code, path, { problem }, { line: line - 1, character: column - 1 });
    }
  }

  /** What the parents of an explicit folder say; what leaves out the folder itself does not count. */
  private async scopeAbove(folder: string): Promise<Scope | undefined> {
    const config = await this.configOf(folder);
    if (!config) return undefined;
    const byConfig = excludedBy(config);
    const excluded = anyUpTo(config.directory, folder, byConfig) ? () => false : byConfig;
    const parents: string[] = [];
    for (const directory of ancestors(folder)) {
      if (directory !== folder) parents.unshift(directory);
      if (await isRepositoryRoot(this.options.fs, directory)) {
        let ignored = IgnoreRules.none;
        for (const parent of parents) ignored = await ignored.enter(this.options.fs, parent);
        if (anyUpTo(parents[0], folder, (path) => ignored.ignores(path, true))) ignored = IgnoreRules.none;
        return { config, excluded, ignored };
      }
    }
    return { config, excluded, ignored: IgnoreRules.none };
  }

  private notice(code: NoticeCode, path: string, args?: Record<string, string | number>, position?: Position): void {
    const notice = makeNotice(code, path, this.options.locale, args, position && { start: position, end: position });
    this.notices.set(`${path}\0${position?.line}\0${notice.message}`, notice);
  }
}

/** Whether something holds for the folder or one of its parents below `root`. */
function anyUpTo(root: string | undefined, folder: string, holds: (path: string) => boolean): boolean {
  if (root === undefined) return false;
  for (const directory of ancestors(folder)) {
    if (directory === root) return false;
    if (holds(directory)) return true;
  }
  return false;
}

function isGoFile(entry: DirectoryEntry): boolean {
  return entry.name.endsWith('.go') && entry.type !== 'directory';
}

/** Names the Go command ignores. */
function isHidden(name: string): boolean {
  return name.startsWith('.') || name.startsWith('_');
}
