/**
 * Binds identifiers inside one top-level declaration to the local objects they denote, by Go's block scoping rules
 * (Go specification, "Declarations and scope"). Names that are not declared locally stay unbound: they belong to the
 * file (imports), the package or the universe and are looked up by `package.ts`.
 *
 * Binding reads only the declaration's own text, so its result is cached together with the tree.
 */
import type {
  AssignStmt,
  BlockStmt,
  CaseClause,
  CommClause,
  Decl,
  Expr,
  Field,
  FuncNode,
  GenDecl,
  Ident,
  LocalObject,
  Node,
  Stmt,
  TypeSwitchStmt,
} from '../syntax/ast.ts';
import { forEachChild, unparen } from './walk.ts';

class Scope {
  private readonly names = new Map<string, LocalObject>();
  constructor(readonly parent?: Scope) {}

  insert(object: LocalObject): void {
    if (object.name !== '_') this.names.set(object.name, object);
  }
  own(name: string): LocalObject | undefined {
    return this.names.get(name);
  }
  lookup(name: string): LocalObject | undefined {
    return this.names.get(name) ?? this.parent?.lookup(name);
  }
}

/** Sets `obj` on every identifier of `decl` that denotes something declared within it. */
export function bind(decl: Decl): void {
  const binder = new Binder();
  if (decl.kind === 'FuncDecl') binder.func(decl, new Scope(), decl.recv);
  else binder.topLevel(decl);
  binder.finish();
}

class Binder {
  /** The innermost function; a package-level initialiser outside any literal has none. */
  private current: FuncNode | undefined;
  private readonly objects: LocalObject[] = [];

  /** Puts uses, which are found in the order of evaluation, into the order of the source. */
  finish(): void {
    for (const { uses } of this.objects)
      // Nearly all are in order: `=` alone evaluates its right side first.
      if (uses.some((use, i) => i > 0 && use.start < (uses[i - 1] as Ident).start))
        uses.sort((a, b) => a.start - b.start);
  }

  topLevel(decl: GenDecl): void {
    const scope = new Scope();
    for (const spec of decl.specs) {
      if (spec.kind === 'ValueSpec') {
        if (spec.type) this.expr(spec.type, scope);
        for (const v of spec.values) this.expr(v, scope);
      } else {
        const inner = new Scope(scope);
        this.typeParams(spec.typeParams, inner, spec);
        this.expr(spec.type, inner);
      }
    }
  }

  func(node: FuncNode, outer: Scope, recv?: Field): void {
    const before = this.current;
    this.current = node;
    const scope = new Scope(outer);
    // `func (l *List[T])`: the receiver's type arguments declare type parameters.
    if (recv) this.receiverTypeParams(recv.type, scope, recv);
    this.typeParams(node.type.typeParams, scope, node.type);
    const { params, results } = node.type;
    // Names of a header are known in the body only: in `(url *url.URL) *url.URL` both types are of the package.
    for (const f of [...(recv ? [recv] : []), ...params, ...results]) this.expr(f.type, scope);
    if (recv) this.fields([recv], scope, 'recv');
    this.fields(params, scope, 'param');
    this.fields(results, scope, 'result');
    if (node.body) this.stmts(node.body.stmts, scope);
    this.current = before;
  }

  private receiverTypeParams(type: Expr, scope: Scope, field: Field): void {
    const x = unparen(type);
    if (x.kind === 'StarExpr') return this.receiverTypeParams(x.x, scope, field);
    if (x.kind === 'IndexExpr')
      for (const i of x.indices) if (i.kind === 'Ident') this.declare(i, 'typeparam', 'other', field, scope);
  }

  private typeParams(fields: readonly Field[], scope: Scope, node: Node): void {
    for (const f of fields) for (const n of f.names) this.declare(n, 'typeparam', 'other', node, scope);
    for (const f of fields) this.expr(f.type, scope);
  }

  private fields(fields: readonly Field[], scope: Scope, role: 'param' | 'result' | 'recv'): void {
    for (const f of fields) for (const n of f.names) this.declare(n, 'var', role, f, scope);
  }

  private declare(
    ident: Ident,
    kind: LocalObject['kind'],
    role: LocalObject['role'],
    declNode: Node,
    scope: Scope,
  ): void {
    if (!this.current) return;
    const object: LocalObject = {
      kind,
      role,
      name: ident.name,
      decl: ident,
      declNode,
      func: this.current,
      uses: [],
      captured: false,
      addressTaken: false,
      writes: [],
    };
    ident.obj = object;
    this.objects.push(object);
    scope.insert(object);
  }

  private use(ident: Ident, scope: Scope): LocalObject | undefined {
    const object = scope.lookup(ident.name);
    if (!object) return undefined;
    ident.obj = object;
    object.uses.push(ident);
    if (object.func !== this.current) object.captured = true;
    return object;
  }

  private block(block: BlockStmt, scope: Scope): void {
    this.stmts(block.stmts, new Scope(scope));
  }

  private stmts(stmts: readonly Stmt[], scope: Scope): void {
    for (const s of stmts) this.stmt(s, scope);
  }

