/** The prefilter: texts that contain nothing a rule looks for are never parsed. Built from the rules' trigger words. */
import type { Rule } from '../rules/rule.ts';
import type { LeveledRule } from './levels.ts';

export class Triggers {
  private readonly any: RegExp;
  private readonly byRule: ReadonlyMap<string, (text: string) => boolean>;

  constructor(rules: readonly Rule[]) {
    const first = rules.flatMap((r) => r.meta.triggers.map((t) => (typeof t === 'string' ? t : (t[0] ?? ''))));
    this.any = anyOf(first);
    this.byRule = new Map(rules.map((r) => [r.meta.id, matcher(r)]));
  }

  /** True when some rule may have something to say about a text. */
  mayMatter(text: string): boolean {
    return this.any.test(text);
  }

  /** The rules that may have something to say about a declaration. */
  select(text: string, rules: readonly LeveledRule[]): LeveledRule[] {
    if (!this.any.test(text)) return [];
    return rules.filter((r) => this.byRule.get(r.rule.meta.id)?.(text));
  }
}

/** One test per rule: any of its single triggers, or all members of one of its lists. */
function matcher(rule: Rule): (text: string) => boolean {
  const single = rule.meta.triggers.filter((t) => typeof t === 'string');
  const one = single.length > 0 ? anyOf(single) : undefined;
  const lists = rule.meta.triggers.filter((t) => typeof t !== 'string').map((t) => t.map((s) => new RegExp(s, 'm')));
  return (text) => (one?.test(text) ?? false) || lists.some((list) => list.every((r) => r.test(text)));
}

function anyOf(sources: readonly string[]): RegExp {
  return new RegExp([...new Set(sources)].map((s) => `(?:${s})`).join('|') || '(?!)', 'm');
}
