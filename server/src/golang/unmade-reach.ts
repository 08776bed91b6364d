/** Whether control may come to the use of a field for a value that has nothing in it: no test on the way there tells the values apart. */
import type { CallExpr, Expr, FuncDecl, FuncNode, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { mentionsOf } from './callers.ts';
import type { Block, Edge } from './cfg.ts';
import { isExported } from './exported.ts';
import { nodesOfKind } from './node-index.ts';
import { ancestor, enclosingFunc, isFunc } from './parents.ts';
import { visitEvaluated } from './paths.ts';
import type { DeclUnit } from './unit.ts';
import type { UnmadeField } from './unmade-fields.ts';
import { baseIdent, contains, find, isNil, unparen, walk } from './walk.ts';

/** Callers of callers that are looked at, and functions that a test calls. */
const MAX_CALLERS = 5;
const MAX_CALLS = 2;

export class UnmadeReach {
  /** The mentions of the field. */
  private readonly nodes: ReadonlySet<Node>;
  /** Names of fields and variables that may differ between the values: what is set along with the field or asked before. */
  private readonly telling = new Set<string>();
  /** Those that are asked before the field is made, and fields that are given the same. */
  private readonly asked = new Set<string>();
  private readonly pattern: RegExp;
  private readonly makers: ReadonlySet<DeclUnit>;

  constructor(
    private readonly analysis: Analysis,
    private readonly field: UnmadeField,
  ) {
    this.nodes = new Set(field.mentions.map((m) => m.node));
    this.pattern = new RegExp(`\\.\\s*${field.name}\\b`);
    this.makers = new Set([...field.makings, ...field.ways].map((p) => p.unit));
    for (const unit of this.makers) {
      this.addWritten(unit);
      this.addAsked(unit);
    }
    for (const unit of new Set(this.tests().map((t) => t.unit))) this.addWritten(unit);
    this.telling.delete(field.name);
  }

  /**
   * The places, but for those where values are made, that ask whether the field is nil, or use it only where it was made by what was
   * asked then: who wrote them knows of values without it.
   */
  tests(): { unit: DeclUnit; node: Node }[] {
    return this.field.mentions.flatMap(({ unit, node, initial }): { unit: DeclUnit; node: Node }[] => {
      if (initial !== undefined || this.makers.has(unit)) return [];
      const parents = this.analysis.parents(unit);
      const user = parents.get(node);
      if (user?.kind === 'BinaryExpr' && (isNil(user.x) || isNil(user.y))) return [{ unit, node: user }];
      const around = ancestor(parents, node, (n) => n.kind === 'IfStmt' || isFunc(n));
      if (around?.kind !== 'IfStmt' || !contains(around.body, node)) return [];
      const flag = unparen(around.cond);
      return flag.kind === 'SelectorExpr' && this.asked.has(flag.sel.name) ? [{ unit, node: flag }] : [];
    });
  }

  /** True when some way from outside of the package comes to a node without a test that could keep away a value without the field. */
  isOpen(unit: DeclUnit, node: Node, use: Expr | undefined, depth = 0): boolean {
    const { decl } = unit;
    if (decl.kind !== 'FuncDecl' || unit.file.isTest || depth > MAX_CALLERS) return false;
    if (use && this.hasField(unit, use)) return false;
    for (let at: Node | undefined = node; at;) {
      const func: FuncNode | undefined = enclosingFunc(this.analysis.parents(unit), at);
      if (!func) break;
      if (!this.isReached(unit, func, at)) return false;
      at = func;
    }
    const mentions = mentionsOf(this.analysis, unit, decl).filter((m) => !m.unit.file.isTest && m.unit.decl !== decl);
    if (mentions.length === 0) return this.isEntry(unit, decl);
    return mentions.some((m) => {
      const fun = m.call && unparen(m.call.fun);
      const value = decl.recv && fun?.kind === 'SelectorExpr' ? fun.x : undefined;
      return this.isOpen(m.unit, m.call ?? m.ident, value, depth + 1);
    });
  }

  private isEntry({ pkg }: DeclUnit, { name: { name }, recv }: FuncDecl): boolean {
    return isExported(name) || (pkg.name === 'main' && !recv && name === 'main');
  }

  /** True for an expression that starts at a local variable whose value is known to have the field. */
  private hasField(unit: DeclUnit, use: Expr): boolean {
    const object = baseIdent(use)?.obj;
    if (object?.role !== 'local') return false;
    const given = this.valuesOf(unit, object);
    return given.some((value) => {
      const x = unparen(value);
      const lit = x.kind === 'UnaryExpr' ? unparen(x.x) : x;
      if (lit.kind === 'CompositeLit') return this.field.makings.some((m) => m.unit === unit && contains(lit, m.node));
      if (x.kind !== 'CallExpr') return false;
      const { visible } = this.analysis.callee(unit, x);
      if (!visible) return false;
      const way = this.field.ways.find((w) => w.decl === visible.decl);
      if (!way) return this.field.makings.some((m) => m.unit.decl === visible.decl);
      // `newShipper(true)`: who asks with a constant knows what comes.
      return way.by === 'condition' && x.args.length > 0 && x.args.some((a) => this.isConstant(unit, a));
    });
  }

  private isConstant(unit: DeclUnit, arg: Expr): boolean {
    const x = unparen(arg);
    return x.kind === 'BasicLit' || (x.kind === 'Ident' && !x.obj && x.name !== 'nil' && /^true$/.test(unit.text(x)));
  }

  /** True when control comes from the start of a function to a node without being kept away for lack of the field. */
  private isReached(unit: DeclUnit, func: FuncNode, node: Node): boolean {
    const cfg = this.analysis.cfg(unit, func);
    const parents = this.analysis.parents(unit);
    let target: Node | undefined = node;
    while (target && !cfg.where.has(target) && target !== func) target = parents.get(target);
    const goal = target && cfg.where.get(target);
    if (!goal || !target) return false;
    const seen = new Set<Block>();
    const work = [cfg.entry];
    for (let b = work.pop(); b; b = work.pop()) {
      if (seen.has(b)) continue;
      seen.add(b);
      const before = b === goal.block ? b.nodes.slice(0, goal.index) : b.nodes;
      if (before.some((n) => this.makesSure(unit, n))) continue;
      if (b === goal.block) return true;
      for (const edge of b.succs) if (!this.keepsAway(unit, edge, goal.block)) work.push(edge.to);
    }
    return false;
  }

  /** True for a statement after which the field has something: it makes it, or panics where there is none. */
  private makesSure(unit: DeclUnit, node: Node): boolean {
    if (node.kind === 'GoStmt' || node.kind === 'DeferStmt') return false;
    let isSure = false;
    visitEvaluated(node, (n) => {
      if (n.kind === 'AssignStmt' && n.lhs.some((l) => this.nodes.has(unparen(l)))) isSure = true;
      if (n.kind === 'CallExpr') isSure ||= this.panicsWithout(unit, n);
    });
    return isSure;
  }

  private panicsWithout(unit: DeclUnit, call: CallExpr): boolean {
    const { visible } = this.analysis.callee(unit, call);
    if (!visible || visible.unit.pkg !== unit.pkg) return false;
    const text = visible.unit.text(visible.decl);
    return this.pattern.test(text) && /\bpanic\(|\.(?:Fatal|Panic)/.test(text);
  }

  /** True for a branch on which the field is known to be there, and for one of those of which only one leads to the goal. */
  private keepsAway(unit: DeclUnit, edge: Edge, goal: Block): boolean {
    const { from, cond, kind, tag, clause } = edge;
    if (cond && this.asksNil(cond)) {
      const x = unparen(cond);
      return x.kind === 'BinaryExpr' && (x.op === '!=') === (kind === 'true');
    }
    const range = kind === 'range' || kind === 'exhausted' ? from.nodes.find((n) => n.kind === 'RangeStmt') : undefined;
    const asked: Node[] = [
      ...(cond ? [cond] : []),
      ...(tag ? [tag] : []),
      ...(clause?.kind === 'CaseClause' ? clause.exprs : []),
      ...(range && this.analysis.types.underlying(this.analysis.typeOf(unit, range.x)).kind !== 'chan'
        ? [range.x]
        : []),
      ...(kind === 'case' || kind === 'default' ? from.nodes.slice(-1) : []),
    ];
    if (!asked.some((a) => this.tells(unit, a))) return false;
    return !from.succs.every(({ to }) => leadsTo(to, goal, from));
  }

  private asksNil(cond: Expr): boolean {
    const x = unparen(cond);
    if (x.kind !== 'BinaryExpr' || (x.op !== '==' && x.op !== '!=')) return false;
    const other = isNil(x.y) ? x.x : isNil(x.x) ? x.y : undefined;
    return other !== undefined && this.nodes.has(unparen(other));
  }

  /** True for an expression whose value may differ between values with and without the field. */
  private tells(unit: DeclUnit, expr: Node): boolean {
    let is = false;
    walk(expr, (n) => {
      if (is || n.kind === 'FuncLit') return false;
      // Receiving from the field says nothing of whether it is there.
      if (n.kind === 'UnaryExpr' && n.op === '<-') return false;
      if (this.nodes.has(n)) is = true;
      else if (n.kind === 'CallExpr') is = this.asksField(unit, n, 0);
      else if (n.kind === 'SelectorExpr') is = !this.isInner(unit, n, expr) && this.telling.has(n.sel.name);
      else if (n.kind === 'Ident' && n.obj) is = this.variableTells(unit, n.obj, n === expr);
      else if (n.kind === 'Ident' && !this.isSelected(unit, n)) is = this.telling.has(n.name);
      return !is;
    });
    return is;
  }

  /** True for `x.a` in `x.a.b`, where `b` is a field. */
  private isInner(unit: DeclUnit, node: Node, within: Node): boolean {
    const outer = node === within ? undefined : this.analysis.parents(unit).get(node);
    if (outer?.kind !== 'SelectorExpr' || outer.x !== node) return false;
    return this.analysis.types.members.selector(unit, outer)?.kind === 'field';
  }

  private isSelected(unit: DeclUnit, ident: Node): boolean {
    const parent = this.analysis.parents(unit).get(ident);
    return parent?.kind === 'SelectorExpr' && parent.sel === ident;
  }

  /** True for a variable that comes from what tells the values apart, and for one of the caller's that decides alone. */
  private variableTells(unit: DeclUnit, object: LocalObject, isAlone: boolean): boolean {
    if (object.role === 'recv') return false;
    const type = this.analysis.types.underlying(this.analysis.objectType(unit, object));
    if (object.role === 'param') return isAlone || (type.kind === 'basic' && type.name === 'bool');
    return this.valuesOf(unit, object).some((v) => this.valueTells(unit, v));
  }

  private valueTells(unit: DeclUnit, value: Expr): boolean {
    let is = false;
    walk(value, (n) => {
      if (is || n.kind === 'FuncLit' || (n.kind === 'UnaryExpr' && n.op === '<-')) return false;
      if (this.nodes.has(n)) is = true;
      else if (n.kind === 'CallExpr') is = this.asksField(unit, n, 0);
      else if (n.kind === 'SelectorExpr') is = !this.isInner(unit, n, value) && this.telling.has(n.sel.name);
      return !is;
    });
    return is;
  }

  /** What a local variable is given, the calls of which it is one result included. */
  private valuesOf(unit: DeclUnit, object: LocalObject): readonly Expr[] {
    const parents = this.analysis.parents(unit);
    return [object.decl, ...object.writes].flatMap((target) => {
      const stmt = parents.get(target);
      if (stmt?.kind !== 'AssignStmt' && stmt?.kind !== 'ValueSpec') return [];
      const targets: readonly Node[] = stmt.kind === 'AssignStmt' ? stmt.lhs : stmt.names;
      const values = stmt.kind === 'AssignStmt' ? stmt.rhs : stmt.values;
      const own = values.length === targets.length ? values[targets.indexOf(target)] : undefined;
      return own ? [own] : values;
    });
  }

  /** True for a call of a function of the package that names the field, or has one called that does. */
  private asksField(unit: DeclUnit, call: CallExpr, depth: number): boolean {
    const { visible } = this.analysis.callee(unit, call);
    if (!visible || visible.unit.pkg !== unit.pkg) return false;
    const { decl, unit: at } = visible;
    if (find(decl, (n) => this.nodes.has(n))) return true;
    const isTelling = nodesOfKind(decl, 'ReturnStmt').some(
      (r) => find(r, (n) => n.kind === 'SelectorExpr' && this.telling.has(n.sel.name)) !== undefined,
    );
    if (isTelling) return true;
    return depth < MAX_CALLS && nodesOfKind(decl, 'CallExpr').some((c) => this.asksField(at, c, depth + 1));
  }

  /** The fields that a declaration sets, and those that its literals name. */
  private addWritten(unit: DeclUnit): void {
    for (const { lhs } of nodesOfKind(unit.decl, 'AssignStmt')) for (const l of lhs) this.addField(l);
    for (const { x } of nodesOfKind(unit.decl, 'IncDecStmt')) this.addField(x);
    for (const { key } of nodesOfKind(unit.decl, 'KeyValueExpr')) if (key.kind === 'Ident') this.telling.add(key.name);
    // `s.pending.Add(1)`, `s.queue.push(x)`
    for (const { fun } of nodesOfKind(unit.decl, 'CallExpr'))
      if (fun.kind === 'SelectorExpr' && fun.x.kind === 'SelectorExpr') this.telling.add(fun.x.sel.name);
  }

  private addField(target: Expr): void {
    let x = unparen(target);
    while (x.kind === 'IndexExpr' || x.kind === 'StarExpr') x = unparen(x.x);
    if (x.kind === 'SelectorExpr') this.telling.add(x.sel.name);
  }

  /** What is asked before the field is made. */
  private addAsked(unit: DeclUnit): void {
    const parents = this.analysis.parents(unit);
    for (const place of [...this.field.makings, ...this.field.ways]) {
      if (place.unit !== unit) continue;
      const around = ancestor(parents, place.node, (n) => n.kind === 'IfStmt' || isFunc(n));
      const asked = [place.node, ...(around?.kind === 'IfStmt' ? [around.cond] : [])];
      for (const expr of asked)
        walk(expr, (n) => {
          if (n.kind === 'SelectorExpr') this.telling.add(n.sel.name);
          else if (n.kind === 'Ident' && !n.obj) this.telling.add(n.name);
        });
      for (const expr of asked) {
        const flag = expr.kind === 'UnaryExpr' && expr.op === '!' ? expr.x : expr;
        if (flag.kind !== 'SelectorExpr' && flag.kind !== 'Ident') continue;
        if (flag.kind === 'SelectorExpr') this.asked.add(flag.sel.name);
        const text = unit.text(flag);
        for (const { key, value } of nodesOfKind(unit.decl, 'KeyValueExpr'))
          if (key.kind === 'Ident' && unit.text(value) === text) this.asked.add(key.name);
      }
    }
  }
}

/** True when control may come from one block to another without passing a third. */
function leadsTo(from: Block, to: Block, without: Block): boolean {
  const seen = new Set<Block>([without]);
  const work = [from];
  for (let b = work.pop(); b; b = work.pop()) {
    if (b === to) return true;
    if (seen.has(b)) continue;
    seen.add(b);
    for (const e of b.succs) work.push(e.to);
  }
  return false;
}
