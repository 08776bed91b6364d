/** Which rules run on a file, and at which level: defaults, Go version gates, user settings, overlap with other tools. */
import type { SourceFile } from '../golang/source-file.ts';
import type { Rule } from '../rules/rule.ts';
import type { EngineSettings } from './api.ts';
import { isAsGraveAs } from './finding.ts';
import type { Level, Severity } from './finding.ts';

export interface LeveledRule {
  rule: Rule;
  level: Severity;
  /** True when the user has set the level: it then holds for every finding of the rule. */
  isSet: boolean;
}

/** The level of one finding; `own` is the one that it has for its own sake, which can only be milder than that of the rule. */
export function findingLevel({ level, isSet }: LeveledRule, own: Severity | undefined): Severity {
  return own === undefined || isSet || isAsGraveAs(own, level) ? level : own;
}

/** Compares Go language versions such as `1.9` and `1.22.3`; negative when `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [numbers(a), numbers(b)];
  for (let i = 0; i < 2; i++) {
    const d = (x[i] ?? 0) - (y[i] ?? 0);
    if (d !== 0) return d;
  }
  return 0;
}

function numbers(version: string): number[] {
  return version.split('.').map((p) => Number.parseInt(p, 10) || 0);
}

/** Language version of a file: its `//go:build go1.N` line wins over go.mod. Undefined means unknown. */
export function fileVersion(file: SourceFile, goVersion: string | undefined): string | undefined {
  return file.outline.goBuildVersion ?? goVersion;
}

/** True when `version` is at least `wanted`; an unknown version counts as the newest. */
export function atLeast(version: string | undefined, wanted: string): boolean {
  return version === undefined || compareVersions(version, wanted) >= 0;
}

/** What code is for: the program, tests, or what helps tests and has no part in them. */
export type Purpose = 'program' | 'test' | 'test helper';

/** The level of a rule before user settings. What rules do not report in tests is worth a hint in their helpers. */
export function defaultLevel(rule: Rule, version: string | undefined, purpose: Purpose = 'program'): Level {
  const { inTests, skipsTests } = rule.meta;
  let { level } = rule.meta;
  for (const gate of rule.meta.from ?? []) if (atLeast(version, gate.version)) level = gate.level;
  if (purpose === 'program' || level === 'off') return level;
  return inTests ?? (purpose === 'test helper' && skipsTests ? 'hint' : level);
}

/** The rules to run under `settings` for a file of that version. */
export function enabledRules(
  rules: readonly Rule[],
  settings: EngineSettings,
  version: string | undefined,
  purpose: Purpose,
): LeveledRule[] {
  const enabled: LeveledRule[] = [];
  for (const rule of rules) {
    if (purpose === 'test' && rule.meta.skipsTests) continue;
    const set = settings.levels[rule.meta.id];
    if (
      set === undefined &&
      rule.meta.overlaps?.some((o) => settings.leaveTo.some((t) => o === t || o.startsWith(`${t} `)))
    )
      continue;
    const level = set ?? defaultLevel(rule, version, purpose);
    // A user's level does not bring back a rule that the version makes pointless.
    if (level === 'off' || (set !== undefined && set !== 'off' && isGatedOff(rule, version))) continue;
    // A finding is never graver than its rule.
    if (settings.least !== undefined && !isAsGraveAs(level, settings.least)) continue;
    enabled.push({ rule, level, isSet: set !== undefined });
  }
  return enabled;
}

/** False for rules that run on no file, whatever its version, under `settings`. */
export function mayRun({ meta }: Rule, { levels, least }: EngineSettings): boolean {
  const set = levels[meta.id];
  const possible = set === undefined ? [meta.level, ...(meta.from ?? []).map(({ level }) => level)] : [set];
  return possible.some((level) => level !== 'off' && (least === undefined || isAsGraveAs(level, least)));
}

function isGatedOff(rule: Rule, version: string | undefined): boolean {
  return rule.meta.level !== 'off' && defaultLevel(rule, version) === 'off';
}
