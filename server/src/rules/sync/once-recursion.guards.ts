/** Ways to a second `Do` that may be taken only when the function of the first has come to its end. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { isFunc } from '../../golang/parents.ts';
import { isProgram } from '../../golang/process-lifetime.ts';
import { deref, isNamed, type NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { calledName, contains, find, unparen, walk } from '../../golang/walk.ts';
import { isWritten } from '../../golang/written-names.ts';
import type { CallExpr, Expr, Ident, Node, SelectorExpr, Stmt } from '../../syntax/ast.ts';
import { callAt } from '../leak-sites.ts';

/**
 * True for a way behind the first `Do` that hangs on a field beside the `Once`, or a package variable as it is one, which the package
 * gives other values: it may be what the function itself sets when it is done, as in `if c.loaded { c.Get() }`. Of programs and tests
 * it is known what they hold.
 */
export function isDecidedByState(analysis: Analysis, leak: Leak): boolean {
  if (isProgram(leak.entry)) return false;
  const sites = leak.path.map(({ unit, node }) => ({ unit, node: callAt({ unit, node }) }));
  const owner = ownerOf(analysis, leak.site.unit, sites.at(-1)?.node);
  if (!owner) return false;
  const first = sites.findIndex(({ node }) => node !== undefined && calledName(node) === 'Do');
  return sites
    .slice(first + 1)
    .some(
      ({ unit, node }) =>
        node !== undefined &&
        conditionsOn(analysis, unit, node).some((c) => new State(analysis, unit, owner).isAskedIn(c)),
    );
}

/** What is asked on the way to a node in the function around it. */
function conditionsOn(analysis: Analysis, unit: DeclUnit, node: Node): Expr[] {
  const parents = analysis.parents(unit);
  const found: Expr[] = [];
  for (let child = node, n = parents.get(node); n && !isFunc(n); child = n, n = parents.get(n)) {
    if (n.kind === 'IfStmt' && (n.body === child || n.else === child)) found.push(n.cond);
    else if (n.kind === 'ForStmt' && n.cond && n.body === child) found.push(n.cond);
    else if (n.kind === 'RangeStmt' && n.body === child) found.push(n.x);
    else if (n.kind === 'CaseClause') found.push(...n.exprs);
    else if (n.kind === 'SwitchStmt' && n.tag && n.tag !== child) found.push(n.tag);
    else if (n.kind === 'BinaryExpr' && n.y === child) found.push(n.x);
    if (n.kind === 'BlockStmt' || n.kind === 'CaseClause') {
      const stmts: readonly Stmt[] = n.kind === 'BlockStmt' ? n.stmts : n.body;
      for (const s of stmts) if (s.start < child.start && s.kind === 'IfStmt' && leaves(s)) found.push(s.cond);
    }
  }
  return found;
}

function leaves(stmt: Stmt): boolean {
  return find(stmt, (n) => n.kind === 'ReturnStmt' || n.kind === 'BranchStmt') !== undefined;
}

/** What a `Once` belongs to: a type of the package that has it as a field, or the package. */
type Owner = NamedType | 'package';

function ownerOf(analysis: Analysis, unit: DeclUnit, call: CallExpr | undefined): Owner | undefined {
  const once = call?.fun.kind === 'SelectorExpr' ? unparen(call.fun.x) : undefined;
  if (!once) return undefined;
  const type = deref(analysis.typeOf(unit, once));
  const holder = !isNamed(type, 'sync', 'Once')
    ? type
    : once.kind === 'SelectorExpr'
      ? deref(analysis.typeOf(unit, once.x))
      : undefined;
  if (holder) return holder.kind === 'named' ? holder : undefined;
  return once.kind === 'Ident' && !once.obj ? 'package' : undefined;
}

/** Fields of the owner, or package variables, that something is assigned to. */
class State {
  constructor(
    private readonly analysis: Analysis,
    private readonly unit: DeclUnit,
    private readonly owner: Owner,
  ) {}

  /** True for an expression with one of them, also by way of a variable or a function that gives it. */
  isAskedIn(expr: Expr, isWayThere = true): boolean {
    let asked = false;
    walk(expr, (n) => {
      if (asked) return false;
      if (n.kind === 'SelectorExpr') asked = this.isField(n);
      else if (n.kind === 'Ident')
        asked = n.obj ? isWayThere && this.isHeldBy(n) : this.owner === 'package' && isWritten(this.unit.pkg, n.name);
      else if (n.kind === 'CallExpr') asked = isWayThere && this.isGivenBy(n);
      return !asked;
    });
    return asked;
  }

  private isField({ x, sel }: SelectorExpr): boolean {
    const type = deref(this.analysis.typeOf(this.unit, x));
    const { owner } = this;
    if (owner === 'package' || type.kind !== 'named' || type.name !== owner.name || type.pkg !== owner.pkg)
      return false;
    return isWritten(this.unit.pkg, sel.name);
  }

  private isHeldBy(ident: Ident): boolean {
    const declared = ident.obj?.declNode;
    if (declared?.kind !== 'AssignStmt' || contains(declared, ident)) return false;
    return declared.rhs.some((r) => this.isAskedIn(r, false));
  }

  private isGivenBy(call: CallExpr): boolean {
    const { visible } = this.analysis.callee(this.unit, call);
    const [only, ...others] = visible?.decl.body?.stmts ?? [];
    if (!visible || others.length > 0 || only?.kind !== 'ReturnStmt') return false;
    const there = new State(this.analysis, visible.unit, this.owner);
    return only.results.some((r) => there.isAskedIn(r, false));
  }
}
