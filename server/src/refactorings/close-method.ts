/** Gives the type whose constructor starts a goroutine a `Close` that ends it. */
import { addClose } from '../fixes/add-close.ts';
import { hasEnd, madeBy, takesSignal } from '../golang/constructors.ts';
import { spawns } from '../golang/goroutines.ts';
import { bringsLeakToClients } from '../rules/model-report.ts';
import { defineRefactoring, touches } from './refactoring.ts';

export const closeMethod = defineRefactoring({
  id: 'add-close',
  title: { en: 'Add `Close` to `{type}`', 'zh-cn': '为 `{type}` 添加 `Close`' },
  find(context) {
    const { analysis, unit } = context;
    const { decl } = unit;
    const made = decl.kind === 'FuncDecl' && !takesSignal(analysis, unit, decl) && madeBy(analysis, unit, decl);
    if (!made || hasEnd(analysis, unit, made)) return undefined;
    if (!spawns(analysis, unit).some(({ stmt }) => touches(context, stmt))) return undefined;
    const edits = addClose(analysis, unit);
    // Who still sends to the goroutine would wait for ever.
    return edits && !bringsLeakToClients(context, made.name, edits) ? { edits, args: { type: made.name } } : undefined;
  },
});
