/** Functions that unlock what another function has locked for the caller, or give back its slot, and that are not called on some way out. */
import { pathName } from '../../golang/access-path.ts';
import { givenSlot, slotGivers } from '../../golang/given-slots.ts';
import { givenUnlock, unlockGivers } from '../../golang/given-unlocks.ts';
import { isNamedIn } from '../../golang/imported.ts';
import type { Kept, Operation } from '../../golang/kept-operation.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import type { PathEffect } from '../../golang/path-effects.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { findUnreleasedPath } from '../../golang/paths.ts';
import { type Acquisition, cfgNode, releaseSearch, resultsOf } from '../../golang/resources.ts';
import { calledName } from '../../golang/walk.ts';
import type { CallExpr, FuncNode, Node, Stmt } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { pathSteps } from '../witness.ts';
import { releaseFixes } from './missing-unlock.fixes.ts';

/** Reports ways out on which such a function is not called. */
export function reportUncalledUnlocks(context: RuleContext): void {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
    const stmt = parents.get(call);
    if (stmt?.kind !== 'AssignStmt' || stmt.op !== ':=' || stmt.rhs[0] !== call) continue;
    const name = calledName(call);
    const isGiver = [unlockGivers, slotGivers].some(
      (names) => names(unit.pkg).has(name) || isNamedIn(analysis.program, unit.file, name, names),
    );
    if (!isGiver) continue;
    const func = enclosingFunc(parents, call);
    if (func) reportUncalled(context, call, stmt, func);
  }
}

function reportUncalled(context: RuleContext, call: CallExpr, stmt: Stmt, func: FuncNode): void {
  const { analysis, unit } = context;
  const callee = analysis.callee(unit, call);
  const { visible } = callee.dynamic ? {} : callee;
  const unlock = visible && givenUnlock(analysis, visible);
  const given = unlock ?? (visible && givenSlot(analysis, visible));
  if (!visible || !given || runsOncePerProcess(analysis, unit, call)) return;
  const { result, error } = given;
  const acquires = { kind: 'cancel' as const, result, release: ['()'], ...(error !== undefined && { error }) };
  const parents = analysis.parents(unit);
  const a: Acquisition = {
    unit,
    func,
    call,
    callee: callee.name,
    origin: callee.name,
    acquires,
    ...resultsOf(parents, call, acquires),
  };
  if (a.destination.kind !== 'variable') return;
  const { ident, object } = a.destination;
  if (object.writes.length > 0) return;
  const search = releaseSearch(analysis, a, true);
  const path = search && findUnreleasedPath(search);
  if (!search || path?.end !== 'return') return;
  const at = path.node ?? { start: func.end - 1, end: func.end };
  const taken: Operation = { node: call, method: 'Lock', path: { root: object, fields: [] }, func };
  const operations = [taken];
  const effects = new Map<Node, PathEffect>();
  const { where } = analysis.cfg(unit, func);
  for (const use of object.uses) {
    const user = parents.get(use);
    if (user?.kind !== 'CallExpr' || user.fun !== use) continue;
    const node = cfgNode(where, parents, user);
    operations.push({ ...taken, node: user, method: '()' });
    if (node) effects.set(node, 'performs');
  }
  const kept: Kept = { taken, stmt, func, path, effects, operations, releases: [...effects.keys()], search };
  const text = `${object.name}()`;
  const source = unit.text(call.fun).replace(/\s+/g, ' ');
  const line = context.line({ node: at });
  context.report({
    node: ident,
    ...(unlock
      ? { message: 'not-unlocked', args: { name: object.name, call: source, line } }
      : {
          message: path.node ? 'slot-held-at-return' : 'slot-held-at-end',
          args: { name: source, release: text, line },
        }),
    steps: [
      {
        unit: visible.unit,
        node: given.lock,
        message: unlock ? 'step-locked' : 'step-slot',
        args: { name: pathName(given.path) },
      },
      ...pathSteps(unit, func, path),
    ],
    // To defer it would hold the lock for longer.
    fixes: releaseFixes(context, kept, {
      method: '()',
      text,
      deferred: `defer ${text}`,
      guards: true,
      prefersDefer: false,
      ids: { defer: 'defer-unlock', before: 'unlock-before-return' },
      titles: {
        defer: 'slot-fix-defer',
        beforeReturn: 'slot-fix-before-return',
        beforeContinue: 'slot-fix-before-continue',
        beforeEach: 'given-fix-before-each',
      },
      args: { release: text },
    }).filter(({ id }) => id === 'unlock-before-return'),
  });
}
