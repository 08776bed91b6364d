/** The prefilter: texts that contain nothing a rule looks for are never parsed. Built from the rules' trigger words. */
import type { Rule } from '../rules/rule.ts';
import type { LeveledRule } from './levels.ts';

export class Triggers {
  private readonly any: RegExp;
  private readonly byRule = new Map<string, RegExp>();

  constructor(rules: readonly Rule[]) {
    const sources = new Set(rules.flatMap((r) => r.meta.triggers));
    this.any = new RegExp([...sources].map((s) => `(?:${s})`).join('|') || '(?!)', 'm');
    for (const r of rules)
      this.byRule.set(r.meta.id, new RegExp(r.meta.triggers.map((s) => `(?:${s})`).join('|') || '(?!)', 'm'));
  }

  /** True when some rule may have something to say about a text. */
  mayMatter(text: string): boolean {
    return this.any.test(text);
  }

  /** The rules that may have something to say about a declaration. */
  select(text: string, rules: readonly LeveledRule[]): LeveledRule[] {
    if (!this.any.test(text)) return [];
    return rules.filter((r) => this.byRule.get(r.rule.meta.id)?.test(text));
  }
}
