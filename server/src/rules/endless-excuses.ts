/** Endless goroutines that are no finding of their own, or that end in a way which the loop does not show. */
import { isDeferredLiteral, isRecover } from './meant-panics.ts';
import type { Analysis } from '../golang/analysis.ts';
import type { EndlessGoroutine } from '../golang/endless-goroutines.ts';
import type { Launch } from '../golang/launches.ts';
import { nodesOfKind } from '../golang/node-index.ts';
import { ancestor, enclosingFunc, isFunc, type ParentMap } from '../golang/parents.ts';
import { isErrorType } from '../golang/types.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { find, flattenFields, unparen } from '../golang/walk.ts';
import { declarationsNaming } from '../golang/word-index.ts';
import type { Expr, ForStmt, FuncNode, Node, SendStmt } from '../syntax/ast.ts';

/** True where a goroutine starts itself again because it has panicked: it takes the place of the one that was started first. */
export function isRestart(analysis: Analysis, { unit, stmt, body }: Launch): boolean {
  const parents = analysis.parents(unit);
  const literal = enclosingFunc(parents, stmt);
  if (literal?.kind !== 'FuncLit' || !isDeferredLiteral(parents, literal) || !find(literal, isRecover)) return false;
  return body !== undefined && enclosingFunc(parents, literal) === body.func;
}

/**
 * True for a loop that does nothing but give the same answer to everybody who asks: `for { ch <- err }`.
 *
 * @param node a node of the loop
 */
export function givesOneAnswer(analysis: Analysis, unit: DeclUnit, node: Node): boolean {
  const parents: ParentMap = analysis.parents(unit);
  const loop = node.kind === 'ForStmt' ? node : ancestor(parents, node, (n) => n.kind === 'ForStmt' || isFunc(n));
  const send = loop?.kind === 'ForStmt' ? onlySend(loop) : undefined;
  if (!send) return false;
  const channel = analysis.types.underlying(analysis.typeOf(unit, send.chan));
  const isComputed = find(send.value, (n) => n.kind === 'CallExpr' || (n.kind === 'UnaryExpr' && n.op === '<-'));
  return !isComputed || (channel.kind === 'chan' && isErrorType(channel.elem));
}

/** The send of a loop without condition that does nothing else. */
function onlySend({ init, cond, post, body }: ForStmt): SendStmt | undefined {
  if (init || cond || post) return undefined;
  const [stmt] = body.stmts;
  return body.stmts.length === 1 && stmt?.kind === 'SendStmt' ? stmt : undefined;
}

/** True for a goroutine that ends when somebody closes the channel on which its loop sends: it recovers from the panic. */
export function endsByPanic(
  { call, unit }: Launch,
  { unit: own, func, loop }: Pick<EndlessGoroutine, 'unit' | 'func'> & { loop: { stmt: Node } },
): boolean {
  if (!func.body?.stmts.some((s) => s.kind === 'DeferStmt' && find(s, isRecover))) return false;
  const sends = nodesOfKind(own.decl, 'SendStmt').filter((s) => s.start >= loop.stmt.start && s.end <= loop.stmt.end);
  return sends.some(({ chan }) => {
    const field = fieldOf(chan) ?? fieldOf(argumentFor(chan, func, call.args));
    return field !== undefined && isClosed(unit, field);
  });
}

/** The argument of a call that becomes the parameter an expression names. */
function argumentFor(expr: Expr, func: FuncNode, args: readonly Expr[]): Expr | undefined {
  const x = unparen(expr);
  const object = x.kind === 'Ident' ? x.obj : undefined;
  return object ? args[flattenFields(func.type.params).findIndex((p) => p.name?.obj === object)] : undefined;
}

function fieldOf(expr: Expr | undefined): string | undefined {
  const x = expr && unparen(expr);
  return x?.kind === 'SelectorExpr' ? x.sel.name : undefined;
}

/** True when the package closes a field of that name. */
function isClosed({ pkg }: DeclUnit, field: string): boolean {
  return declarationsNaming(pkg, field).some((member) => {
    const { decl } = pkg.unit(member);
    return nodesOfKind(decl, 'CallExpr').some(
      ({ fun, args: [channel] }) =>
        fun.kind === 'Ident' && fun.name === 'close' && !fun.obj && fieldOf(channel) === field,
    );
  });
}
