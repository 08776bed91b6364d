/** Whether a function takes a lock no matter what its caller holds: no flag that it is given, and none of the value with the lock, says so. */
import type { Expr, FuncNode, Node } from '../../syntax/ast.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { deref, type Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find, isNil, unparen } from '../../golang/walk.ts';
import type { Acquire, LockSite } from './lock-summary.ts';

/** True when no condition on the way to a lock may be about who holds it. */
export function leadsOnFreely(analysis: Analysis, { sites }: Acquire): boolean {
  const owner = ownerOfLock(analysis, sites.at(-1));
  return sites.every((site) => conditionsBefore(analysis, site).every((c) => !isFlag(analysis, site.unit, c, owner)));
}

/** Conditions that control meets, in the function, before it comes to a place. */
function conditionsBefore(analysis: Analysis, { unit, node }: LockSite): Expr[] {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, node);
  const isBefore = (n: Node): boolean => n.start < node.start && enclosingFunc(parents, n) === func;
  const ifs = nodesOfKind(unit.decl, 'IfStmt').filter(
    (n) => isBefore(n) && (contains(n, node) || leaves(n.body.stmts.at(-1))),
  );
  const loops = nodesOfKind(unit.decl, 'ForStmt').filter((n) => isBefore(n) && contains(n, node));
  const cases = nodesOfKind(unit.decl, 'SwitchStmt').filter(isBefore);
  return [
    ...ifs.flatMap((n) => decidedBefore(n.cond, node)),
    ...loops.flatMap((n) => (n.cond ? decidedBefore(n.cond, node) : [])),
    ...cases.flatMap((n) => [n.tag ?? [], n.cases.flatMap((c) => c.exprs)].flat()),
  ];
}

/** What of a condition is known when control comes to a place, which may be in the condition. */
function decidedBefore(cond: Expr, node: Node): Expr[] {
  if (!contains(cond, node)) return [cond];
  const x = unparen(cond);
  if (x.kind !== 'BinaryExpr' || (x.op !== '&&' && x.op !== '||')) return [];
  return contains(x.x, node) ? decidedBefore(x.x, node) : [x.x, ...decidedBefore(x.y, node)];
}

function leaves(stmt: Node | undefined): boolean {
  return stmt?.kind === 'ReturnStmt' || stmt?.kind === 'BranchStmt';
}

/** The type of the value whose lock a call takes. */
function ownerOfLock(analysis: Analysis, site: LockSite | undefined): Type | undefined {
  const fun = site?.node.kind === 'CallExpr' ? unparen(site.node.fun) : undefined;
  const lock = fun?.kind === 'SelectorExpr' ? unparen(fun.x) : undefined;
  return site && lock?.kind === 'SelectorExpr' ? deref(analysis.typeOf(site.unit, lock.x)) : undefined;
}

function isFlag(analysis: Analysis, unit: DeclUnit, cond: Expr, owner: Type | undefined): boolean {
  const x = unparen(cond);
  if (x.kind === 'UnaryExpr' && x.op === '!') return isFlag(analysis, unit, x.x, owner);
  if (x.kind === 'BinaryExpr') {
    if (x.op === '&&' || x.op === '||') return isFlag(analysis, unit, x.x, owner) || isFlag(analysis, unit, x.y, owner);
    return !isNil(x.x) && !isNil(x.y) && /^[!=]=$/.test(x.op) && isOfOwner(analysis, unit, x, owner);
  }
  if (x.kind === 'Ident')
    return x.obj !== undefined && isGiven(x.obj.role, x.obj.func, enclosingFunc(analysis.parents(unit), x));
  return isOfOwner(analysis, unit, x, owner);
}

/** A parameter, or a variable of a function around. */
function isGiven(role: string, declaring: FuncNode, at: FuncNode | undefined): boolean {
  return role === 'param' || declaring !== at;
}

/** True when a field or method of the value with the lock is asked. */
function isOfOwner(analysis: Analysis, unit: DeclUnit, x: Expr, owner: Type | undefined): boolean {
  if (owner?.kind !== 'named') return false;
  const asked = find(x, (n) => {
    const t = n.kind === 'SelectorExpr' ? deref(analysis.typeOf(unit, n.x)) : undefined;
    return t?.kind === 'named' && t.name === owner.name && t.pkg === owner.pkg;
  });
  return asked !== undefined;
}
