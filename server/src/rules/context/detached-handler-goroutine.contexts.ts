/** Calls in a goroutine that get the context of a request which is over when they run. */
import { importEdits } from '../../fixes/add-import.ts';
import { combine } from '../../fixes/apply.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { Spawn } from '../../golang/goroutines.ts';
import { endsWithRequest, type Handler } from '../../golang/handlers.ts';
import { isContext } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find, walk } from '../../golang/walk.ts';
import type { CallExpr, Expr, Node } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';

export interface ContextUse {
  call: CallExpr;
  /** The argument. */
  expr: Expr;
}

/**
 * The calls that a goroutine started by a handler makes with the request's context; `watched` when the goroutine waits for
 * the end of that context, so that ending with the request is what it is meant to do.
 */
export function requestContextUses(
  analysis: Analysis,
  unit: DeclUnit,
  handler: Handler,
  spawn: Spawn,
): ContextUse[] | 'watched' {
  const uses: ContextUse[] = [];
  let watched = false;
  walk(spawn.call, (n) => {
    if (
      n.kind === 'SelectorExpr' &&
      /^(?:Done|Err|AfterFunc)$/.test(n.sel.name) &&
      endsWithRequest(analysis, unit, handler, n.x)
    )
      watched = true;
    if (n.kind !== 'CallExpr') return true;
    for (const arg of n.args) {
      if (!endsWithRequest(analysis, unit, handler, arg) || isMadeInside(arg, spawn)) continue;
      const { name } = analysis.callee(unit, n);
      // Reading values, and detaching, works after the request as well.
      if (name.startsWith('context.WithoutCancel') || name === 'context.AfterFunc' || isLookup(n)) continue;
      if (isWrapped(analysis, unit, n, name)) continue;
      uses.push({ call: n, expr: arg });
    }
    return true;
  });
  return watched ? 'watched' : uses;
}

const DERIVES = /(?:^|\/)context\.With/;

/**
 * True for an argument of another call that is made from a context by code which is not seen, or which derives none from it: it may end
 * when that likes.
 */
function isWrapped(analysis: Analysis, unit: DeclUnit, call: CallExpr, name: string): boolean {
  if (DERIVES.test(name)) return false;
  const body = analysis.body(unit, call);
  const derives = (n: Node): boolean =>
    n.kind === 'CallExpr' && body !== undefined && DERIVES.test(analysis.callee(body.unit, n).name);
  if (body && (!isContext(analysis.typeOf(unit, call)) || find(body.func, derives))) return false;
  const parent = analysis.parents(unit).get(call);
  return parent?.kind === 'CallExpr' && parent.fun !== call;
}

/** A context that the goroutine derives for itself is mended where it is derived. */
function isMadeInside(arg: Expr, spawn: Spawn): boolean {
  return arg.kind === 'Ident' && arg.obj !== undefined && contains(spawn.call, arg.obj.decl);
}

/** Loggers and the like take a context only to look up values in it. */
export function isLookup(call: CallExpr): boolean {
  const fun = call.fun;
  const name = fun.kind === 'SelectorExpr' ? fun.sel.name : fun.kind === 'Ident' ? fun.name : '';
  return /^(?:Debug|Info|Warn|Error|Print|Trace|Log|From|Extract|Detach)|FromContext$|[lL]og(?:ger)?f?$/.test(name);
}

/** Puts `context.WithoutCancel(…)` around the contexts that reach the goroutine. */
export function detach(context: RuleContext, spawn: Spawn, uses: readonly ContextUse[]): FixSpec {
  const { unit } = context;
  const found = importEdits(unit.file, 'context', { unit, node: spawn.call });
  const [first] = uses;
  return {
    id: 'detach-context',
    title: 'fix-detach',
    args: { ctx: first ? unit.text(first.expr) : '' },
    preferred: true,
    edits:
      found &&
      combine(
        found.edits,
        ...uses.map((u) => replaceNode(unit, u.expr, `${found.name}.WithoutCancel(${unit.text(u.expr)})`)),
      ),
  };
}
