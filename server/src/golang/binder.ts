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
  TypeSpec,
  TypeSwitchStmt,
} from '../syntax/ast.ts';
import { forEachChild, unparen } from './walk.ts';

/** A name that a block has declared. */
interface Declared {
  object: LocalObject;
  /** What the name meant before. */
  hidden: Declared | undefined;
  /** How many names the blocks that were open had declared. */
  at: number;
}

/**
 * What names mean at a place: one table for a whole declaration. What a block declares takes the place of what its name means outside,
 * until the block ends.
 */
class Scopes {
  private readonly names = new Map<string, Declared | undefined>();
  /** By the blocks that are open. */
  private readonly declared: Declared[] = [];
  /** Where in `declared` the innermost block begins. */
  private start = 0;

  /** Begins a block, which `close` ends when it is given the result. */
  open(): number {
    const outer = this.start;
    this.start = this.declared.length;
    return outer;
  }

  close(outer: number): void {
    const { names, declared, start } = this;
    while (declared.length > start) {
      const { object, hidden } = declared.pop() as Declared;
      names.set(object.name, hidden);
    }
    this.start = outer;
  }

  insert(object: LocalObject): void {
    const { names, declared } = this;
    if (object.name === '_') return;
    const entry = { object, hidden: names.get(object.name), at: declared.length };
    declared.push(entry);
    names.set(object.name, entry);
  }

  /** True for a name that the innermost block has declared. */
  isOwn(name: string): boolean {
    const entry = this.names.get(name);
    return entry !== undefined && entry.at >= this.start;
  }

  lookup(name: string): LocalObject | undefined {
    return this.names.get(name)?.object;
  }
}

/** Sets `obj` on every identifier of `decl` that denotes something declared within it. */
export function bind(decl: Decl): void {
  const binder = new Binder();
  if (decl.kind === 'FuncDecl') binder.func(decl, decl.recv);
  else binder.topLevel(decl);
  binder.finish();
}

class Binder {
  /** The innermost function; a package-level initialiser outside any literal has none. */
  private current: FuncNode | undefined;
  private readonly objects: LocalObject[] = [];
  private readonly scopes = new Scopes();
  /** For expressions and statements whose children are expressions. */
  private readonly child = (node: Node): void => this.expr(node as Expr);

  /** Puts uses, which are found in the order of evaluation, into the order of the source. */
  finish(): void {
    for (const { uses } of this.objects)
      // Nearly all are in order: `=` alone evaluates its right side first.
      if (uses.some((use, i) => i > 0 && use.start < (uses[i - 1] as Ident).start))
        uses.sort((a, b) => a.start - b.start);
  }

  topLevel(decl: GenDecl): void {
    for (const spec of decl.specs) {
      if (spec.kind === 'ValueSpec') {
        if (spec.type) this.expr(spec.type);
        for (const v of spec.values) this.expr(v);
      } else this.typeSpec(spec);
    }
  }

  func(node: FuncNode, recv?: Field): void {
    const before = this.current;
    this.current = node;
    const outer = this.scopes.open();
    // `func (l *List[T])`: the receiver's type arguments declare type parameters.
    if (recv) this.receiverTypeParams(recv.type, recv);
    this.typeParams(node.type.typeParams, node.type);
    const { params, results } = node.type;
    // Names of a header are known in the body only: in `(url *url.URL) *url.URL` both types are of the package.
    for (const f of [...(recv ? [recv] : []), ...params, ...results]) this.expr(f.type);
    if (recv) this.fields([recv], 'recv');
    this.fields(params, 'param');
    this.fields(results, 'result');
    if (node.body) this.stmts(node.body.stmts);
    this.scopes.close(outer);
    this.current = before;
  }

  private receiverTypeParams(type: Expr, field: Field): void {
    const x = unparen(type);
    if (x.kind === 'StarExpr') return this.receiverTypeParams(x.x, field);
    if (x.kind === 'IndexExpr')
      for (const i of x.indices) if (i.kind === 'Ident') this.declare(i, 'typeparam', 'other', field);
  }

  private typeParams(fields: readonly Field[], node: Node): void {
    for (const f of fields) for (const n of f.names) this.declare(n, 'typeparam', 'other', node);
    for (const f of fields) this.expr(f.type);
  }

  private fields(fields: readonly Field[], role: 'param' | 'result' | 'recv'): void {
    for (const f of fields) for (const n of f.names) this.declare(n, 'var', role, f);
  }

  private declare(ident: Ident, kind: LocalObject['kind'], role: LocalObject['role'], declNode: Node): void {
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
    this.scopes.insert(object);
  }

  private use(ident: Ident): LocalObject | undefined {
    const object = this.scopes.lookup(ident.name);
    if (!object) return undefined;
    ident.obj = object;
    object.uses.push(ident);
    if (object.func !== this.current) object.captured = true;
    return object;
  }

  private block(block: BlockStmt): void {
    const outer = this.scopes.open();
    this.stmts(block.stmts);
    this.scopes.close(outer);
  }

  private stmts(stmts: readonly Stmt[]): void {
    for (const s of stmts) this.stmt(s);
  }

