/** Methods by which the values of a type end, and the statement in them that ends what a value has started. */
import type { CallExpr, Expr, FuncDecl, Stmt } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { givenValue } from './only-value.ts';
import { fieldMentionsOf } from './own-mentions.ts';
import { nodesOfKind } from './node-index.ts';
import { enclosingStmt } from './parents.ts';
import type { GoPackage } from './package.ts';
import { isNamed } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { baseIdent, calledName, isNil, unparen } from './walk.ts';

export interface EndingMethod {
  unit: DeclUnit;
  decl: FuncDecl;
  /** Statements that close a channel of the receiver, cancel a context of it, or end something else that it has; at least one. */
  ends: readonly Ending[];
}

interface Ending {
  stmt: Stmt;
  /** What is ended: an expression that starts with the receiver. */
  what: Expr;
}

const NAMES = /^(?:close|stop|shutdown|gracefulstop)$/i;

/** True for a method without parameters that, following Go's conventions, ends its value. */
export function endsValue({ name, type }: FuncDecl): boolean {
  return isEndName(name.name) && type.params.length === 0;
}

/** True for the name of a method that, following Go's conventions, ends its value. */
export function isEndName(name: string): boolean {
  return NAMES.test(name);
}

/** The methods of a type of the package that, following Go's conventions, end a value, and are seen to end something that it has. */
export function endingMethods(analysis: Analysis, pkg: GoPackage, type: string): EndingMethod[] {
  const found: EndingMethod[] = [];
  for (const [name, member] of pkg.methods(type)) {
    if (!isEndName(name)) continue;
    const unit = pkg.unit(member);
    const { decl } = unit;
    if (unit.hasError || decl.kind !== 'FuncDecl' || !decl.body) continue;
    const parents = analysis.parents(unit);
    const receiver = decl.recv?.names[0]?.obj;
    const ends = nodesOfKind(decl, 'CallExpr').flatMap((call) => {
      const what = receiver && endedBy(analysis, unit, call);
      const stmt = what && baseIdent(what)?.obj === receiver ? enclosingStmt(parents, call) : undefined;
      return what && stmt ? [{ stmt, what }] : [];
    });
    if (ends.length > 0) found.push({ unit, decl, ends });
  }
  return found;
}

/** What a call ends: the operand of `close`, the function by which a context is cancelled, the receiver of `Close` and the like. */
function endedBy(analysis: Analysis, unit: DeclUnit, call: CallExpr): Expr | undefined {
  const callee = analysis.callee(unit, call);
  if (callee.kind === 'builtin') return callee.name === 'close' ? call.args[0] : undefined;
  if (call.fun.kind !== 'SelectorExpr') return undefined;
  if (callee.kind === 'value') {
    const type = analysis.typeOf(unit, call.fun);
    return isNamed(type, 'context', 'CancelFunc') || isNamed(type, 'context', 'CancelCauseFunc') ? call.fun : undefined;
  }
  return NAMES.test(calledName(call)) ? call.fun.x : undefined;
}

/**
 * True when a method ends a value for good: what it ends is made together with the value, by `maker`, and by nobody else. A value that gets
 * another channel or context later goes on.
 */
export function isFinal(analysis: Analysis, { unit, ends }: EndingMethod, maker: DeclUnit): boolean {
  return ends.some(({ what }) => {
    const x = unparen(what);
    const s = x.kind === 'SelectorExpr' ? analysis.types.members.selector(unit, x) : undefined;
    const mentions = s?.kind === 'field' && s.owner ? fieldMentionsOf(analysis, unit, s.owner, s.name) : undefined;
    return mentions?.every(({ unit: at, node, initial }) => {
      const stmt = analysis.parents(at).get(node);
      const given =
        initial ??
        (stmt?.kind === 'AssignStmt' && stmt.lhs.includes(node) ? (givenValue(stmt, node) ?? 'zero') : undefined);
      return given === undefined || at === maker || at.file.isTest || (given !== 'zero' && isNil(given));
    });
  });
}
