/** Goroutines whose stop channel or cancel function is replaced in its field, so that nobody can end them any more. */
import { gateOf } from '../../concurrency/spawns/spawn-sites.ts';
import type { WayOut } from '../../concurrency/spawns/ways-out.ts';
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { rootContextCall } from '../../golang/contexts.ts';
import { type Launch, launches } from '../../golang/launches.ts';
import { givenValue, onlyValue } from '../../golang/only-value.ts';
import { isOnlyMadeBy } from '../../golang/only-made-by.ts';
import { enclosingStmt } from '../../golang/parents.ts';
import { type Replacement, replacements } from '../../golang/replaced-fields.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, find, firstTarget, unparen } from '../../golang/walk.ts';
import type { AssignStmt, CallExpr, Expr, LocalObject } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { goHeader } from '../endless-report.ts';
import { lineOf } from '../leak-sites.ts';

/**
 * Reports methods that give a value a new stop channel or cancel function while a goroutine, which the value has had since it was made,
 * waits for the old one. What the goroutine reads from the field each time is always the newest; it must have been given the old one.
 */
export function reportReplacedSignals(context: RuleContext): void {
  const { analysis, unit } = context;
  const isWanted = (stmt: AssignStmt, target: Expr): boolean => kindOf(analysis, unit, stmt, target) !== undefined;
  for (const replaced of replacements(analysis, unit, isWanted, () => false)) {
    const kind = kindOf(analysis, unit, replaced.stmt, replaced.target);
    const found = kind && goroutineOf(analysis, replaced, kind);
    if (!kind || !found) continue;
    const { launch, gate } = found;
    const { first, target, method, stmt } = replaced;
    const name = unit.text(target);
    const call = kind === 'channel' ? `close(${name})` : `${name}()`;
    context.report({
      node: target,
      message: messageFor(analysis, replaced, kind),
      args: { name, method: method.name.name, line: lineOf(context, { unit: launch.unit, node: launch.stmt }) },
      steps: [
        replaced.before === 'again'
          ? { node: madeAt(analysis, unit, stmt, target) ?? stmt, message: 'step-made' }
          : { unit: first.unit, node: first.node, message: 'step-first' },
        { unit: launch.unit, node: goHeader(launch), message: 'step-old-user' },
        { unit: gate.unit, node: { start: gate.node.start, end: gate.node.start + 1 }, message: 'step-wait' },
      ],
      fixes: [
        {
          id: 'end-old',
          title: 'fix-end-old',
          args: { call },
          preferred: true,
          edits: insertBeforeStatement(
            unit,
            stmt,
            isAlwaysSet(analysis, replaced) ? call : `if ${name} != nil {\n\t${call}\n}`,
          ),
        } satisfies FixSpec,
      ],
    });
  }
}

type Kind = 'channel' | 'cancel';

function messageFor(analysis: Analysis, { unit, stmt, target, before }: Replacement, kind: Kind): string {
  if (before !== 'again') return kind === 'channel' ? 'replaced' : 'replaced-cancel';
  if (kind === 'channel') return 'replaced-again';
  const made = madeAt(analysis, unit, stmt, target);
  const parent = made?.args[0];
  return parent && rootContextCall(analysis, unit, parent) ? 'replaced-cancel-again' : 'replaced-cancel-parent';
}

/** The call that makes what an assignment gives its target. */
function madeAt(analysis: Analysis, unit: DeclUnit, stmt: AssignStmt, target: Expr): CallExpr | undefined {
  const x = unparen(givenValue(stmt, target) ?? target);
  const { rhs } = x.kind === 'Ident' && x.obj?.declNode.kind === 'AssignStmt' ? x.obj.declNode : stmt;
  const call = rhs.length === 1 && rhs[0] ? asCall(rhs[0]) : undefined;
  return call && analysis.callee(unit, call).fact?.acquires?.kind === 'cancel' ? call : undefined;
}

/** What an assignment gives a field: a new channel, or the function that cancels a new context. */
function kindOf(analysis: Analysis, unit: DeclUnit, stmt: AssignStmt, target: Expr): Kind | undefined {
  const given = givenValue(stmt, target);
  if (given && isNewChannel(analysis, unit, given)) return 'channel';
  return contextOf(analysis, unit, stmt, target) ? 'cancel' : undefined;
}

