/** Leaks that are there but matter less than others of their rule: nobody would repair them where they stand. */
import type { Leak, LeakRule } from '../concurrency/model/leaks.ts';
import type { Analysis } from '../golang/analysis.ts';
import type { Launch } from '../golang/launches.ts';
import { nodesOfKind } from '../golang/node-index.ts';
import { ancestor, enclosingFunc, isFunc, type ParentMap } from '../golang/parents.ts';
import { givesTime, runsInCommand, runsOncePerProcess, sleepsInMain } from '../golang/process-lifetime.ts';
import { returnsError } from '../golang/expected-failure.ts';
import { contains, find } from '../golang/walk.ts';
import { readsStandardInput } from '../golang/standard-input.ts';
import { lastStep, stmtAt } from './leak-sites.ts';
import { givesOneAnswer } from './endless-excuses.ts';
import { blockedSend, channelVariable, startOf } from './leaked-channel.ts';
import { isRecover } from './meant-panics.ts';
import { givesUpInFailedTest, leavesWithFailedGroup, sleepsLessThanLimit } from './test-limits.ts';
import type { DeclUnit } from '../golang/unit.ts';
import type { Node } from '../syntax/ast.ts';

/** Rules about a goroutine that stays behind, and holds up nobody else. */
const LEFT_BEHIND = new Set<LeakRule>([
  'abandoned-send',
  'surplus-senders',
  'double-send',
  'never-closed-range',
  'close-skipped',
  'producer-outlives-consumer',
]);

/** True for a leak that is only worth a hint. */
export function isMild(analysis: Analysis, leak: Leak): boolean {
  // A context that nobody can cancel is a way to say that there is no end to wait for.
  if (leak.rule === 'nil-channel') return leak.name.endsWith('.Done()');
  if (leak.rule === 'double-send' && isAfterPanic(analysis, leak)) return true;
  // That the program ends soon is no excuse where it is held up until then.
  if (!leak.holdsUp) {
    if (leak.atExit === true || (LEFT_BEHIND.has(leak.rule) && isOnceInProcess(analysis, leak))) return true;
    if (leak.rule === 'receive-without-sender' && receivesForEver(analysis, leak)) return true;
  }
  if (leak.rule === 'receive-without-sender' && isParked(analysis, leak)) return true;
  const send = blockedSend(leak);
  if (leak.rule === 'producer-outlives-consumer' && send && givesOneAnswer(analysis, leak.site.unit, send)) return true;
  return leak.site.unit.file.isTest && isMildInTest(analysis, leak);
}

/** True for `never := make(chan T)` and `<-never` in the next line, with no other use: a way to wait for ever, like `select {}`. */
function isParked(analysis: Analysis, leak: Leak): boolean {
  const object = channelVariable(analysis, leak)?.object;
  const stmt = stmtAt(leak.site);
  const block = stmt && analysis.parents(leak.site.unit).get(stmt);
  if (object?.uses.length !== 1 || !stmt || block?.kind !== 'BlockStmt') return false;
  return block.stmts[block.stmts.indexOf(stmt) - 1] === object.declNode;
}

/**
 * True for a loop without a way out that is started once and has nothing more to do: nobody waits for its end. A loop that can return is
 * meant to, and a program that sleeps gives it time.
 */
function receivesForEver(analysis: Analysis, leak: Leak): boolean {
  const start = startOf(analysis, leak);
  const { unit } = leak.site;
  const stmt = start && stmtAt(leak.site);
  const loop = stmt && ancestor(analysis.parents(unit), stmt, (n) => n.kind === 'ForStmt' || isFunc(n));
  if (!start || loop?.kind !== 'ForStmt' || loop.cond || sleepsInMain(leak.entry.pkg)) return false;
  if (find(loop.body, (n) => n.kind === 'ReturnStmt')) return false;
  return runsOncePerProcess(analysis, start.unit, start.stmt);
}

function isOnceInProcess(analysis: Analysis, leak: Leak): boolean {
  const start = startOf(analysis, leak);
  return start !== undefined && !sleepsInMain(leak.entry.pkg) && endsWithProcess(analysis, start);
}

/** True for a goroutine that matters to nobody when it stays: its process ends soon, or cannot end what it waits for. */
export function endsWithProcess(analysis: Analysis, { unit, stmt, body }: Launch): boolean {
  if (unit.pkg.name === 'main' && runsOncePerProcess(analysis, unit, stmt)) return true;
  return (
    runsInCommand(analysis, unit, stmt) ||
    readsStandardInput(analysis, unit, enclosingFunc(analysis.parents(unit), stmt)) ||
    readsStandardInput(analysis, body?.unit, body?.func)
  );
}

function isMildInTest(analysis: Analysis, leak: Leak): boolean {
  // Who sleeps until others are there hangs only when they are later than that; the model knows it of the test itself.
  if (leak.rule === 'receive-without-sender') return sleeps(analysis, leak) || sleepsLessThanLimit(analysis, leak);
  if (leak.rule === 'missing-unlock') return startsLate(analysis, leak);
  if (!LEFT_BEHIND.has(leak.rule)) return false;
  const left = lastStep(leak, 'returned');
  if (left && leavesFailedTest(analysis, left.unit, stmtAt(left))) return true;
  const start = startOf(analysis, leak);
  return start !== undefined && start.unit.file.isTest && givesUpInFailedTest(analysis, start);
}

/** True for a statement of a test by which it leaves because it has failed. */
export function leavesFailedTest(analysis: Analysis, unit: DeclUnit, left: Node | undefined): boolean {
  return returnsError(analysis, unit, left) || leavesWithFailedGroup(analysis, unit, left);
}

function sleeps(analysis: Analysis, { entry }: Leak): boolean {
  const parents = analysis.parents(entry);
  return nodesOfKind(entry.decl, 'CallExpr').some(
    (c) => analysis.callee(entry, c).name === 'time.Sleep' && !givesTime(parents, entry, c),
  );
}

/**
 * True for a goroutine that wants the lock before anything else, where the test has waited for something outside between
 * starting it and taking the lock: it hangs only when it has not begun by then.
 */
function startsLate(analysis: Analysis, leak: Leak): boolean {
  const start = startOf(analysis, leak);
  const taken = lastStep(leak, 'lock');
  const first = start?.body?.func.body?.stmts[0];
  if (!start || !first || !taken || start.unit !== taken.unit || start.body?.unit !== leak.site.unit) return false;
  if (!contains(first, leak.site.node)) return false;
  return nodesOfKind(start.unit.decl, 'CallExpr').some((c) => {
    const isBetween = c.start >= start.stmt.end && c.end <= taken.node.start;
    return isBetween && analysis.callee(start.unit, c).fact?.blocks === 'io';
  });
}

/** True for a send of a deferred function that looks whether there was a panic: after an ordinary send there is none. */
function isAfterPanic(analysis: Analysis, { site: { unit, node } }: Leak): boolean {
  const parents: ParentMap = analysis.parents(unit);
  const at = stmtAt({ unit, node });
  const test = at && ancestor(parents, at, (n) => n.kind === 'IfStmt');
  return test?.kind === 'IfStmt' && [test.init, test.cond].some((n) => n && find(n, isRecover) !== undefined);
}
