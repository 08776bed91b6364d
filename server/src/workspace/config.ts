/** Finds and loads `goroutine-hygiene.jsonc`: the nearest one, walking up to the repository root, wins. */
import type { EngineSettings } from '../engine/api.ts';
import type { Level } from '../engine/finding.ts';
import type { OwnResource } from '../golang/own-names.ts';
import type { Locale } from '../rules/rule.ts';
import { configProblem, type ConfigProblem } from './config-problems.ts';
import type { ConfigFile, RuleName } from './config-schema.ts';
import type { FileSystem } from './file-system.ts';
import { reasonOf } from './notices.ts';
import { child, dirname } from './paths.ts';

export const CONFIG_NAME = 'goroutine-hygiene.jsonc';

/** A loaded config, or the defaults. */
export interface Config {
  /** Absolute path of the file; absent for the defaults. */
  path?: string;
  /** What `exclude` is relative to; absent for the defaults. */
  directory?: string;
  levels: Record<string, Level>;
  exclude: string[];
  includeGenerated: boolean;
  tests: boolean;
  testdata: boolean;
  leaveTo: string[];
  resources: OwnResource[];
  locale?: Locale;
  /** What is wrong with entries of `resources`: these are left out, and everything else holds. */
  problems?: ConfigProblem[];
}

export const DEFAULT_CONFIG: Config = {
  levels: {},
  exclude: [],
  includeGenerated: false,
  tests: true,
  testdata: false,
  leaveTo: [],
  resources: [],
};

/** A config file that cannot be used. The message has one `path:line:column: problem` line per problem. */
export class ConfigError extends Error {
  constructor(
    readonly path: string,
    readonly problems: ConfigProblem[],
    /** True when only entries that can be left out are wrong. */
    readonly isPartial = false,
  ) {
    super(problems.map((p) => `${path}:${p.line}:${p.column}: ${p.message.en}`).join('\n'));
    this.name = 'ConfigError';
  }
}

/** Reads one config file. Throws `ConfigError` unless all that is wrong is with entries that can be left out. */
export async function loadConfig(fs: FileSystem, path: string, rules: readonly RuleName[]): Promise<Config> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await fs.readFile(path));
  } catch (error) {
    const reason = error instanceof TypeError ? 'not valid UTF-8' : reasonOf(error);
    throw new ConfigError(path, [configProblem('', 0, 'unreadable', { reason })]);
  }
  const { parseConfig } = await import('./config-schema.ts');
  const { config, problems } = parseConfig(text, rules);
  if (!config) throw new ConfigError(path, problems);
  return { ...fromFile(path, config), ...(problems.length > 0 && { problems }) };
}

function fromFile(path: string, file: ConfigFile): Config {
  return {
    path,
    directory: dirname(path),
    levels: { ...file.rules },
    exclude: file.exclude ?? DEFAULT_CONFIG.exclude,
    includeGenerated: file.includeGenerated ?? DEFAULT_CONFIG.includeGenerated,
    tests: file.tests ?? DEFAULT_CONFIG.tests,
    testdata: file.testdata ?? DEFAULT_CONFIG.testdata,
    leaveTo: file.leaveTo ?? DEFAULT_CONFIG.leaveTo,
    resources: file.resources ?? DEFAULT_CONFIG.resources,
    ...(file.locale && { locale: file.locale }),
  };
}

/** The part of a config the engine needs. */
export function engineSettings(config: Config, locale: Locale): EngineSettings {
  return {
    levels: config.levels,
    locale: config.locale ?? locale,
    includeGenerated: config.includeGenerated,
    leaveTo: config.leaveTo,
    ...(config.resources.length > 0 && { resources: config.resources }),
  };
}

/** The config of every directory, remembered; make a new one when config files may have changed. */
export class Configs {
  private readonly memo = new Map<string, Promise<Config>>();

  constructor(
    private readonly fs: FileSystem,
    private readonly rules: readonly RuleName[],
    /** Used for every directory instead of looking for files: `--config FILE` and `--no-config`. */
    private readonly fixed?: Config,
  ) {}

  /** The config that governs a directory. Rejects with `ConfigError` when it is broken: it is never silently ignored. */
  forDirectory(directory: string): Promise<Config> {
    if (this.fixed) return Promise.resolve(this.fixed);
    let config = this.memo.get(directory);
    if (!config) this.memo.set(directory, (config = this.find(directory)));
    return config;
  }

  private async find(directory: string): Promise<Config> {
    const path = child(directory, CONFIG_NAME);
    if (await this.fs.stat(path)) return loadConfig(this.fs, path, this.rules);
    const parent = dirname(directory);
    if (parent === directory || (await isRepositoryRoot(this.fs, directory))) return DEFAULT_CONFIG;
    return this.forDirectory(parent);
  }
}

/** True for a directory with `.git`: a directory, or a file in worktrees and submodules. */
export async function isRepositoryRoot(fs: FileSystem, directory: string): Promise<boolean> {
  return (await fs.stat(child(directory, '.git'))) !== undefined;
}
