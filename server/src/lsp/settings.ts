/** The editor's `goroutineHygiene.*` settings: fetched per workspace folder, checked, with the last good value kept. */
import type { Level } from '../engine/finding.ts';
import type { Locale } from '../rules/rule.ts';
import type { RuleName } from '../workspace/config-schema.ts';
import type { ClientFeatures } from './client-features.ts';
import { DidChangeConfigurationNotification, type Connection } from './library.ts';
import type { Log } from './log.ts';

export const SECTION = 'goroutineHygiene';

export interface EditorSettings {
  /** False: no findings for this folder. */
  enable: boolean;
  /** When pushed diagnostics are renewed; pulling clients decide for themselves. */
  run: 'onType' | 'onSave';
  rules: Record<string, Level>;
  includeGenerated: boolean;
  leaveTo: string[];
  /** Which `go` statements have a line above them that says how the goroutine ends. */
  codeLens: 'off' | 'noEndFound' | 'all';
  locale: Locale | 'auto';
}

export const DEFAULT_SETTINGS: EditorSettings = {
  enable: true,
  run: 'onType',
  rules: {},
  includeGenerated: false,
  leaveTo: [],
  codeLens: 'noEndFound',
  locale: 'auto',
};

const LEVELS: readonly unknown[] = ['error', 'warning', 'information', 'hint', 'off'] satisfies Level[];
const oneOf =
  (...values: unknown[]) =>
  (value: unknown) =>
    values.includes(value);
const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Hand-written rather than a schema: a schema library would add its load time to the start of the server. */
const VALID: Record<keyof EditorSettings, { expected: string; test: (value: unknown) => boolean }> = {
  enable: { expected: 'true or false', test: oneOf(true, false) },
  run: { expected: '"onType" or "onSave"', test: oneOf('onType', 'onSave') },
  rules: {
    expected: 'an object of rule: level, the level being error, warning, information, hint or off',
    test: (value) => isObject(value) && Object.values(value).every((level) => LEVELS.includes(level)),
  },
  includeGenerated: { expected: 'true or false', test: oneOf(true, false) },
  leaveTo: {
    expected: 'an array of "go vet", "staticcheck"',
    test: (value) => Array.isArray(value) && value.every(oneOf('go vet', 'staticcheck')),
  },
  codeLens: { expected: '"off", "noEndFound" or "all"', test: oneOf('off', 'noEndFound', 'all') },
  locale: { expected: '"auto", "en" or "zh-cn"', test: oneOf('auto', 'en', 'zh-cn') },
};

/**
 * Checked settings; an absent field has its default, a bad one is reported and has the value it had in `previous`. Names of rules
 * are checked when the rules are known.
 */
export function checkSettings(
  raw: unknown,
  previous: EditorSettings,
  report: (problem: string) => void,
  knownRules: ReadonlySet<string> | undefined,
): EditorSettings {
  if (raw === null || raw === undefined) return DEFAULT_SETTINGS;
  if (!isObject(raw)) {
    report(`${SECTION} must be an object; kept what was set before.`);
    return previous;
  }
  const checked: Record<string, unknown> = {};
  for (const [name, { expected, test }] of Object.entries(VALID) as [keyof EditorSettings, (typeof VALID)['run']][]) {
    const value = raw[name] ?? DEFAULT_SETTINGS[name];
    if (!test(value))
      report(`${SECTION}.${name} is ${JSON.stringify(value)}, but must be ${expected}; kept what was set before.`);
    checked[name] = test(value) ? value : previous[name];
  }
  const settings = checked as unknown as EditorSettings;
  for (const rule of Object.keys(settings.rules))
    if (knownRules?.has(rule) === false) report(`${SECTION}.rules names the rule "${rule}", which does not exist.`);
  return settings;
}

export class SettingsStore {
  private readonly fetched = new Map<string, Promise<EditorSettings>>();
  private readonly lastGood = new Map<string, EditorSettings>();
  private readonly changed: (() => void)[] = [];
  /** Of clients that do not answer `workspace/configuration`. */
  private pushed: unknown;
  private features?: ClientFeatures;

  constructor(
    private readonly connection: Connection,
    private readonly log: Log,
    private readonly rules: () => Promise<readonly RuleName[]>,
  ) {}

  initialize(features: ClientFeatures, initial: Record<string, unknown> | undefined): void {
    this.features = features;
    this.pushed = initial;
    this.connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
      if (isObject(settings) && SECTION in settings) this.pushed = settings[SECTION];
      this.fetched.clear();
      for (const listener of this.changed) listener();
    });
  }

  async initialized(): Promise<void> {
    if (!this.features?.configurationRegistration) return;
    await this.connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
  }

  onChange(listener: () => void): void {
    this.changed.push(listener);
  }

  /** Settings of a workspace folder, or of the window when `folder` is absent. Never rejects. */
  get(folder: string | undefined): Promise<EditorSettings> {
    const scope = folder ?? '';
    let settings = this.fetched.get(scope);
    if (!settings) this.fetched.set(scope, (settings = this.fetch(scope)));
    return settings;
  }

  private async fetch(scope: string): Promise<EditorSettings> {
    const previous = this.lastGood.get(scope) ?? DEFAULT_SETTINGS;
    let raw = this.pushed;
    if (this.features?.configuration) {
      try {
        raw = (await this.connection.workspace.getConfiguration({
          section: SECTION,
          ...(scope !== '' && { scopeUri: scope }),
        })) as unknown;
      } catch (error) {
        this.log.error('Settings could not be read', error);
        return previous;
      }
    }
    // The rules come with the engine. When that cannot be loaded, `initialized` says so.
    const rules = await this.rules().catch(() => undefined);
    const known = rules && new Set(rules.map(({ id }) => id));
    const settings = checkSettings(raw, previous, (problem) => this.log.warnOnce(problem), known);
    this.lastGood.set(scope, settings);
    return settings;
  }
}
