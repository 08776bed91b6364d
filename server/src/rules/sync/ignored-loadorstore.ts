/** `sync.Map.LoadOrStore` keeps the value that was there before, and nothing releases the new one. */
import type { Analysis } from '../../golang/analysis.ts';
import { launches } from '../../golang/launches.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { givenValue } from '../../golang/only-value.ts';
import { ancestor, enclosingFunc } from '../../golang/parents.ts';
import { loopsForEver } from '../../golang/process-lifetime.ts';
import { acquisitions } from '../../golang/resources.ts';
import { runningFunc } from '../../golang/running-func.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, find, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, LocalObject } from '../../syntax/ast.ts';
import { defineRule } from '../rule.ts';
import { text } from './ignored-loadorstore.text.ts';

export const ignoredLoadorstore = defineRule({
  meta: {
    id: 'ignored-loadorstore',
    group: 'sync',
    // Losing the race is rare, and many programs store before anything runs at the same time.
    level: 'off',
    skipsTests: true,
    triggers: ['\\.LoadOrStore\\('],
    imports: ['sync'],
    fixes: [],
  },
  text,
  check({ analysis, unit, report }) {
    for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
      const [, value] = call.args;
      if (call.fun.kind !== 'SelectorExpr' || call.fun.sel.name !== 'LoadOrStore' || !value) continue;
      if (!ignoresFlag(analysis, unit, call) || analysis.callee(unit, call).name !== 'sync.Map.LoadOrStore') continue;
      const lost = lostValue(analysis, unit, call, value);
      if (!lost || isLocked(analysis, unit, call)) continue;
      report({
        node: call,
        message: lost.origin ? 'resource' : 'goroutine',
        args: { map: oneLine(unit.text(call.fun.x)), value: oneLine(unit.text(value)), origin: lost.origin ?? '' },
        steps: [{ node: lost.made, message: 'step-made' }],
      });
    }
  },
});

function oneLine(code: string): string {
  return code.replace(/\s+/g, ' ');
}

/** `v, _ := m.LoadOrStore(k, x)`, or without any use of the results. */
function ignoresFlag(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  const parent = analysis.parents(unit).get(call);
  if (parent?.kind === 'ExprStmt') return true;
  const flag = parent?.kind === 'AssignStmt' && parent.rhs.length === 1 ? parent.lhs[1] : undefined;
  return flag?.kind === 'Ident' && flag.name === '_';
}

interface Lost {
  /** The call that makes the value. */
  made: CallExpr;
  /** What acquires it; absent where it has a goroutine. */
  origin?: string;
}

/** The value when it must be released, or has a goroutine that must be stopped, and nothing looks at it after the call. */
function lostValue(analysis: Analysis, unit: DeclUnit, call: CallExpr, value: Expr): Lost | undefined {
  const x = unparen(value);
  const object = x.kind === 'Ident' ? x.obj : undefined;
  if (object && !isLeftAlone(analysis, unit, object, call)) return undefined;
  const given = object ? givenValue(object.declNode, object.decl) : x;
  const acquired = acquisitions(analysis, unit).find((a) =>
    object ? a.destination.kind === 'variable' && a.destination.object === object : a.call === x,
  );
  if (acquired) return { made: acquired.call, origin: acquired.callee };
  const made = given && asCall(given);
  return made && startsWorker(analysis, unit, made) ? { made } : undefined;
}

/** True for a variable that is given one value, which nothing names after the call nor in a `defer` or another function. */
function isLeftAlone(analysis: Analysis, unit: DeclUnit, object: LocalObject, call: CallExpr): boolean {
  const parents = analysis.parents(unit);
  if (object.role !== 'local' || object.writes.length > 0 || object.captured || object.addressTaken) return false;
  return object.uses.every((use) => use.start < call.end && !ancestor(parents, use, (n) => n.kind === 'DeferStmt'));
}

/** True for a function that starts a goroutine with a loop which goes on for ever or until a channel is closed. */
function startsWorker(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  const maker = analysis.body(unit, call);
  if (!maker) return false;
  const parents = analysis.parents(maker.unit);
  return launches(analysis, maker.unit).some(({ stmt, body }) => {
    if (!body?.func.body || runningFunc(parents, stmt) !== maker.func) return false;
    const loops = find(
      body.func.body,
      (n) => (n.kind === 'ForStmt' || n.kind === 'RangeStmt') && loopsForEver(analysis, body.unit, n, n.body),
    );
    return loops !== undefined;
  });
}

/** True where a lock is taken before: nobody else stores in the meantime. */
function isLocked(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, call);
  return nodesOfKind(unit.decl, 'CallExpr').some(
    (c) =>
      c.start < call.start &&
      enclosingFunc(parents, c) === func &&
      /^sync\.(?:RW)?Mutex\.Lock$|^sync\.Locker\.Lock$/.test(analysis.callee(unit, c).name),
  );
}
