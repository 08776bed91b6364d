/** Closes a channel that tells somebody to stop, where a send has to find a receiver. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { isExported } from '../../golang/exported.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { inLoop } from '../../golang/parents.ts';
import type { GoPackage } from '../../golang/package.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, pathText, unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { Expr, SendStmt, UnaryExpr } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { lastName } from '../leak-sites.ts';
import { blockedSend } from '../leaked-channel.ts';
import { isRepairedBy } from '../model-report.ts';

/** `close(stop)` for the only `stop <- struct{}{}` there is, when all who receive it then leave. Title: `fix-close-instead` ({name}). */
export function closeInstead(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { analysis } = context;
  for (const name of channelsOf(leak)) {
    const found = onlySignal(analysis, leak.site.unit.pkg, name);
    if (!found) continue;
    const { unit, send } = found;
    const channel = unit.text(send.chan);
    const edits = replaceNode(unit, send, `close(${channel})`);
    if (!isRepairedBy(context, leak, edits, true)) continue;
    const { decl } = unit;
    return {
      id: 'close-instead',
      title: 'fix-close-instead',
      args: { name: channel },
      // What anybody may call may be called twice, and a second close panics.
      preferred: decl.kind === 'FuncDecl' && !isExported(decl.name.name),
      edits,
    };
  }
  return undefined;
}

/** Names of the channels that a leak is about: of the blocked send, or of those a `select` receives from. */
function channelsOf(leak: Leak): string[] {
  const { unit, node } = leak.site;
  const send = blockedSend(leak);
  if (send) return nameOf(send.chan);
  const select = nodesOfKind(unit.decl, 'SelectStmt').find((s) => s.start === node.start);
  if (!select) return [];
  return nodesOfKind(unit.decl, 'UnaryExpr').flatMap((u) =>
    u.op === '<-' && select.clauses.some((c) => c.comm && contains(c.comm, u)) ? nameOf(u.x) : [],
  );
}

function nameOf(x: Expr): string[] {
  const path = pathText(unparen(x));
  return path?.includes('.') ? [lastName(path)] : [];
}

/** The only send on channels of a name in the package: of a value that says nothing, to receivers that leave, and never closed. */
function onlySignal(analysis: Analysis, pkg: GoPackage, name: string): { unit: DeclUnit; send: SendStmt } | undefined {
  const isIt = (x: Expr | undefined): boolean => x !== undefined && lastName(pathText(unparen(x)) ?? '') === name;
  const found: { unit: DeclUnit; send: SendStmt }[] = [];
  for (const member of declarationsNaming(pkg, name)) {
    const unit = pkg.unit(member);
    if (unit.hasError) return undefined;
    const { decl } = unit;
    if (nodesOfKind(decl, 'CallExpr').some((c) => c.fun.kind === 'Ident' && c.fun.name === 'close' && isIt(c.args[0])))
      return undefined;
    if (nodesOfKind(decl, 'RangeStmt').some((r) => isIt(r.x))) return undefined;
    const receives = nodesOfKind(decl, 'UnaryExpr').filter((u) => u.op === '<-' && isIt(u.x));
    if (!receives.every((u) => leaves(analysis, unit, u))) return undefined;
    for (const send of nodesOfKind(decl, 'SendStmt')) if (isIt(send.chan)) found.push({ unit, send });
  }
  const [only, ...others] = found;
  if (!only || others.length > 0) return undefined;
  const { unit, send } = only;
  const parents = analysis.parents(unit);
  const isBare = /^struct\s*\{\s*\}\s*\{\s*\}$/.test(unit.text(send.value));
  return isBare && !inLoop(parents, send) && parents.get(send)?.kind !== 'CommClause' ? only : undefined;
}

/** True for a receive after which the function returns, or that comes once: a closed channel is ready again and again. */
function leaves(analysis: Analysis, unit: DeclUnit, receive: UnaryExpr): boolean {
  const parents = analysis.parents(unit);
  const stmt = parents.get(receive);
  const clause = stmt && parents.get(stmt);
  if (stmt?.kind !== 'ExprStmt') return false;
  return clause?.kind === 'CommClause' && clause.comm === stmt
    ? clause.body.at(-1)?.kind === 'ReturnStmt'
    : !inLoop(parents, stmt);
}
