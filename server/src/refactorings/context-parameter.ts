/** Gives a function a context as its first parameter, and its callers one to pass. */
import { importEdits } from '../fixes/add-import.ts';
import { combine } from '../fixes/apply.ts';
import { contextInScope } from '../golang/context-in-scope.ts';
import { contains } from '../golang/walk.ts';
import { addContext, callsToExtend, CONTEXT } from './added-parameter.ts';
import { defineRefactoring, touches } from './refactoring.ts';

export const contextParameter = defineRefactoring({
  id: 'add-context-parameter',
  title: {
    en: 'Add parameter `ctx context.Context` to `{name}` and its callers',
    'zh-cn': '为 `{name}` 及其调用者添加参数 `ctx context.Context`',
  },
  find(context) {
    const { analysis, unit } = context;
    const { decl } = unit;
    if (decl.kind !== 'FuncDecl' || !decl.body || !touches(context, { start: decl.start, end: decl.body.start }))
      return undefined;
    const calls = callsToExtend(analysis, unit, decl);
    const made = calls && importEdits(unit.file, 'context', { unit, node: decl.body });
    if (!made) return undefined;
    const imported = new Map([[unit.file, made.edits]]);
    const added = addContext(unit, decl, made.name, calls, ({ unit: caller, call }) => {
      if (caller === unit && contains(decl, call)) return CONTEXT;
      const own = contextInScope(analysis, caller, call)?.expr;
      if (own !== undefined) return own;
      const there = importEdits(caller.file, 'context', { unit: caller, node: call });
      if (there) imported.set(caller.file, there.edits);
      // A note that it lacks one.
      return there && `${there.name}.TODO()`;
    });
    const edits = combine(...imported.values(), added);
    return edits && { edits, args: { name: decl.name.name } };
  },
});
