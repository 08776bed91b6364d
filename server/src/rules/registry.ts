/** Every rule, by group and id. */
import type { Rule } from './rule.ts';
import { lostCancel } from './context/lost-cancel.ts';
import { missingUnlock } from './sync/missing-unlock.ts';

export const RULES: readonly Rule[] = [lostCancel, missingUnlock];

const byId = new Map(RULES.map((r) => [r.meta.id, r]));

/** The rule with that id, or undefined. */
export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}
