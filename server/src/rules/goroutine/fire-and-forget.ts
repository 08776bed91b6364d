/** A goroutine is started that nobody waits for and nothing can end. */
import { combine } from '../../fixes/apply.ts';
import { importEdits } from '../../fixes/add-import.ts';
import { insertAtBlockStart, insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { freshName } from '../../fixes/names.ts';
import { endlessGoroutine } from '../../golang/endless-goroutines.ts';
import { hasContact } from '../../golang/goroutine-contacts.ts';
import type { Launch } from '../../golang/launches.ts';
import { spawns } from '../../golang/goroutines.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { reachableFrom } from '../../golang/cfg.ts';
import { neverReturnsAfter, nodesAfter } from '../../golang/cfg-reach.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { cfgNode } from '../../golang/resources.ts';
import { find } from '../../golang/walk.ts';
import type { Node } from '../../syntax/ast.ts';
import type { FileEdit } from '../../fixes/file-edit.ts';
import { goHeader } from '../endless-report.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './fire-and-forget.text.ts';

export const fireAndForget = defineRule({
  meta: {
    id: 'fire-and-forget',
    group: 'goroutine',
    // Many small things may be left to themselves.
    level: 'off',
    triggers: ['\\bgo\\b'],
    skipsTests: true,
    fixes: ['wait-for-it'],
    daemon: true,
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    for (const launch of spawns(analysis, unit)) {
      if (launch.body?.func.body?.stmts.length === 0) continue;
      if (runsOncePerProcess(analysis, unit, launch.stmt) || hasContact(analysis, launch)) continue;
      context.report({
        node: goHeader(launch),
        message: 'forgotten',
        fixes: [{ id: 'wait-for-it', title: 'fix-wait', edits: waitForIt(context, launch) }],
      });
    }
  },
});

/**
 * Counts the goroutine in a group that the function waits for before it returns. Not for calls with arguments, which are evaluated
 * before the goroutine begins, where the function or the goroutine does not return, nor where nothing is done behind it: to wait right
 * there would make a plain call of it.
 */
function waitForIt({ analysis, unit }: RuleContext, launch: Launch): FileEdit[] | undefined {
  const { stmt, call, body } = launch;
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, stmt);
  const literal = body?.func;
  if (!func?.body || literal?.kind !== 'FuncLit' || call.fun !== literal || !literal.body) return undefined;
  const cfg = analysis.cfg(unit, func);
  const at = cfgNode(cfg.where, parents, stmt);
  const sync = importEdits(unit.file, 'sync', { unit, node: stmt });
  const own = analysis.cfg(unit, literal);
  if (endlessGoroutine(analysis, launch) || !reachableFrom([own.entry]).has(own.exit)) return undefined;
  if (!at || neverReturnsAfter(cfg, at) || !sync || !doesSomething(nodesAfter(cfg, at))) return undefined;
  const group = freshName(unit, stmt, 'wg');
  const first = func.body.stmts[0];
  const group0 = `var ${group} ${sync.name}.WaitGroup\ndefer ${group}.Wait()`;
  return combine(
    sync.edits,
    // One place gets one edit.
    first === stmt
      ? insertBeforeStatement(unit, stmt, `${group0}\n${group}.Add(1)`)
      : combine(insertAtBlockStart(unit, func.body, group0), insertBeforeStatement(unit, stmt, `${group}.Add(1)`)),
    insertAtBlockStart(unit, literal.body, `defer ${group}.Done()`),
  );
}

/** True when nodes do more than to return what is there. */
function doesSomething(nodes: ReadonlySet<Node>): boolean {
  return [...nodes].some((node) => find(node, (n) => n.kind === 'CallExpr' || n.kind === 'SendStmt') !== undefined);
}
