/** Where values with a lock in them are copied. */
import type { Analysis } from '../../golang/analysis.ts';
import { type LockPath, lockIn } from '../../golang/lock-types.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { ParentMap } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { flattenFields, unparen } from '../../golang/walk.ts';
import type {
  AssignStmt,
  CallExpr,
  Expr,
  Field,
  FuncNode,
  Ident,
  LocalObject,
  Node,
  RangeStmt,
} from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';

/** A place where a lock is copied. */
export type Copy = { lock: LockPath } & (
  | { how: 'receiver'; node: Expr; field: Field; func: FuncNode }
  | { how: 'parameter'; node: Expr; field: Field; func: FuncNode; index: number }
  | { how: 'element'; node: Ident; loop: RangeStmt }
  | { how: 'turn'; node: Expr }
  | { how: 'argument'; node: Expr; call: CallExpr }
  | { how: 'assigned'; node: Expr; to?: Expr; stmt?: AssignStmt }
  | { how: 'returned' | 'put' | 'sent'; node: Expr }
);

/** Every copy of a lock in a declaration, literals included. */
export function copies(context: RuleContext): Copy[] {
  return new Search(context).all();
}

class Search {
  private readonly found: Copy[] = [];

  constructor(private readonly context: RuleContext) {}

  all(): Copy[] {
    const { decl } = this.context.unit;
    if (decl.kind === 'FuncDecl') this.header(decl);
    for (const lit of nodesOfKind(decl, 'FuncLit')) this.header(lit);
    for (const n of nodesOfKind(decl, 'AssignStmt')) this.assignment(n);
    for (const n of nodesOfKind(decl, 'RangeStmt')) this.range(n);
    for (const n of nodesOfKind(decl, 'CallExpr')) this.call(n);
    for (const n of nodesOfKind(decl, 'ValueSpec'))
      if (decl.kind !== 'GenDecl' || decl.tok === 'var')
        for (const [i, value] of n.values.entries()) {
          const lock = n.names[i]?.name === '_' ? undefined : this.copied(value);
          if (lock) this.found.push({ how: 'assigned', node: value, to: n.names[i], lock });
        }
    for (const n of nodesOfKind(decl, 'ReturnStmt')) for (const x of n.results) this.plain('returned', x);
    for (const n of nodesOfKind(decl, 'SendStmt')) this.plain('sent', n.value);
    for (const n of nodesOfKind(decl, 'CompositeLit'))
      for (const x of n.elts) this.plain('put', x.kind === 'KeyValueExpr' ? x.value : x);
    for (const n of nodesOfKind(decl, 'ForStmt')) if (n.init?.kind === 'AssignStmt') this.loopVariables(n.init);
    return this.found;
  }

  private plain(how: 'returned' | 'sent' | 'put', node: Expr): void {
    const lock = this.copied(node);
    if (lock) this.found.push({ how, node, lock });
  }

  private header(func: FuncNode): void {
    const { analysis, unit } = this.context;
    const lockOf = (field: Field): LockPath | undefined =>
      field.variadic ? undefined : lockIn(analysis, analysis.types.resolve(unit, field.type));
    const recv = func.kind === 'FuncDecl' ? func.recv : undefined;
    const own = recv && lockOf(recv);
    if (recv && own) this.found.push({ how: 'receiver', node: recv.type, field: recv, func, lock: own });
    let index = 0;
    for (const field of func.type.params) {
      const lock = lockOf(field);
      if (lock) this.found.push({ how: 'parameter', node: field.type, field, func, index, lock });
      index += Math.max(1, field.names.length);
    }
  }

  private assignment(stmt: AssignStmt): void {
    if (stmt.op !== '=' && stmt.op !== ':=') return;
    for (const [i, value] of stmt.rhs.entries()) {
      const to = stmt.lhs[i];
      if (to?.kind === 'Ident' && to.name === '_') continue;
      const lock = this.copied(value);
      if (lock) this.found.push({ how: 'assigned', node: value, to, stmt, lock });
    }
  }

  private range(loop: RangeStmt): void {
    const { analysis, unit } = this.context;
    for (const v of [loop.key, loop.value]) {
      const lock = v?.kind === 'Ident' && v.name !== '_' ? lockIn(analysis, analysis.typeOf(unit, v)) : undefined;
      if (v?.kind === 'Ident' && lock) this.found.push({ how: 'element', node: v, loop, lock });
    }
  }