function isNewChannel(analysis: Analysis, unit: DeclUnit, expr: Expr): boolean {
  const x = unparen(expr);
  const value = x.kind === 'Ident' && x.obj ? onlyValue(x.obj) : x;
  const call = value && asCall(value);
  if (!call || analysis.callee(unit, call).name !== 'make') return false;
  return analysis.types.underlying(analysis.typeOf(unit, call)).kind === 'chan';
}

/** The variable of the context that the function cancels which an assignment gives its target: `ctx, s.cancel = context.WithCancel(…)`. */
function contextOf(analysis: Analysis, unit: DeclUnit, stmt: AssignStmt, target: Expr): LocalObject | undefined {
  const given = givenValue(stmt, target);
  return given ? contextOfCancel(analysis, unit, given) : derivedBy(analysis, unit, stmt, target);
}

function contextOfCancel(analysis: Analysis, unit: DeclUnit, cancel: Expr): LocalObject | undefined {
  const x = unparen(cancel);
  const object = x.kind === 'Ident' ? x.obj : undefined;
  if (object?.role !== 'local' || object.writes.length > 0 || object.declNode.kind !== 'AssignStmt') return undefined;
  // Whoever has got it, too, may call it.
  if (object.uses.length > 1) return undefined;
  return derivedBy(analysis, unit, object.declNode, object.decl);
}

function derivedBy(analysis: Analysis, unit: DeclUnit, stmt: AssignStmt, cancel: Expr): LocalObject | undefined {
  const call = stmt.rhs.length === 1 && stmt.rhs[0] ? asCall(stmt.rhs[0]) : undefined;
  if (stmt.lhs.length !== 2 || stmt.lhs[1] !== cancel || !call) return undefined;
  if (analysis.callee(unit, call).fact?.acquires?.kind !== 'cancel') return undefined;
  const ctx = firstTarget(stmt);
  return ctx?.kind === 'Ident' ? ctx.obj : undefined;
}

/** The goroutine that has got the first channel or context, and the wait which nothing else lets it leave. */
function goroutineOf(
  analysis: Analysis,
  { unit, stmt, target, owner, first, isByMethod }: Replacement,
  kind: Kind,
): { launch: Launch; gate: NonNullable<ReturnType<typeof gateOf>> } | undefined {
  // A method that gives new values their first one starts the goroutine as it does later.
  const at = isByMethod ? unit : first.unit;
  const given = isByMethod ? givenValue(stmt, target) : (first.node as Expr);
  const field = target.sel.name;
  const ctx = isByMethod
    ? contextOf(analysis, unit, stmt, target)
    : given && kind === 'cancel'
      ? contextOfFirst(analysis, at, given)
      : undefined;
  const local = given && unparen(given).kind === 'Ident' ? (unparen(given) as { obj?: LocalObject }).obj : undefined;
  for (const launch of launches(analysis, at)) {
    const isGiven = launch.call.args.some(
      (arg) => find(arg, (n) => n.kind === 'SelectorExpr' && n.sel.name === field) !== undefined,
    );
    const isOld = (way: WayOut): boolean => {
      if (kind === 'cancel') return way.kind === 'done' && ctx !== undefined && contextVariable(way) === ctx;
      if ((way.kind !== 'received' && way.kind !== 'closed') || !way.channel) return false;
      const { channel } = way;
      if (channel.kind === 'local') return channel.object === local;
      return isGiven && channel.kind === 'field' && channel.name === field && channel.owner.name === owner.name;
    };
    const gate = gateOf(analysis, launch, isOld);
    if (gate) return { launch, gate };
  }
  return undefined;
}

function contextOfFirst(analysis: Analysis, unit: DeclUnit, given: Expr | AssignStmt): LocalObject | undefined {
  if (given.kind !== 'AssignStmt') return contextOfCancel(analysis, unit, given);
  const target = given.lhs.find((l) => l.kind === 'SelectorExpr');
  return target && contextOf(analysis, unit, given, target);
}

/** The variable that a context comes from, by way of parameters. */
function contextVariable({ context }: WayOut): LocalObject | undefined {
  let at = context;
  for (let x = at && unparen(at.expr); at && x?.kind === 'Ident' && x.obj; x = at && unparen(at.expr)) {
    const bound = at.bindings.get(x.obj);
    if (!bound) return x.obj;
    at = bound;
  }
  return undefined;
}

/** True when every value of the type has something in the field. */
function isAlwaysSet(analysis: Analysis, { owner, first, isByMethod }: Replacement): boolean {
  const stmt = enclosingStmt(analysis.parents(first.unit), first.node);
  return !isByMethod && stmt !== undefined && isOnlyMadeBy(analysis, first.unit, owner.name, stmt);
}
