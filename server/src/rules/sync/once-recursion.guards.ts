/** Ways to a second `Do` that may be taken only when the function of the first has come to its end. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { isExported } from '../../golang/exported.ts';
import { isFunc } from '../../golang/parents.ts';
import { isProgram } from '../../golang/process-lifetime.ts';
import { deref, isNamed, type NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { calledName, contains, find, isNil, unparen, walk } from '../../golang/walk.ts';
import { isWritten, writesOf } from '../../golang/written-names.ts';
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
        conditionsOn(analysis, unit, node).some(
          ({ expr, holds }) =>
            new State(analysis, unit, owner).isAskedIn(expr) &&
            !(holds !== undefined && isEmptyUntil(analysis, unit, node, expr, holds)),
        ),
    );
}

/** What is asked on a way, and the answer with which it is taken where that is seen. */
interface Asked {
  expr: Expr;
  holds?: boolean;
}

/** What is asked on the way to a node in the function around it. */
function conditionsOn(analysis: Analysis, unit: DeclUnit, node: Node): Asked[] {
  const parents = analysis.parents(unit);
  const found: Asked[] = [];
  for (let child = node, n = parents.get(node); n && !isFunc(n); child = n, n = parents.get(n)) {
    if (n.kind === 'IfStmt' && (n.body === child || n.else === child))
      found.push({ expr: n.cond, holds: n.body === child });
    else if (n.kind === 'ForStmt' && n.cond && n.body === child) found.push({ expr: n.cond });
    else if (n.kind === 'RangeStmt' && n.body === child) found.push({ expr: n.x });
    else if (n.kind === 'CaseClause') found.push(...n.exprs.map((expr) => ({ expr })));
    else if (n.kind === 'SwitchStmt' && n.tag && n.tag !== child) found.push({ expr: n.tag });
    else if (n.kind === 'BinaryExpr' && n.y === child) found.push({ expr: n.x });
    if (n.kind === 'BlockStmt' || n.kind === 'CaseClause') {
      const stmts: readonly Stmt[] = n.kind === 'BlockStmt' ? n.stmts : n.body;
      for (const s of stmts)
        if (s.start < child.start && s.kind === 'IfStmt' && leaves(s)) found.push({ expr: s.cond });
    }
  }
  return found;
}

/**
 * True for a way that is taken while a field has nothing, `if c.host == ""`, where the package gives it nothing before the node: that does not
 * tell of a function that is done. What others read into a struct as a whole may leave it as it is.
 */
function isEmptyUntil(analysis: Analysis, unit: DeclUnit, node: Node, cond: Expr, holds: boolean): boolean {
  const field = emptyWhere(cond, holds);
  if (field?.kind !== 'SelectorExpr') return false;
  const names = [field.sel.name];
  let base = unparen(field.x);
  for (; base.kind === 'SelectorExpr'; base = unparen(base.x)) names.push(base.sel.name);
  if (base.kind !== 'Ident' || base.obj?.role !== 'recv' || names.every(isExported)) return false;
  return names.every((name, i) =>
    writesOf(analysis, unit.pkg, name).every(
      (w) => (w.isRead && i > 0) || (w.unit === unit && w.node.start > node.end),
    ),
  );
}

/** What is empty where the condition has an answer: `x == ""`, `x == nil`, `len(x) == 0`, `!x`. */
function emptyWhere(cond: Expr, holds: boolean): Expr | undefined {
  const x = unparen(cond);
  if (x.kind === 'UnaryExpr' && x.op === '!') return holds ? unparen(x.x) : undefined;
  if (x.kind !== 'BinaryExpr' || x.op !== (holds ? '==' : '!=')) return undefined;
  const y = unparen(x.y);
  if (!isNil(y) && !(y.kind === 'BasicLit' && /^(?:0|""|``)$/.test(y.value))) return undefined;
  const of = unparen(x.x);
  const [arg] = of.kind === 'CallExpr' && calledName(of) === 'len' ? of.args : [];
  return arg ? unparen(arg) : of;
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
      if (asked || this.isFilled(n)) return false;
      if (n.kind === 'SelectorExpr') asked = this.isField(n);
      else if (n.kind === 'Ident')
        asked = n.obj ? isWayThere && this.isHeldBy(n) : this.owner === 'package' && isWritten(this.unit.pkg, n.name);
      else if (n.kind === 'CallExpr') asked = isWayThere && this.isGivenBy(n);
      return !asked;
    });
    return asked;
  }

  /** True for `&c.values` that a function of another package gets: it puts something there. */
  private isFilled(n: Node): boolean {
    if (n.kind !== 'UnaryExpr' || n.op !== '&') return false;
    const call = this.analysis.parents(this.unit).get(n);
    return call?.kind === 'CallExpr' && call.fun !== n && !this.analysis.callee(this.unit, call).visible;
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
