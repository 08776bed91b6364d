/** What governs a folder: its nearest config and go.mod, merged with the editor's settings. */
import type { EngineSettings } from '../engine/api.ts';
import type { Locale } from '../rules/rule.ts';
import { Configs, ConfigError, DEFAULT_CONFIG, engineSettings, type Config } from '../workspace/config.ts';
import type { RuleName } from '../workspace/config-schema.ts';
import { leavesOut } from '../workspace/exclude.ts';
import { GoModules, type ModuleRoot } from '../workspace/go-modules.ts';
import type { Files } from './files.ts';
import type { Folders } from './folders.ts';
import type { Log } from './log.ts';
import type { EditorSettings, SettingsStore } from './settings.ts';
import { uriPath } from './uris.ts';

export interface Project {
  settings: EngineSettings;
  /** False when the editor's settings switch this folder off, or its code is not the person's own. */
  enabled: boolean;
  /** True for files that the config leaves out. */
  leavesOut?: (path: string) => boolean;
  goVersion?: string;
  /** Paths of the modules that go.mod requires. */
  requires?: readonly string[];
  importPath?: string;
  /** Modules whose packages the folder's files may import. */
  modules?: readonly ModuleRoot[];
}

export class Projects {
  private readonly configs = new Map<string, Configs>();
  private readonly modules = new Map<string, GoModules>();
  /** By folder; used while its config file is broken. */
  private readonly lastGood = new Map<string, Config>();
  private readonly broken: ((error: ConfigError) => void)[] = [];
  /** Changes whenever an answer may have changed. */
  stamp = 0;

  constructor(
    private readonly files: Files,
    private readonly folders: Folders,
    private readonly editor: SettingsStore,
    private readonly rules: () => Promise<readonly RuleName[]>,
    private readonly clientLocale: () => Locale,
    private readonly log: Log,
  ) {
    editor.onChange(() => this.stamp++);
  }

  /** Reads config and go.mod files anew from now on. */
  invalidate(): void {
    this.configs.clear();
    this.modules.clear();
    this.stamp++;
  }

  onBrokenConfig(listener: (error: ConfigError) => void): void {
    this.broken.push(listener);
  }

  /** Never rejects: a broken config is reported and the one before it stays in force. `folder` is absent for untitled documents. */
  async of(folder: string | undefined): Promise<Project> {
    const editor = await this.editorOf(folder);
    if (folder === undefined) return { settings: this.merge(DEFAULT_CONFIG, editor), enabled: editor.enable };
    const path = uriPath(folder);
    const modules = this.modulesOf(folder);
    const [config, module, importPath, around] = await Promise.all([
      this.config(folder),
      modules.forDirectory(path),
      modules.importPath(path),
      modules.around(path),
    ]);
    return {
      settings: this.merge(config, editor),
      enabled: editor.enable && !this.isForeign(folder),
      leavesOut: (file) => leavesOut(config, file),
      ...(module && { goVersion: module.goVersion, requires: module.requires ?? [] }),
      ...(importPath !== undefined && { importPath }),
      ...(around.length > 0 && { modules: around }),
    };
  }

  /** Language for texts that belong to no folder. */
  async locale(): Promise<Locale> {
    const { locale } = await this.editor.get(undefined);
    return locale === 'auto' ? this.clientLocale() : locale;
  }

  /** Editor settings of the workspace folder that contains a folder. */
  editorOf(folder: string | undefined): Promise<EditorSettings> {
    return this.editor.get(folder === undefined ? undefined : this.folders.of(folder));
  }

  /** A config file is the team's decision and the same in CI, so what it says wins; the editor's settings fill the rest. */
  adjust(config: Config, editor: EditorSettings): Config {
    const fromFile = config.path !== undefined;
    // Language is a matter of the person at the editor, not of the team.
    const locale = editor.locale === 'auto' ? config.locale : editor.locale;
    return {
      ...config,
      levels: { ...editor.rules, ...config.levels },
      includeGenerated: fromFile ? config.includeGenerated : editor.includeGenerated,
      leaveTo: fromFile ? config.leaveTo : editor.leaveTo,
      ...(locale && { locale }),
    };
  }

  /** The configs of the place a folder is in; for walks. */
  async configsOf(folder: string): Promise<Configs> {
    const { name, fs } = this.files.systemOf(folder);
    const rules = await this.rules();
    let configs = this.configs.get(name);
    if (!configs) this.configs.set(name, (configs = new Configs(fs, rules)));
    return configs;
  }

  /** Dependencies: vendored below the workspace folder, or in the module cache, where `go to definition` leads. */
  private isForeign(folder: string): boolean {
    const path = uriPath(folder);
    const root = this.folders.of(folder);
    const inside = root === undefined ? '' : path.slice(uriPath(root).length);
    return /\/(vendor|node_modules)(\/|$)/.test(inside) || /\/pkg\/mod\/.*@v\d/.test(path);
  }

  private modulesOf(folder: string): GoModules {
    const { name, fs } = this.files.systemOf(folder);
    let modules = this.modules.get(name);
    if (!modules) this.modules.set(name, (modules = new GoModules(fs)));
    return modules;
  }

  private async config(folder: string): Promise<Config> {
    try {
      const config = await (await this.configsOf(folder)).forDirectory(uriPath(folder));
      this.lastGood.set(folder, config);
      if (config.path !== undefined && config.problems)
        this.reportBroken(new ConfigError(config.path, config.problems, true));
      return config;
    } catch (error) {
      if (error instanceof ConfigError) this.reportBroken(error);
      else this.log.error(`Configuration of ${folder}`, error);
      return this.lastGood.get(folder) ?? DEFAULT_CONFIG;
    }
  }

  private reportBroken(error: ConfigError): void {
    this.log.warnOnce(error.message);
    for (const listener of this.broken) listener(error);
  }

  private merge(config: Config, editor: EditorSettings): EngineSettings {
    return engineSettings(this.adjust(config, editor), this.clientLocale());
  }
}

/** The supported locale nearest to a language tag such as `zh-Hans-CN` or `de`. */
export function localeOf(tag: string | undefined): Locale {
  return tag?.toLowerCase().startsWith('zh') ? 'zh-cn' : 'en';
}
