/** `time.After` in a loop becomes one timer that each turn sets anew. */
import { reuseTimer } from '../fixes/reuse-timer.ts';
import { nodesOfKind } from '../golang/node-index.ts';
import { defineRefactoring, touches } from './refactoring.ts';

export const reusedTimer = defineRefactoring({
  id: 'reuse-timer',
  title: {
    en: 'Make one timer before the loop and `Reset` it on each turn',
    'zh-cn': '在循环前创建一个定时器，每一轮用 `Reset` 重设',
  },
  find(context) {
    const { analysis, unit } = context;
    for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
      if (!touches(context, call) || analysis.callee(unit, call).name !== 'time.After') continue;
      const edits = reuseTimer(context, call);
      if (edits) return { edits };
    }
    return undefined;
  },
});
