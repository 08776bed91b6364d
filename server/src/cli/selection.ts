/** Which rules run and which findings count, as options say. */
import type { Rule } from '../rules/rule.ts';
import type { Config } from '../workspace/config.ts';
import { nearestName } from '../engine/nearest-name.ts';
import { UsageError } from './host.ts';

/** The rule of that id. Throws `UsageError` with the nearest known id. */
export function ruleNamed(id: string, rules: readonly Rule[]): Rule {
  const rule = rules.find(({ meta }) => meta.id === id);
  if (rule) return rule;
  const near = nearestName(
    id,
    rules.map(({ meta }) => meta.id),
  );
  const hint = near === undefined ? 'Run "goroutine-hygiene rules" for the list.' : `Did you mean "${near}"?`;
  throw new UsageError(`unknown rule "${id}". ${hint}`);
}

/**
 * `--rule` runs only the named rules, at their configured level or, where that is off, as warnings unless their default says
 * otherwise; `--disable` switches rules off. Throws `UsageError` for an unknown id.
 */
export function selectRules(
  rules: readonly Rule[],
  only: readonly string[],
  disabled: readonly string[],
): (config: Config) => Config {
  const named = new Set(only.map((id) => ruleNamed(id, rules).meta.id));
  const off = new Set(disabled.map((id) => ruleNamed(id, rules).meta.id));
  if (named.size === 0 && off.size === 0) return (config) => config;
  return (config) => {
    const levels = { ...config.levels };
    for (const { meta } of rules) {
      if (off.has(meta.id) || (named.size > 0 && !named.has(meta.id))) levels[meta.id] = 'off';
      else if (named.has(meta.id)) {
        if (levels[meta.id] === 'off') delete levels[meta.id];
        if (levels[meta.id] === undefined && meta.level === 'off') levels[meta.id] = 'warning';
      }
    }
    return { ...config, levels };
  };
}
