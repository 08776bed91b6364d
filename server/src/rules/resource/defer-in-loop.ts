/** What a loop acquires is released by `defer`: not at the end of the turn, but when the function returns. */
import { jumpsOutOf, type Loop } from '../../fixes/jumps.ts';
import { wrapBodyInClosure } from '../../fixes/wrap.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { Block } from '../../golang/cfg.ts';
import { constantDuration } from '../../golang/durations.ts';
import { spend } from '../../golang/effort.ts';
import { endlessLoops } from '../../golang/endless-loops.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { givenValue } from '../../golang/only-value.ts';
import { ownMentions } from '../../golang/own-mentions.ts';
import { ancestor, isFunc } from '../../golang/parents.ts';
import { runsInCommand, runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { readToEnd } from '../../golang/read-to-end.ts';
import { type Acquisition, allAcquisitions, releaseSpec } from '../../golang/resources.ts';
import { isErrorType, type Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { useEffect } from '../../golang/uses.ts';
import { baseIdent, contains, find, firstTarget, unparen } from '../../golang/walk.ts';
import type { DeferStmt, Expr, FuncNode, Ident, LocalObject, Node } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './defer-in-loop.text.ts';

export const deferInLoop = defineRule({
  meta: {
    id: 'defer-in-loop',
    group: 'resource',
    // Where the function never returns; elsewhere what piles up is information.
    level: 'warning',
    skipsTests: true,
    // Further in than the body of the function.
    triggers: ['\\bdefer\\b(?<=^[ \\t]{2,}defer)'],
    // Each line matches in one way only: a text without a `defer` is given up soon.
    checkTriggers: [
      '^([ \\t]*)(?:\\w+:\\s*)?for\\b[^\\n]*\\{[^\\n]*\\n(?:\\1[ \\t][^\\n]*\\n|\\r?\\n)*?\\1[ \\t]+defer\\b',
    ],
    fixes: ['closure-per-turn'],
    overlaps: ['gocritic deferInLoop', 'revive defer'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    const defers = nodesOfKind(unit.decl, 'DeferStmt');
    if (defers.length > 0) for (const a of allAcquisitions(analysis, unit)) checkAcquisition(context, a, defers);
  },
});

function checkAcquisition(context: RuleContext, a: Acquisition, defers: readonly DeferStmt[]): void {
  const { analysis, unit } = context;
  const object = a.destination.kind === 'variable' ? a.destination.object : undefined;
  if (!object || object.func !== a.func || object.addressTaken || a.acquires.kind === 'lock') return;
  const release = object.uses.find((use) => isDeferredRelease(analysis, a, object, use, defers));
  const stmt = release && defers.find((d) => contains(d, release));
  const loop = stmt && pilingLoop(analysis, a, object, stmt);
  if (!stmt || !loop || !staysInTurn(analysis, a, object, stmt)) return;
  const endless = endlessLoops(analysis.cfg(unit, a.func)).find((l) => l.stmt && contains(l.stmt, loop))?.stmt;
  const isEndless = endless !== undefined;
  // `lost-cancel` speaks of those.
  if (isEndless && a.acquires.kind === 'cancel') return;
  const isOver = !isEndless && isSoonOver(analysis, a);
  if (!isEndless && (isShort(analysis, unit, loop) || (isOver && !isLimited(a)))) return;
  if (isReleasedInTurn(analysis, a, object, loop, defers) || isForOne(analysis, a, loop)) return;
  context.report({
    node: stmt,
    message: isEndless ? 'endless' : 'piles-up',
    level: isOver || isHarmless(analysis, a, object, loop, stmt) ? 'hint' : isEndless ? undefined : 'information',
    args: { name: object.name, line: context.line({ node: endless ?? loop }) },
    steps: [{ node: a.call, message: 'step-acquired', args: { name: object.name } }],
    fixes: [perTurn(context, loop, stmt)],
  });
}

/** True for what takes a file descriptor: there may be none left before the process ends. */
function isLimited({ acquires }: Acquisition): boolean {
  return acquires.kind === 'file' || acquires.kind === 'conn';
}

/** True where little stays behind: a deadline that passes, or a body that was read to its end and has given its connection back. */
function isHarmless(analysis: Analysis, a: Acquisition, object: LocalObject, loop: Loop, stmt: DeferStmt): boolean {
  if (a.acquires.kind === 'cancel') return isTimed(analysis, a) || triesAgain(loop, stmt);
  return a.acquires.via === 'Body' && object.uses.some((use) => readToEnd(analysis, a.unit, use) !== undefined);
}

/** A timer lets go of it in any case. */
function isTimed(analysis: Analysis, { unit, call }: Acquisition): boolean {
  return /\.With(?:Timeout|Deadline)(?:Cause)?$/.test(analysis.callee(unit, call).name);
}

/** True for what is acquired in the turn for one element only: `if name == "-"`. */
function isForOne(analysis: Analysis, { unit, call }: Acquisition, loop: Loop): boolean {
  const element = loop.kind === 'RangeStmt' && loop.value?.kind === 'Ident' ? loop.value.obj : undefined;
  const parents = analysis.parents(unit);
  for (let n = parents.get(call); element && n && n !== loop; n = parents.get(n)) {
    const cond = n.kind === 'IfStmt' && contains(n.body, call) ? unparen(n.cond) : undefined;
    if (cond?.kind !== 'BinaryExpr' || cond.op !== '==') continue;
    const [x, y] = [unparen(cond.x), unparen(cond.y)];
    const other = y.kind === 'BasicLit' ? x : x.kind === 'BasicLit' ? y : undefined;
    if (other && baseIdent(other)?.obj === element) return true;
  }
  return false;
}

/**
 * True when the turn releases the value itself, so that the `defer` is for early returns only, or reads rows to their end, which
 * closes them.
 */
function isReleasedInTurn(
  analysis: Analysis,
  a: Acquisition,
  object: LocalObject,
  loop: Loop,
  defers: readonly DeferStmt[],
): boolean {
  const parents = analysis.parents(a.unit);
  return object.uses.some((use) => {
    if (!contains(loop.body, use) || defers.some((d) => contains(d, use))) return false;
    if (useEffect(analysis, a.unit, use, object, releaseSpec(a.acquires)) === 'release') return true;
    const called = parents.get(use);
    const call = called && parents.get(called);
    const round = call && parents.get(call);
    if (called?.kind !== 'SelectorExpr' || called.sel.name !== 'Next' || round?.kind !== 'ForStmt') return false;
    return round.cond === call && jumpsOutOf(round.body.stmts).breaks.length === 0;
  });
}

/** `defer f.Close()`, also within `defer func() {…}()`. */
function isDeferredRelease(
  analysis: Analysis,
  a: Acquisition,
  object: LocalObject,
  use: Ident,
  defers: readonly DeferStmt[],
): boolean {
  return (
    use.start > a.call.end &&
    defers.some((d) => contains(d, use)) &&
    useEffect(analysis, a.unit, use, object, releaseSpec(a.acquires)) === 'release'
  );
}

/** The innermost loop around a `defer` that acquires anew and may go round after it. */
function pilingLoop(analysis: Analysis, a: Acquisition, object: LocalObject, stmt: DeferStmt): Loop | undefined {
  const { unit, func } = a;
  const parents = analysis.parents(unit);
  const cfg = analysis.cfg(unit, func);
  const start = cfg.where.get(stmt)?.block;
  if (!start || !cfg.reachable.has(start)) return undefined;
  let loop = ancestor(parents, stmt, (n) => isLoop(n) || isFunc(n));
  while (loop && isLoop(loop)) {
    const around = loop;
    if (contains(around.body, a.call) && contains(around.body, object.decl) && comesRound(start, around)) return around;
    loop = ancestor(parents, around, (n) => isLoop(n) || isFunc(n));
  }
  return undefined;
}

function isLoop(n: Node): n is Loop {
  return n.kind === 'ForStmt' || n.kind === 'RangeStmt';
}

/** True when control can come from a block to itself within a loop. */
function comesRound(start: Block, loop: Loop): boolean {
  const seen = new Set<Block>();
  const work: Block[] = [start];
  for (let b = work.pop(); b; b = work.pop())
    for (const { to } of b.succs) {
      spend();
      if (to === start) return true;
      if (seen.has(to) || !to.nodes.every((n) => contains(loop, n)) || to.succs.length === 0) continue;
      seen.add(to);
      work.push(to);
    }
  return false;
}

/** True when nothing that goes beyond the turn of the loop holds the value, or the context of a cancel function. */
function staysInTurn(analysis: Analysis, a: Acquisition, object: LocalObject, stmt: DeferStmt): boolean {
  const { unit } = a;
  const spec = releaseSpec(a.acquires);
  const made = a.acquires.kind === 'cancel' ? firstTarget(a.stmt) : undefined;
  const ctx = made?.kind === 'Ident' ? made.obj : undefined;
  return (
    (ctx?.uses ?? []).every((use) => runsInTurn(analysis, unit, use, a.func)) &&
    object.uses.every((use) => {
      if (contains(stmt, use)) return true;
      if (!runsInTurn(analysis, unit, use, a.func)) return false;
      return useEffect(analysis, unit, use, object, spec) !== 'handoff' || isOnlyRead(analysis, unit, use);
    })
  );
}

/** True for a mention in the function itself, not in a literal that may run later, or in what a `go` statement starts. */
function runsInTurn(analysis: Analysis, unit: DeclUnit, use: Ident, func: FuncNode): boolean {
  const around = ancestor(analysis.parents(unit), use, (n) => isFunc(n) || n.kind === 'GoStmt');
  return around === func;
}

/** An argument of a call that gives back nothing which could hold it. */
function isOnlyRead(analysis: Analysis, unit: DeclUnit, use: Ident): boolean {
  const parents = analysis.parents(unit);
  let node: Node = use;
  let parent = parents.get(node);
  while (parent?.kind === 'ParenExpr' || parent?.kind === 'SelectorExpr')
    [node, parent] = [parent, parents.get(parent)];
  if (parent?.kind !== 'CallExpr' || parent.fun === node) return false;
  const { kind } = analysis.callee(unit, parent);
  const up = parents.get(parent);
  if (kind === 'builtin' || kind === 'conversion') return false;
  const results = analysis.types.valuesOf(unit, parent);
  return up?.kind === 'ExprStmt' || (results.length > 0 && results.every((t) => isPlain(analysis, t)));
}

function isPlain(analysis: Analysis, type: Type): boolean {
  if (isErrorType(type)) return true;
  const under = analysis.types.underlying(type);
  return under.kind === 'basic' || (under.kind === 'slice' && analysis.types.underlying(under.elem).kind === 'basic');
}

/** Turns that do not add up to much. */
const FEW = 16;

/** True for a loop with a few turns, as its text tells: over values that are written down, an array, or up to a number. */
function isShort(analysis: Analysis, unit: DeclUnit, loop: Loop): boolean {
  if (loop.kind === 'RangeStmt') return isFew(analysis, unit, loop.x);
  const cond = loop.cond && unparen(loop.cond);
  if (cond?.kind !== 'BinaryExpr') return false;
  const limit = [cond.x, cond.y].flatMap((e) => constantDuration(analysis, unit, e)?.value ?? []);
  return limit.length > 0 && Math.abs(limit[0] as number) <= FEW;
}

function isFew(analysis: Analysis, unit: DeclUnit, over: Expr): boolean {
  const x = unparen(over);
  const number = constantDuration(analysis, unit, x);
  if (number) return number.value <= FEW;
  if (x.kind === 'CompositeLit') return x.elts.length <= FEW;
  if (x.kind === 'Ident' && x.obj?.role === 'local' && !x.obj.addressTaken) {
    const { obj } = x;
    const parents = analysis.parents(unit);
    const given = [{ at: obj.decl, stmt: obj.declNode }, ...obj.writes.map((w) => ({ at: w, stmt: parents.get(w) }))];
    const isWritten = ({ at, stmt }: { at: Ident; stmt: Node | undefined }): boolean => {
      if (stmt?.kind === 'ValueSpec' && stmt.values.length === 0) return true;
      const value = givenValue(stmt, at);
      return value !== undefined && unparen(value).kind === 'CompositeLit' && isFew(analysis, unit, value);
    };
    if (given.every(isWritten)) return true;
  }
  if (x.kind === 'Ident' && !x.obj && isFewByName(analysis, unit, x)) return true;
  return analysis.types.underlying(analysis.typeOf(unit, x)).kind === 'array';
}

/** True for an unexported package variable that is given a few values where it is declared, and none later. */
function isFewByName(analysis: Analysis, unit: DeclUnit, x: Ident): boolean {
  const mentions = ownMentions(analysis, unit, x);
  return (
    mentions?.every(({ unit: at, node, initial }) => {
      if (initial)
        return initial !== 'zero' && unparen(initial).kind === 'CompositeLit' && isFew(analysis, at, initial);
      const user = analysis.parents(at).get(node);
      return !(user?.kind === 'AssignStmt' && user.lhs.includes(node)) && user?.kind !== 'UnaryExpr';
    }) ?? false
  );
}

/** True for code that runs once, and whose process ends soon. */
function isSoonOver(analysis: Analysis, { unit, call }: Acquisition): boolean {
  return runsOncePerProcess(analysis, unit, call) || runsInCommand(analysis, unit, call);
}

/** True for a loop that is left once something has succeeded: the deadlines of a few attempts do no harm. */
function triesAgain(loop: Loop, stmt: DeferStmt): boolean {
  const { breaks, returns } = jumpsOutOf(loop.body.stmts);
  return [...breaks, ...returns].some((jump) => jump.start > stmt.end);
}

function perTurn({ unit }: RuleContext, loop: Loop, stmt: DeferStmt): FixSpec {
  // Others may be meant for the end of the function.
  const isOnly = !find(loop.body, (n) => n.kind === 'DeferStmt' && n !== stmt);
  return {
    id: 'closure-per-turn',
    title: 'fix-closure',
    preferred: true,
    edits: isOnly && !givesResult(stmt) ? wrapBodyInClosure(unit, loop.body) : undefined,
  };
}

/** True for `defer func() { err = f.Close() }()` of a named result: in a literal it would come before the result is set. */
function givesResult(stmt: DeferStmt): boolean {
  return find(stmt, (n) => n.kind === 'Ident' && n.obj?.role === 'result' && n.obj.writes.includes(n)) !== undefined;
}
