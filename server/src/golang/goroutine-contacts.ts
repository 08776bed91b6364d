/** Whether a goroutine has anything by which others can wait for it or end it. */
import type { CallExpr, Expr, FuncNode, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { spend } from './effort.ts';
import type { Launch } from './launches.ts';
import { deref, isContext, type Type } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { calledName, find } from './walk.ts';

/**
 * True when a goroutine sends, receives, closes something, tells a group, a condition or an atomic value, calls something with a
 * context or a function that somebody gave it, or waits for a process or for what a `Close` can end; in functions of the package
 * that it calls, too. True also where that is not known: the body is not seen, or something that may signal goes to code that is not.
 */
export function hasContact(analysis: Analysis, { body }: Launch): boolean {
  return !body || inBody(analysis, body.unit, body.func, new Set());
}

function inBody(analysis: Analysis, unit: DeclUnit, func: FuncNode, seen: Set<FuncNode>): boolean {
  if (seen.has(func)) return false;
  seen.add(func);
  if (!func.body || unit.hasError || seen.size > MAX_CALLS) return true;
  return find(func.body, (n) => isContact(analysis, unit, n, seen)) !== undefined;
}

/** More functions than anybody would call a small thing to do. */
const MAX_CALLS = 40;

function isContact(analysis: Analysis, unit: DeclUnit, n: Node, seen: Set<FuncNode>): boolean {
  spend();
  switch (n.kind) {
    case 'SendStmt':
    case 'SelectStmt':
      return true;
    case 'UnaryExpr':
      return n.op === '<-';
    case 'RangeStmt': {
      const { kind } = analysis.types.underlying(analysis.typeOf(unit, n.x));
      return kind === 'chan' || kind === 'func' || kind === 'unknown';
    }
    case 'CallExpr':
      return isContactCall(analysis, unit, n, seen);
    default:
      return false;
  }
}

function isContactCall(analysis: Analysis, unit: DeclUnit, call: CallExpr, seen: Set<FuncNode>): boolean {
  const c = analysis.callee(unit, call);
  if (c.kind === 'conversion' || c.kind === 'literal') return false;
  if (c.kind === 'builtin') return c.name === 'close';
  // A function that somebody gave: it may do anything.
  if (c.kind !== 'func' && c.kind !== 'method') return c.literal === undefined;
  if (/^sync\.(?:WaitGroup|Cond)\.|^sync\/atomic\./.test(c.name) || c.fact?.unblockedByClose) return true;
  // Who reads from a pipe learns that it is closed; a process tells who waits for it.
  // Other groups than that of `sync` have a `Done` as well.
  if (/^(?:Close(?![a-z])|Done$)/.test(calledName(call)) || /^os(?:\/exec\.Cmd|\.Process)\.Wait$/.test(c.name))
    return true;
  const operands = c.recv ? [c.recv, ...call.args] : call.args;
  if (call.args.some((a) => isContext(analysis.typeOf(unit, a)))) return true;
  if (c.visible) return inBody(analysis, c.visible.unit, c.visible.decl, seen);
  // `once.Do(b.run)`: a function given by its name is called, and not looked into. The body of a literal is part of the goroutine's own.
  if (call.args.some((a) => a.kind !== 'FuncLit' && isFunction(analysis, unit, a))) return true;
  // The standard library keeps to itself what it is not said to call or to wait for.
  if (!isStandard(c.name)) return call.args.some((a) => maySignal(analysis, analysis.typeOf(unit, a)));
  if (c.fact?.blocks === 'sync' || c.fact?.blocks === 'forever') return true;
  // `io.Copy(conn, other)`: whoever closes one of them ends it.
  return (
    c.fact?.blocks === 'io' &&
    operands.some((a) => analysis.types.underlying(analysis.typeOf(unit, a)).kind === 'interface')
  );
}

function isFunction(analysis: Analysis, unit: DeclUnit, value: Expr): boolean {
  return analysis.types.underlying(analysis.typeOf(unit, value)).kind === 'func';
}

/** True for names of the standard library: the first part of an import path from elsewhere has a dot. */
function isStandard(name: string): boolean {
  const slash = name.indexOf('/');
  return slash < 0 || !name.slice(0, slash).includes('.');
}

/** True for what can tell somebody something, and for what is not known. */
function maySignal(analysis: Analysis, type: Type): boolean {
  const { kind } = analysis.types.underlying(deref(type));
  return kind === 'chan' || kind === 'func' || kind === 'interface' || kind === 'unknown';
}
