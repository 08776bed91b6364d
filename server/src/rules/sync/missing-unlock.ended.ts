/** Values that hold a lock until they end, `tx := store.Begin()`, and that are not ended on some way out, or where the end itself fails. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { VisibleFunc } from '../../golang/callee.ts';
import { isNamedIn } from '../../golang/imported.ts';
import {
  failsLocked,
  isKeptToItself,
  lockedValue,
  type LockedValue,
  lockingMakers,
  unlocking,
} from '../../golang/locked-values.ts';
import { pathName } from '../../golang/access-path.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { type Effect, findUnreleasedPath, type SearchSpec, type UnreleasedPath } from '../../golang/paths.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { cfgNode } from '../../golang/resources.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import { assigns, calledName, contains, find, isNil, unparen } from '../../golang/walk.ts';
import type { AssignStmt, CallExpr, Expr, FuncNode, Ident, LocalObject, Node, ReturnStmt } from '../../syntax/ast.ts';
import type { RuleContext, StepSpec } from '../context.ts';
import { lastStep, reportsOf } from '../leak-sites.ts';
import { pathSteps } from '../witness.ts';

/** Reports ways out on which such a value has not ended. */
export function reportUnended(context: RuleContext): void {
  const { analysis, unit } = context;
  if (unit.file.isTest) return;
  const parents = analysis.parents(unit);
  for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
    const stmt = parents.get(call);
    if (stmt?.kind !== 'AssignStmt' || stmt.op !== ':=' || stmt.rhs[0] !== call) continue;
    const name = calledName(call);
    if (!lockingMakers(unit.pkg).has(name) && !isNamedIn(analysis.program, unit.file, name, lockingMakers)) continue;
    const { visible, dynamic } = analysis.callee(unit, call);
    const value = visible && !dynamic ? lockedValue(analysis, visible) : undefined;
    const func = value && enclosingFunc(parents, call);
    if (!visible || !func || runsOncePerProcess(analysis, unit, call)) continue;
    const held = stmt.lhs[value.result];
    const object = held?.kind === 'Ident' ? held.obj : undefined;
    if (!object || object.func !== func || !isKeptToItself(analysis, unit, object)) continue;
    const found = new Ends(analysis, unit, func, stmt, object, value).left();
    if (found) report(context, { call, ident: held as Ident, func, maker: visible, value }, found);
  }
}

/** True when a lock is taken by such a function, and is reported where the package calls that. */
export function isUnendedLock(context: RuleContext, leak: Leak): boolean {
  const held = lastStep(leak, 'lock');
  const { decl, pkg } = held?.unit ?? {};
  if (decl?.kind !== 'FuncDecl' || !pkg || !lockingMakers(pkg).has(decl.name.name)) return false;
  return declarationsNaming(pkg, decl.name.name).some((member) =>
    reportsOf(context, pkg.unit(member), reportUnended).some(({ steps: [lock] = [] }) => lock?.unit === held?.unit),
  );
}

interface Begun {
  call: CallExpr;
  ident: Ident;
  func: FuncNode;
  maker: VisibleFunc;
  value: LockedValue;
}

interface Left {
  path: UnreleasedPath;
  /** The end that fails. */
  failed?: { call: CallExpr; unit: DeclUnit; node: ReturnStmt };
}

function report(context: RuleContext, { call, ident, func, maker, value }: Begun, { path, failed }: Left): void {
  const { unit } = context;
  const end = path.node ?? { start: func.end - 1, end: func.end };
  const steps: StepSpec[] = [
    { unit: maker.unit, node: value.lock, message: 'step-locked', args: { name: pathName(value.path) } },
  ];
  if (failed)
    steps.push(
      { node: failed.call, message: 'step-ends' },
      { unit: failed.unit, node: failed.node, message: 'step-fails' },
    );
  context.report({
    node: ident,
    message: failed ? 'end-fails' : 'not-ended',
    args: {
      name: ident.name,
      call: unit.text(call.fun).replace(/\s+/g, ' '),
      end: failed ? unit.text(failed.call) : '',
      line: context.line({ node: failed ? failed.call : end }),
    },
    steps: [...steps, ...pathSteps(unit, func, path)],
  });
}

