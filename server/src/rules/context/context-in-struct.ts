/** One sentence: what the rule finds. */
import { defineRule } from '../rule.ts';
import { text } from './context-in-struct.text.ts';

export const contextInStruct = defineRule({
  meta: {
    id: 'context-in-struct',
    group: 'context',
    level: 'warning',
    triggers: [],
    fixes: [],
  },
  text,
  check(context) {
    context.report({ node: context.unit.decl, message: 'found' });
  },
});