  private stmt(stmt: Stmt, scope: Scope): void {
    switch (stmt.kind) {
      case 'BlockStmt':
        return this.block(stmt, scope);
      case 'AssignStmt':
        return this.assign(stmt, scope);
      case 'IncDecStmt':
        this.expr(stmt.x, scope);
        return this.markWrite(stmt.x);
      case 'DeclStmt':
        return this.localDecl(stmt.decl, scope);
      case 'LabeledStmt':
        return this.stmt(stmt.stmt, scope);
      case 'BranchStmt':
        return;
      case 'IfStmt': {
        const inner = new Scope(scope);
        if (stmt.init) this.stmt(stmt.init, inner);
        this.expr(stmt.cond, inner);
        this.block(stmt.body, inner);
        if (stmt.else) this.stmt(stmt.else, inner);
        return;
      }
      case 'ForStmt': {
        const inner = new Scope(scope);
        if (stmt.init) this.stmt(stmt.init, inner);
        if (stmt.cond) this.expr(stmt.cond, inner);
        if (stmt.post) this.stmt(stmt.post, inner);
        return this.block(stmt.body, inner);
      }
      case 'RangeStmt': {
        this.expr(stmt.x, scope);
        const inner = new Scope(scope);
        for (const v of [stmt.key, stmt.value]) {
          if (!v) continue;
          if (stmt.define && v.kind === 'Ident') this.declare(v, 'var', 'range', stmt, inner);
          else {
            this.expr(v, scope);
            this.markWrite(v);
          }
        }
        return this.block(stmt.body, inner);
      }
      case 'SwitchStmt': {
        const inner = new Scope(scope);
        if (stmt.init) this.stmt(stmt.init, inner);
        if (stmt.tag) this.expr(stmt.tag, inner);
        for (const c of stmt.cases) this.caseClause(c, inner);
        return;
      }
      case 'TypeSwitchStmt':
        return this.typeSwitch(stmt, scope);
      case 'SelectStmt':
        for (const c of stmt.clauses) this.commClause(c, scope);
        return;
      default:
        forEachChild(stmt, (child) => this.expr(child as Expr, scope));
    }
  }

  private caseClause(clause: CaseClause, scope: Scope): void {
    for (const e of clause.exprs) this.expr(e, scope);
    this.stmts(clause.body, new Scope(scope));
  }

  private commClause(clause: CommClause, scope: Scope): void {
    const inner = new Scope(scope);
    if (clause.comm) this.stmt(clause.comm, inner);
    this.stmts(clause.body, inner);
  }

  private typeSwitch(stmt: TypeSwitchStmt, scope: Scope): void {
    const outer = new Scope(scope);
    if (stmt.init) this.stmt(stmt.init, outer);
    this.expr(stmt.x, outer);
    for (const clause of stmt.cases) {
      for (const e of clause.exprs) this.expr(e, outer);
      const inner = new Scope(outer);
      // Each clause has its own variable; the identifier node is shared, its `obj` is the last clause's.
      if (stmt.bind) this.declare(stmt.bind, 'var', 'typeswitch', clause, inner);
      this.stmts(clause.body, inner);
    }
  }

  private assign(stmt: AssignStmt, scope: Scope): void {
    for (const r of stmt.rhs) this.expr(r, scope);
    for (const l of stmt.lhs) {
      if (stmt.op === ':=' && l.kind === 'Ident') {
        if (l.name === '_' || !scope.own(l.name)) {
          this.declare(l, 'var', 'local', stmt, scope);
          continue;
        }
      }
      this.expr(l, scope);
      this.markWrite(l);
    }
  }

  private markWrite(target: Expr): void {
    const x = unparen(target);
    if (x.kind === 'Ident') x.obj?.writes.push(x);
  }

  private localDecl(decl: GenDecl, scope: Scope): void {
    for (const spec of decl.specs) {
      if (spec.kind === 'TypeSpec') {
        this.declare(spec.name, 'type', 'other', spec, scope);
        const inner = new Scope(scope);
        this.typeParams(spec.typeParams, inner, spec);
        this.expr(spec.type, inner);
        continue;
      }
      if (spec.type) this.expr(spec.type, scope);
      for (const v of spec.values) this.expr(v, scope);
      for (const n of spec.names) this.declare(n, decl.tok === 'const' ? 'const' : 'var', 'local', spec, scope);
    }
  }

  private expr(node: Expr, scope: Scope): void {
    switch (node.kind) {
      case 'Ident':
        if (node.name !== '_') this.use(node, scope);
        return;
      case 'FuncLit':
        return this.func(node, scope);
      case 'SelectorExpr':
        // `sel` is a field or method name, never a scoped one.
        return this.expr(node.x, scope);
      case 'KeyValueExpr':
        return this.keyValue(node.key, node.value, scope);
      case 'UnaryExpr': {
        this.expr(node.x, scope);
        const x = unparen(node.x);
        if (node.op === '&' && x.kind === 'Ident' && x.obj) x.obj.addressTaken = true;
        return;
      }
      case 'FuncType': {
        for (const f of [...node.typeParams, ...node.params, ...node.results]) this.expr(f.type, scope);
        return;
      }
      case 'StructType':
        for (const f of node.fields) this.expr(f.type, scope);
        return;
      case 'InterfaceType':
        for (const m of node.methods) this.expr(m.type, scope);
        for (const e of node.embeds) this.expr(e, scope);
        return;
      default:
        forEachChild(node, (child) => this.expr(child as Expr, scope));
    }
  }

  /** A bare key may be a struct's field name or, in maps and arrays, a variable; a local of that name is counted as a use, which errs on the quiet side. */
  private keyValue(key: Expr, value: Expr, scope: Scope): void {
    this.expr(key, scope);
    this.expr(value, scope);
  }
}
