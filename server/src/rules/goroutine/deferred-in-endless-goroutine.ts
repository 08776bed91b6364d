/** A goroutine defers a call that others wait for, and then never returns. */
import { placeInList } from '../../fixes/statement-site.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { stdPackageSource } from '../../golang/api/std-stubs.ts';
import { type EndlessGoroutine, endlessIn } from '../../golang/endless-goroutines.ts';
import { launchesOf } from '../../golang/goroutine-starts.ts';
import { GO_STATEMENT } from '../../golang/goroutines.ts';
import type { Launch } from '../../golang/launches.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ownMentions } from '../../golang/own-mentions.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { isNamed } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall } from '../../golang/walk.ts';
import type { CallExpr, DeferStmt, Expr, FuncNode, Node } from '../../syntax/ast.ts';
import { isRestart } from '../endless-excuses.ts';
import { endlessFixes, endlessSteps, livesAsLongAsProcess } from '../endless-report.ts';
import { defineRule } from '../rule.ts';
import { text } from './deferred-in-endless-goroutine.text.ts';

const DEFERRED = '\\bdefer (?:close\\(|[\\w.]+\\.(?:Done|Close|Stop)\\(\\)|\\w*[cC]ancel\\w*\\(\\))';

export const deferredInEndlessGoroutine = defineRule({
  meta: {
    id: 'deferred-in-endless-goroutine',
    group: 'goroutine',
    level: 'warning',
    // The loop is there, or in a function that the goroutine calls.
    triggers: [
      [DEFERRED, '\\bfor \\{'],
      [DEFERRED, GO_STATEMENT],
    ],
    // A test binary ends with its tests, whatever its goroutines wait for.
    skipsTests: true,
    fixes: ['wrap-context', 'watch-signal'],
    daemon: true,
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    if (unit.hasError) return;
    const parents = analysis.parents(unit);
    for (const stmt of nodesOfKind(unit.decl, 'DeferStmt')) {
      const deferred = deferredCall(analysis, unit, stmt);
      const func = deferred && enclosingFunc(parents, stmt);
      const endless = func && endlessIn(analysis, unit, func);
      if (!deferred || !endless || !neverReturns(analysis, unit, func, endless, stmt)) continue;
      const launches = launchesOf(analysis, unit, stmt);
      const [first] = launches;
      if (!first || launches.some((l) => isRestart(analysis, l))) continue;
      const isMeant = launches.every((l) => livesAsLongAsProcess(analysis, l));
      if (isMeant && !isWaitedFor(analysis, unit, deferred)) continue;
      context.report({
        node: stmt,
        message: deferred.message,
        args: {
          what: unit.text(deferred.what),
          line: context.line({ node: endless.calls[0]?.call ?? endless.loop.stmt }),
        },
        // That the goroutine never ends is a finding of its own.
        level: isMeant ? undefined : 'hint',
        steps: [startOf(first), ...endlessSteps(endless)],
        fixes: endlessFixes(context, endless),
      });
    }
  },
});

function startOf({ unit, stmt }: Launch): { unit: DeclUnit; node: Node; message: string } {
  return { unit, node: stmt, message: 'step-start' };
}

interface Deferred {
  message: 'done' | 'close' | 'release';
  /** The wait group or channel; of a release, the call. */
  what: Expr;
}

/** A deferred call that others wait for or that frees something; it does not recover from a panic. */
function deferredCall(analysis: Analysis, unit: DeclUnit, stmt: DeferStmt): Deferred | undefined {
  const call = asCall(stmt.call);
  const callee = call && analysis.callee(unit, call);
  if (!call || !callee) return undefined;
  if (callee.kind === 'builtin') {
    const [channel] = call.args;
    return callee.name === 'close' && channel ? { message: 'close', what: channel } : undefined;
  }
  if (callee.name === 'sync.WaitGroup.Done') return callee.recv && { message: 'done', what: callee.recv };
  return isStdRelease(callee.name) || isCancel(analysis, unit, call) ? { message: 'release', what: call } : undefined;
}

function isStdRelease(name: string): boolean {
  const [, path] = /^(.*?)\.\w+\.(?:Close|Stop)$/.exec(name) ?? [];
  return path !== undefined && stdPackageSource(path) !== undefined;
}

function isCancel(analysis: Analysis, unit: DeclUnit, { fun }: CallExpr): boolean {
  const type = analysis.typeOf(unit, fun);
  return isNamed(type, 'context', 'CancelFunc') || isNamed(type, 'context', 'CancelCauseFunc');
}

/**
 * True when nothing makes a function run what it has deferred: no way leads to its end, and a panic ends the process. A call
 * that does not return must be the one that leads to the endless loop: others may end the goroutine.
 */
function neverReturns(
  analysis: Analysis,
  unit: DeclUnit,
  func: FuncNode,
  endless: EndlessGoroutine,
  stmt?: DeferStmt,
): boolean {
  const cfg = analysis.cfg(unit, func);
  if (cfg.reachable.has(cfg.exit)) return false;
  const [next, ...calls] = endless.calls;
  for (const block of cfg.reachable) {
    if (block.nodes.some((n) => cfg.mayEnd.has(n))) return false;
    if (block.ends && !(next && block.nodes.some((n) => n.kind === 'ExprStmt' && n.x === next.call))) return false;
    if (block.nodes.some((n) => n.kind === 'DeferStmt' && !deferredCall(analysis, unit, n))) return false;
  }
  if (stmt && !cfg.reachable.has(cfg.where.get(stmt)?.block ?? cfg.exit)) return false;
  const inner = next && analysis.body(unit, next.call);
  return !inner || neverReturns(analysis, inner.unit, inner.func, { ...endless, calls });
}

/** True when some code goes on only after the deferred call has run. */
function isWaitedFor(analysis: Analysis, unit: DeclUnit, { message, what }: Deferred): boolean {
  const mentions = message === 'release' ? [] : (ownMentions(analysis, unit, what) ?? []);
  // A loop over a channel ends when it is closed; what is sent is enough for a receive.
  const isSent = mentions.some(({ unit: at, node }) => {
    const parent = analysis.parents(at).get(node);
    return parent?.kind === 'SendStmt' && parent.chan === node;
  });
  return mentions.some(({ unit: at, node }) => {
    const parents = analysis.parents(at);
    let wait: Node | undefined = parents.get(node);
    if (message === 'done') {
      const call = wait && parents.get(wait);
      if (call?.kind !== 'CallExpr' || analysis.callee(at, call).name !== 'sync.WaitGroup.Wait') return false;
      wait = parents.get(call);
    }
    if (wait?.kind === 'UnaryExpr' && wait.op === '<-') wait = parents.get(wait);
    if (wait?.kind !== 'RangeStmt' && (wait?.kind !== 'ExprStmt' || isSent)) return false;
    const place = placeInList(at, wait);
    return place !== undefined && place.index + 1 < place.list.stmts.length;
  });
}
