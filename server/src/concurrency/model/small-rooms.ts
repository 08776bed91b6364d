/**
 * Large buffers looked at as small ones: what fills a buffer of 1 fills one of 64 as well, where nothing bounds how often it sends.
 */
import type { Analysis } from '../../golang/analysis.ts';
import { constantNumber, constantSpec } from '../../golang/constants.ts';
import { isFunc } from '../../golang/parents.ts';
import { find, flattenFields, unparen } from '../../golang/walk.ts';
import type { Expr, ForStmt, FuncNode, Node, RangeStmt } from '../../syntax/ast.ts';
import type { Code } from './instructions.ts';
import type { Pending } from './pending.ts';
import type { Goroutine, State } from './state.ts';
import type { Site } from './values.ts';

/** True where goroutines are blocked because such a buffer is full, and those who send there may do so as often as they like. */
export function fillRooms(analysis: Analysis, st: State, blocked: readonly Pending[]): boolean {
  const senders = blocked.filter((p) => sendsToSmall(st, p));
  return senders.length > 0 && senders.every((p) => comesOften(analysis, p));
}

function sendsToSmall(st: State, { instruction: i, frame }: Pending): boolean {
  const isSmall = (chan: number | undefined): boolean =>
    chan !== undefined && st.as(st.resolve(frame.regs[chan] ?? null), 'chan')?.isShrunk === true;
  if (i.op === 'send') return isSmall(i.chan);
  return i.op === 'select' && i.arms.some((a) => a.kind === 'send' && isSmall(a.chan));
}

/** True for an operation in a loop that goes round any number of times, here or in a caller, or on one of any number of goroutines. */
function comesOften(analysis: Analysis, { goroutine: g, instruction }: Pending): boolean {
  const places: (Site | undefined)[] = [instruction.site, ...g.frames.map((f) => f.call), g.start];
  const isRepeated = g.frames.some(({ code, pc }) => {
    const before = code.instructions[pc - 1];
    return before?.op === 'call' && before.isRepeated === true;
  });
  return isRepeated || places.some((site) => site !== undefined && site.node.end > 0 && isInLoop(analysis, site));
}

/** True for code in which something may happen any number of times: in a loop, or in a function that is called by code that is not seen. */
export function loopsFreely(analysis: Analysis, { unit, func }: Code): boolean {
  if (!func) return false;
  let found = known.get(func);
  if (found === undefined)
    known.set(
      func,
      (found =
        find(func, (n) =>
          n.kind === 'ForStmt' || n.kind === 'RangeStmt'
            ? !isBounded(analysis, unit, n)
            : n.kind === 'CallExpr' && analysis.callee(unit, n).fact?.calls?.some((c) => c.returns) === true,
        ) !== undefined),
    );
  return found;
}

const known = new WeakMap<FuncNode, boolean>();

function isInLoop(analysis: Analysis, { unit, node }: Site): boolean {
  const parents = analysis.parents(unit);
  for (let n = parents.get(node as Node); n && !isFunc(n); n = parents.get(n))
    if ((n.kind === 'ForStmt' || n.kind === 'RangeStmt') && !isBounded(analysis, unit, n)) return true;
  return false;
}

/** True for a loop that goes round as often as a constant says, or at most as often, as far as something in the function may tell. */
function isBounded(analysis: Analysis, unit: Site['unit'], loop: ForStmt | RangeStmt): boolean {
  if (loop.kind === 'ForStmt') {
    const cond = loop.cond && unparen(loop.cond);
    if (cond?.kind !== 'BinaryExpr') return false;
    return [cond.x, cond.y].some((e) => isConstant(analysis, unit, e)) || isMeasured(unit, cond.y, cond);
  }
  const { kind } = analysis.types.underlying(analysis.typeOf(unit, loop.x));
  if (kind === 'array' || unparen(loop.x).kind === 'CompositeLit' || isConstant(analysis, unit, loop.x)) return true;
  return isMeasured(unit, loop.x, loop);
}

/** True where the function cuts a list, or compares its length or a number with something, elsewhere than in a loop itself. */
function isMeasured(unit: Site['unit'], of: Expr, loop: Node): boolean {
  const what = unit.text(of).replace(/^len\((.*)\)$/s, '$1');
  const isIt = (e: Expr): boolean => [what, `len(${what})`].includes(unit.text(unparen(e)));
  return (
    find(unit.decl, (n) => {
      if (n === loop) return false;
      if (n.kind === 'SliceExpr') return n.high !== undefined && unit.text(n.x) === what;
      return n.kind === 'BinaryExpr' && /^[<>]=?$/.test(n.op) && [n.x, n.y].some(isIt);
    }) !== undefined
  );
}

/** True for a number that is written down, here or as a constant. */
export function isConstant({ types }: Analysis, unit: Site['unit'], expr: Expr): boolean {
  const e = unparen(expr);
  if (e.kind === 'BasicLit') return true;
  const spec = e.kind === 'Ident' ? constantSpec(types, unit, e) : undefined;
  return spec !== undefined && constantNumber(spec) !== undefined;
}

/** Which parameter of its function a size is, when nothing else is assigned to that. */
export function givenSize(size: Expr): number | undefined {
  const x = unparen(size);
  if (x.kind !== 'Ident' || x.obj?.role !== 'param' || x.obj.writes.length > 0) return undefined;
  const index = flattenFields(x.obj.func?.type.params ?? []).findIndex((p) => p.name?.obj === x.obj);
  return index < 0 ? undefined : index;
}

/** True where the call that a goroutine is in gives a constant for a parameter. */
export function isGivenConstant(analysis: Analysis, { frames }: Goroutine, parameter: number): boolean {
  const call = frames.at(-1)?.call;
  const node = call?.node as Node | undefined;
  const arg = node?.kind === 'CallExpr' && !node.spread ? node.args[parameter] : undefined;
  return call !== undefined && arg !== undefined && isConstant(analysis, call.unit, arg);
}