/** What one function does to such a value. */
class Ends {
  /** Nodes that unlock, and those of them that may fail to. */
  private readonly releases = new Set<Node>();
  private readonly failing = new Map<Node, NonNullable<Left['failed']>>();
  private readonly search: SearchSpec;

  constructor(
    private readonly analysis: Analysis,
    private readonly unit: DeclUnit,
    func: FuncNode,
    stmt: AssignStmt,
    object: LocalObject,
    value: LockedValue,
  ) {
    const parents = analysis.parents(unit);
    const cfg = analysis.cfg(unit, func);
    const summaries = unlocking(analysis);
    for (const [node, effect] of summaries.nodes(unit, func, { root: object, fields: value.fields }))
      if (effect !== 'none') this.releases.add(node);
    for (const use of object.uses) {
      const call = parents.get(parents.get(use) ?? use);
      const { visible } = call?.kind === 'CallExpr' && contains(call.fun, use) ? analysis.callee(unit, call) : {};
      const node = visible && call?.kind === 'CallExpr' ? failsLocked(analysis, visible, value, summaries) : undefined;
      const at = node && call && cfgNode(cfg.where, parents, call);
      if (at && call?.kind === 'CallExpr' && this.releases.has(at))
        this.failing.set(at, { call, unit: visible?.unit ?? unit, node });
    }
    const error = value.error === undefined ? undefined : stmt.lhs[value.error];
    this.search = {
      unit,
      cfg,
      start: stmt,
      value: object,
      error: error?.kind === 'Ident' ? error.obj : undefined,
      facts: new Map(),
      written: analysis.writtenPaths(unit, func),
      effect: (n) => (this.releases.has(n) ? 'settled' : 'none'),
    };
  }

  /** A way on which it does not end. */
  left(): Left | undefined {
    // Who never ends it leaves that to somebody else.
    if (this.releases.size === 0) return undefined;
    const path = findUnreleasedPath(this.search);
    if (path?.end === 'return') return { path };
    for (const [node, failed] of this.failing) {
      const found = this.leftBehind(node, failed);
      if (found) return found;
    }
    return undefined;
  }

  /** A way on which one end fails and no other one follows. */
  private leftBehind(node: Node, failed: NonNullable<Left['failed']>): Left | undefined {
    const to = (n: Node): Effect => (n === node ? 'overwritten' : this.releases.has(n) ? 'settled' : 'none');
    const before = findUnreleasedPath({ ...this.search, effect: to });
    if (before?.end !== 'overwritten' || node.kind === 'DeferStmt') return undefined;
    if (node.kind === 'ReturnStmt') return { path: { ...before, end: 'return', node }, failed };
    const error = this.errorOf(failed.call);
    if (error === 'unknown') return undefined;
    const changes = (n: Node): boolean => error !== undefined && assigns(n, error);
    const after = findUnreleasedPath({
      ...this.search,
      start: node,
      error: undefined,
      effect: (n) => (this.releases.has(n) || changes(n) ? 'settled' : 'none'),
      settledBy: ({ cond, kind }) =>
        cond !== undefined && error !== undefined && isOtherwise(cond, kind === 'true', error),
    });
    if (after?.end !== 'return') return undefined;
    return { path: { ...after, decisions: [...before.decisions, ...after.decisions] }, failed };
  }

  /** The variable for the error of an end; undefined where nobody wants to know of it. */
  private errorOf(call: CallExpr): LocalObject | 'unknown' | undefined {
    const stmt = this.analysis.parents(this.unit).get(call);
    if (stmt?.kind === 'ExprStmt') return undefined;
    const target = stmt?.kind === 'AssignStmt' && stmt.rhs.length === 1 ? stmt.lhs.at(-1) : undefined;
    if (target?.kind !== 'Ident') return 'unknown';
    return target.name === '_' ? undefined : (target.obj ?? 'unknown');
  }
}

/** True for a branch that is taken when the error is nil, or one of which more is said than that there is one. */
function isOtherwise(cond: Expr, isTrue: boolean, error: LocalObject): boolean {
  const x = unparen(cond);
  const isError = (e: Expr): boolean => e.kind === 'Ident' && e.obj === error;
  if (x.kind === 'BinaryExpr' && isNil(x.y) && isError(unparen(x.x))) return (x.op === '==') === isTrue;
  return isTrue && find(x, (n) => n.kind === 'Ident' && n.obj === error) !== undefined;
}