  private stmt(stmt: Stmt): void {
    switch (stmt.kind) {
      case 'BlockStmt':
        return this.block(stmt);
      case 'AssignStmt':
        return this.assign(stmt);
      case 'IncDecStmt':
        this.expr(stmt.x);
        return this.markWrite(stmt.x);
      case 'DeclStmt':
        return this.localDecl(stmt.decl);
      case 'LabeledStmt':
        return this.stmt(stmt.stmt);
      case 'BranchStmt':
        return;
      case 'IfStmt': {
        const outer = this.scopes.open();
        if (stmt.init) this.stmt(stmt.init);
        this.expr(stmt.cond);
        this.block(stmt.body);
        if (stmt.else) this.stmt(stmt.else);
        return this.scopes.close(outer);
      }
      case 'ForStmt': {
        const outer = this.scopes.open();
        if (stmt.init) this.stmt(stmt.init);
        if (stmt.cond) this.expr(stmt.cond);
        if (stmt.post) this.stmt(stmt.post);
        this.block(stmt.body);
        return this.scopes.close(outer);
      }
      case 'RangeStmt': {
        this.expr(stmt.x);
        const outer = this.scopes.open();
        for (const v of [stmt.key, stmt.value]) {
          if (!v) continue;
          if (stmt.define && v.kind === 'Ident') this.declare(v, 'var', 'range', stmt);
          else {
            this.expr(v);
            this.markWrite(v);
          }
        }
        this.block(stmt.body);
        return this.scopes.close(outer);
      }
      case 'SwitchStmt': {
        const outer = this.scopes.open();
        if (stmt.init) this.stmt(stmt.init);
        if (stmt.tag) this.expr(stmt.tag);
        for (const c of stmt.cases) this.caseClause(c);
        return this.scopes.close(outer);
      }
      case 'TypeSwitchStmt':
        return this.typeSwitch(stmt);
      case 'SelectStmt':
        for (const c of stmt.clauses) this.commClause(c);
        return;
      default:
        forEachChild(stmt, this.child);
    }
  }

  private caseClause(clause: CaseClause): void {
    for (const e of clause.exprs) this.expr(e);
    const outer = this.scopes.open();
    this.stmts(clause.body);
    this.scopes.close(outer);
  }

  private commClause(clause: CommClause): void {
    const outer = this.scopes.open();
    if (clause.comm) this.stmt(clause.comm);
    this.stmts(clause.body);
    this.scopes.close(outer);
  }

  private typeSwitch(stmt: TypeSwitchStmt): void {
    const outer = this.scopes.open();
    if (stmt.init) this.stmt(stmt.init);
    this.expr(stmt.x);
    for (const clause of stmt.cases) {
      for (const e of clause.exprs) this.expr(e);
      const around = this.scopes.open();
      // Each clause has its own variable; the identifier node is shared, its `obj` is the last clause's.
      if (stmt.bind) this.declare(stmt.bind, 'var', 'typeswitch', clause);
      this.stmts(clause.body);
      this.scopes.close(around);
    }
    this.scopes.close(outer);
  }

  private assign(stmt: AssignStmt): void {
    for (const r of stmt.rhs) this.expr(r);
    for (const l of stmt.lhs) {
      if (stmt.op === ':=' && l.kind === 'Ident') {
        if (l.name === '_' || !this.scopes.isOwn(l.name)) {
          this.declare(l, 'var', 'local', stmt);
          continue;
        }
      }
      this.expr(l);
      this.markWrite(l);
    }
  }

  private markWrite(target: Expr): void {
    const x = unparen(target);
    if (x.kind === 'Ident') x.obj?.writes.push(x);
  }

  private localDecl(decl: GenDecl): void {
    for (const spec of decl.specs) {
      if (spec.kind === 'TypeSpec') {
        this.declare(spec.name, 'type', 'other', spec);
        this.typeSpec(spec);
        continue;
      }
      if (spec.type) this.expr(spec.type);
      for (const v of spec.values) this.expr(v);
      for (const n of spec.names) this.declare(n, decl.tok === 'const' ? 'const' : 'var', 'local', spec);
    }
  }

  private typeSpec(spec: TypeSpec): void {
    const outer = this.scopes.open();
    this.typeParams(spec.typeParams, spec);
    this.expr(spec.type);
    this.scopes.close(outer);
  }

  private expr(node: Expr): void {
    switch (node.kind) {
      case 'Ident':
        if (node.name !== '_') this.use(node);
        return;
      case 'FuncLit':
        return this.func(node);
      case 'SelectorExpr':
        // `sel` is a field or method name, never a scoped one.
        return this.expr(node.x);
      case 'KeyValueExpr':
        return this.keyValue(node.key, node.value);
      case 'UnaryExpr': {
        this.expr(node.x);
        const x = unparen(node.x);
        if (node.op === '&' && x.kind === 'Ident' && x.obj) x.obj.addressTaken = true;
        return;
      }
      case 'FuncType': {
        for (const f of [...node.typeParams, ...node.params, ...node.results]) this.expr(f.type);
        return;
      }
      case 'StructType':
        for (const f of node.fields) this.expr(f.type);
        return;
      case 'InterfaceType':
        for (const m of node.methods) this.expr(m.type);
        for (const e of node.embeds) this.expr(e);
        return;
      default:
        forEachChild(node, this.child);
    }
  }

  /** A bare key may be a struct's field name or, in maps and arrays, a variable; a local of that name is counted as a use, which errs on the quiet side. */
  private keyValue(key: Expr, value: Expr): void {
    this.expr(key);
    this.expr(value);
  }
}