  /** Since Go 1.22 each turn has variables of its own, which get a copy of those of the turn before. */
  private loopVariables(init: AssignStmt): void {
    const { analysis, unit } = this.context;
    if (init.op !== ':=' || !this.context.goAtLeast('1.22') || init.rhs.some((x) => this.copied(x))) return;
    for (const v of init.lhs) {
      const lock = v.kind === 'Ident' && v.name !== '_' ? lockIn(analysis, analysis.typeOf(unit, v)) : undefined;
      if (lock) this.found.push({ how: 'turn', node: v, lock });
    }
  }

  private call(call: CallExpr): void {
    const { analysis, unit } = this.context;
    const locks = call.args.map((x) => this.copied(x));
    if (!locks.some(Boolean)) return;
    const callee = analysis.callee(unit, call);
    // These look at the type only.
    if (callee.kind === 'builtin' && /^(?:len|cap)$/.test(callee.name)) return;
    if (/^unsafe\.(?:Sizeof|Offsetof|Alignof)$/.test(unit.text(call.fun))) return;
    const target = analysis.body(unit, call);
    for (const [i, lock] of locks.entries()) {
      const node = call.args[i];
      // Where the parameter is a copy, that is reported.
      if (node && lock && !(target && takesByValue(analysis, target, i)))
        this.found.push({ how: 'argument', node, call, lock });
    }
  }

  /** The lock in what an expression copies; results of calls and literals are new values. */
  private copied(expr: Expr): LockPath | undefined {
    const { analysis, unit } = this.context;
    const x = unparen(expr);
    switch (x.kind) {
      case 'StarExpr':
        if (unparen(x.x).kind === 'CallExpr') return undefined;
        break;
      case 'Ident':
      case 'SelectorExpr':
      case 'IndexExpr':
      case 'TypeAssertExpr':
        break;
      case 'UnaryExpr':
        if (x.op !== '<-') return undefined;
        break;
      default:
        return undefined;
    }
    return analysis.types.isTypeExpr(unit, x) ? undefined : lockIn(analysis, analysis.typeOf(unit, x));
  }
}

function takesByValue(analysis: Analysis, { unit, func }: { unit: DeclUnit; func: FuncNode }, index: number): boolean {
  const param = flattenFields(func.type.params)[index];
  return (
    param !== undefined && !param.variadic && lockIn(analysis, analysis.types.resolve(unit, param.type)) !== undefined
  );
}

/**
 * True where the copy takes the place of a variable that nobody else has seen: it is returned at the end of its life, or was
 * only filled in before.
 */
export function isFresh({ analysis, unit }: RuleContext, copy: Copy): boolean {
  if (copy.how === 'receiver' || copy.how === 'parameter' || copy.how === 'element') return false;
  const x = unparen(copy.node);
  const object = x.kind === 'Ident' ? x.obj : undefined;
  if (!object || object.role !== 'local' || object.captured || !isNewValue(object)) return false;
  if (copy.how === 'returned') return true;
  const parents = analysis.parents(unit);
  return object.uses.every((use) => use === x || (use.end < x.start && !isCalledOn(parents, use)));
}

/** True for `var v T` and `v := T{…}`: all other values may be in use already. */
function isNewValue({ decl, declNode }: LocalObject): boolean {
  const values =
    declNode.kind === 'ValueSpec' ? declNode.values : declNode.kind === 'AssignStmt' ? declNode.rhs : undefined;
  const targets: readonly Expr[] =
    declNode.kind === 'ValueSpec' ? declNode.names : declNode.kind === 'AssignStmt' ? declNode.lhs : [];
  const value = values?.[targets.indexOf(decl)];
  return values !== undefined && (values.length === 0 || value?.kind === 'CompositeLit');
}

/** True for `v.f.Lock()` and `&v`. */
function isCalledOn(parents: ParentMap, use: Node): boolean {
  let n = use;
  for (let p = parents.get(n); p?.kind === 'SelectorExpr'; p = parents.get(n)) n = p;
  const parent = parents.get(n);
  return (parent?.kind === 'CallExpr' && parent.fun === n) || (parent?.kind === 'UnaryExpr' && parent.op === '&');
}
