/** Plain waits for what a goroutine does at its end and at no other time. */
import type { Expr, ExprStmt, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { Launch } from './launches.ts';
import { type OwnMention, ownMentions } from './own-mentions.ts';
import type { DeclUnit } from './unit.ts';
import { asCall } from './walk.ts';

/** A statement that gets no further before a goroutine has ended. */
export interface AwaitedEnd {
  unit: DeclUnit;
  stmt: ExprStmt;
  /** The channel or group, as it is named there. */
  signal: Expr;
}

/**
 * Waits for a deferred `close(done)` or `wg.Done()` of a goroutine: `<-done` and `wg.Wait()` as statements of their own. A channel counts
 * when nobody else closes it or sends on it.
 */
export function awaitedEnds(analysis: Analysis, { body }: Launch): AwaitedEnd[] {
  if (!body?.func.body || body.unit.hasError) return [];
  return body.func.body.stmts.flatMap((s) => {
    const call = s.kind === 'DeferStmt' ? asCall(s.call) : undefined;
    const c = call && analysis.callee(body.unit, call);
    if (!call || !c) return [];
    if (c.kind === 'builtin' && c.name === 'close' && call.args[0]) return receives(analysis, body.unit, call.args[0]);
    return c.name === 'sync.WaitGroup.Done' && call.fun.kind === 'SelectorExpr'
      ? groupWaits(analysis, body.unit, call.fun.x)
      : [];
  });
}

function receives(analysis: Analysis, unit: DeclUnit, channel: Expr): AwaitedEnd[] {
  const mentions = ownMentions(analysis, unit, channel) ?? [];
  const users = mentions.map((m) => ({ ...m, user: m.initial ? undefined : analysis.parents(m.unit).get(m.node) }));
  const enders = users.filter(
    ({ node, user }) =>
      (user?.kind === 'SendStmt' && user.chan === node) ||
      (user?.kind === 'CallExpr' && user.args.some((a) => a === node)),
  );
  // The goroutine closes it itself; a function that gets it may do anything.
  if (enders.length !== 1) return [];
  return users.flatMap((m) =>
    m.user?.kind === 'UnaryExpr' && m.user.op === '<-' ? statementOf(analysis, m, m.user) : [],
  );
}

function groupWaits(analysis: Analysis, unit: DeclUnit, group: Expr): AwaitedEnd[] {
  return (ownMentions(analysis, unit, group) ?? []).flatMap((m) => {
    const parents = analysis.parents(m.unit);
    const method = parents.get(m.node);
    const call = method?.kind === 'SelectorExpr' && method.sel.name === 'Wait' ? parents.get(method) : undefined;
    return call?.kind === 'CallExpr' && call.fun === method ? statementOf(analysis, m, call) : [];
  });
}

/** The statement that is nothing but a wait, and no arm of a `select`. */
function statementOf(analysis: Analysis, { unit, node }: OwnMention, wait: Node): AwaitedEnd[] {
  const parents = analysis.parents(unit);
  const stmt = parents.get(wait);
  if (stmt?.kind !== 'ExprStmt' || parents.get(stmt)?.kind === 'CommClause') return [];
  return [{ unit, stmt, signal: node }];
}
