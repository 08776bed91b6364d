/** Requests and commands that may get their context, or another way to be ended, after they are made. */
import { firstTarget } from '../../golang/walk.ts';
import { ancestor, isFunc } from '../../golang/parents.ts';
import type { CallExpr, Ident, LocalObject, Node } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';

/** True when what a call makes is not certainly run without a context by this function. */
export function mayGetContextLater(context: RuleContext, call: CallExpr, name: string): boolean {
  if (name === 'net/http.NewRequest') return !onlyUsed(context, call, isSent);
  if (name === 'os/exec.Command') return !onlyUsed(context, call, isRun);
  return false;
}

type IsEnd = (context: RuleContext, use: Node) => boolean;

/** True when the value stays here, is used by its fields and methods, and comes to an end that the context would have ended. */
function onlyUsed(context: RuleContext, call: CallExpr, isEnd: IsEnd): boolean {
  const parents = context.analysis.parents(context.unit);
  const parent = parents.get(call);
  // exec.Command(…).Run()
  if (parent?.kind === 'SelectorExpr') return isEnd(context, call);
  const target = firstTarget(parent);
  const object = target?.kind === 'Ident' ? target.obj : undefined;
  if (!object || object.captured || object.addressTaken || object.role !== 'local') return false;
  const uses = object.uses.filter((use) => !object.writes.includes(use));
  return uses.every((use) => staysHere(context, object, use)) && uses.some((use) => isEnd(context, use));
}

/** A field or method, a test for nil, or an argument that is sent. */
function staysHere(context: RuleContext, object: LocalObject, use: Ident): boolean {
  const parents = context.analysis.parents(context.unit);
  const parent = parents.get(use);
  if (ancestor(parents, use, (n) => n.kind === 'GoStmt' || isFunc(n)) !== object.func) return false;
  // `cmd.Process.Kill()`, `req.WithContext(ctx)` and the like
  if (parent?.kind === 'SelectorExpr') return !/^(?:Process|Start|Cancel|WithContext|Clone)$/.test(parent.sel.name);
  return parent?.kind === 'BinaryExpr' || isSent(context, use);
}

/** True for the argument of `client.Do(req)`. */
function isSent({ analysis, unit }: RuleContext, use: Node): boolean {
  const call = analysis.parents(unit).get(use);
  return (
    call?.kind === 'CallExpr' &&
    call.args.some((a) => a === use) &&
    /^net\/http\.(?:Client\.Do|Transport\.RoundTrip|RoundTripper\.RoundTrip)$/.test(analysis.callee(unit, call).name)
  );
}

/** True for the receiver of `cmd.Run()`. */
function isRun({ analysis, unit }: RuleContext, use: Node): boolean {
  const parent = analysis.parents(unit).get(use);
  return parent?.kind === 'SelectorExpr' && /^(?:Run|Output|CombinedOutput)$/.test(parent.sel.name);
}
