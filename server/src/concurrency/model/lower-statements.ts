/** Lowers statements. */
import { asCall, unparen, walk } from '../../golang/walk.ts';
import type {
  CaseClause,
  Expr,
  ForStmt,
  GenDecl,
  LocalObject,
  RangeStmt,
  SelectStmt,
  Stmt,
  SwitchStmt,
  TypeSwitchStmt,
} from '../../syntax/ast.ts';
import type { Reg, SelectArm } from './instructions.ts';
import { lowerSpawn } from './lower-calls.ts';
import { assign, lowerCondition, lowerExpr, lowerMulti, valueOf } from './lower-expressions.ts';
import type { Lowering, Patch } from './lowering.ts';

export function lowerBlock(l: Lowering, stmts: readonly Stmt[]): void {
  for (const s of stmts) lowerStmt(l, s);
}

function lowerStmt(l: Lowering, s: Stmt): void {
  const before = l.at(s);
  lower(l, s);
  l.at(before);
}

/** Statements that do nothing the model follows: what they assign is unknown afterwards. */
function skips(l: Lowering, s: Stmt): boolean {
  switch (s.kind) {
    case 'IfStmt':
    case 'ForStmt':
    case 'RangeStmt':
    case 'SwitchStmt':
    case 'TypeSwitchStmt':
      if (l.source.relevance.node(l.unit, s)) return false;
      forget(l, s);
      return true;
    default:
      return false;
  }
}

function forget(l: Lowering, s: Stmt): void {
  const objects = new Set<LocalObject>();
  const lose = (e: Expr): void => {
    const x = unparen(e);
    if (x.kind === 'Ident' && x.obj && !(x.obj.decl.start >= s.start && x.obj.decl.end <= s.end)) objects.add(x.obj);
    else if (x.kind === 'SelectorExpr' && !objects.size) assign(l, x, l.unknown(l.typeOf(x)));
    else if (x.kind === 'SelectorExpr') assign(l, x, l.unknown(l.typeOf(x)));
  };
  walk(s, (n) => {
    if (n.kind === 'AssignStmt') n.lhs.forEach(lose);
    else if (n.kind === 'IncDecStmt') lose(n.x);
    else if (n.kind === 'RangeStmt' && !n.define) for (const e of [n.key, n.value]) if (e) lose(e);
  });
  for (const o of objects) l.write(o, l.unknown(l.analysis.objectType(l.unit, o)));
}

function lower(l: Lowering, s: Stmt): void {
  const label = l.pendingLabel;
  l.pendingLabel = undefined;
  if (skips(l, s)) return;
  switch (s.kind) {
    case 'BlockStmt':
      return lowerBlock(l, s.stmts);
    case 'ExprStmt':
      return void lowerExpr(l, s.x);
    case 'SendStmt': {
      const chan = lowerExpr(l, s.chan);
      const value = valueOf(l, s.value);
      return void l.emit({ op: 'send', chan, value });
    }
    case 'IncDecStmt': {
      const x = lowerExpr(l, s.x);
      const one = l.constant(1);
      const dst = l.reg();
      l.emit({ op: 'binary', dst, operator: s.op === '++' ? '+' : '-', x, y: one, bound: false });
      return assign(l, s.x, dst);
    }
    case 'AssignStmt':
      return lowerAssign(l, s.lhs, s.op, s.rhs);
    case 'DeclStmt':
      return lowerDecl(l, s.decl);
    case 'GoStmt': {
      const call = asCall(s.call);
      return call && lowerSpawn(l, call, 'go');
    }
    case 'DeferStmt': {
      const call = asCall(s.call);
      return call && lowerSpawn(l, call, 'defer');
    }
    case 'ReturnStmt':
      return lowerReturn(l, s.results);
    case 'BranchStmt':
      return lowerBranch(l, s.tok, s.label?.name);
    case 'LabeledStmt': {
      const known = l.labels.get(s.label.name) ?? { patches: [] };
      known.at = l.here;
      l.patch(known.patches);
      l.labels.set(s.label.name, known);
      l.pendingLabel = s.label.name;
      return lowerStmt(l, s.stmt);
    }
    case 'IfStmt': {
      if (s.init) lowerStmt(l, s.init);
      const { yes, no } = lowerCondition(l, s.cond);
      l.patch(yes);
      lowerBlock(l, s.body.stmts);
      if (!s.else) return l.patch(no);
      const end = l.jump();
      l.patch(no);
      lowerStmt(l, s.else);
      return end(l.here);
    }
    case 'ForStmt':
      return lowerFor(l, s, label);
    case 'RangeStmt':
      return lowerRange(l, s, label);
    case 'SwitchStmt':
      return lowerSwitch(l, s, label);
    case 'TypeSwitchStmt':
      return lowerTypeSwitch(l, s, label);
    case 'SelectStmt':
      return lowerSelect(l, s, label);
    case 'BadStmt':
      return void l.emit({ op: 'end', why: 'unsupported' });
    case 'EmptyStmt':
      return;
  }
}

function lowerAssign(l: Lowering, lhs: readonly Expr[], op: string, rhs: readonly Expr[]): void {
  if (op !== '=' && op !== ':=') {
    const [x, y] = [lhs[0], rhs[0]];
    if (!x || !y) return;
    const dst = l.reg();
    const a = lowerExpr(l, x);
    l.emit({ op: 'binary', dst, operator: op.slice(0, -1), x: a, y: lowerExpr(l, y), bound: false });
    return assign(l, x, dst);
  }
  const values = lhs.length === rhs.length ? rhs.map((r) => valueOf(l, r)) : lowerMulti(l, rhs[0], lhs.length);
  // Operands of a parallel assignment are read before anything is written.
  const stable = lhs.length > 1 && lhs.length === rhs.length ? values.map((v) => copyOf(l, v)) : values;
  lhs.forEach((x, i) => store(l, x, stable[i] as Reg, op === ':='));
}

function copyOf(l: Lowering, src: Reg): Reg {
  const dst = l.reg();
  l.emit({ op: 'move', dst, src });
  return dst;
}

function store(l: Lowering, target: Expr, value: Reg, defines: boolean): void {
  const x = unparen(target);
  if (defines && x.kind === 'Ident' && x.obj?.decl === x) return l.declare(x.obj, value);
  assign(l, target, value);
}

function lowerDecl(l: Lowering, decl: GenDecl): void {
  if (decl.tok !== 'var') return;
  for (const spec of decl.specs) {
    if (spec.kind !== 'ValueSpec') continue;
    const values =
      spec.values.length === 0
        ? spec.names.map((n) => (n.obj ? l.zero(l.analysis.objectType(l.unit, n.obj)) : l.constant(null)))
        : spec.values.length === spec.names.length
          ? spec.values.map((v) => valueOf(l, v))
          : lowerMulti(l, spec.values[0], spec.names.length);
    spec.names.forEach((n, i) => n.obj && l.declare(n.obj, values[i] as Reg));
  }
}

function lowerReturn(l: Lowering, results: readonly Expr[]): void {
  let values: Reg[] = [];
  if (results.length > 0)
    values =
      results.length === 1 && l.results.length > 1
        ? lowerMulti(l, results[0], l.results.length)
        : results.map((r) => valueOf(l, r));
  if (l.results.some((r) => r.object)) {
    l.results.forEach((r, i) => r.object && values[i] !== undefined && l.write(r.object, values[i]));
    return l.leave();
  }
  if (values.length < 2) return l.leave(values[0]);
  const dst = l.reg();
  l.emit({ op: 'tuple', dst, items: values });
  l.leave(dst);
}

function lowerBranch(l: Lowering, tok: string, label: string | undefined): void {
  const patch = l.jump();
  if (tok === 'goto' && label !== undefined) {
    const known = l.labels.get(label) ?? { patches: [] };
    l.labels.set(label, known);
    if (known.at !== undefined) patch(known.at);
    else known.patches.push(patch);
    return;
  }
  for (let i = l.targets.length - 1; i >= 0; i--) {
    const t = l.targets[i] as (typeof l.targets)[number];
    if (label !== undefined && t.label !== label) continue;
    if (tok === 'break' && t.breaks) return void t.breaks.push(patch);
    if (tok === 'continue' && t.continues) return void t.continues.push(patch);
  }
  // A compile error.
  patch(l.here);
  l.emit({ op: 'end', why: 'unsupported' });
}

function lowerFor(l: Lowering, s: ForStmt, label: string | undefined): void {
  if (s.init) lowerStmt(l, s.init);
  const head = l.here;
  const exits: Patch[] = [];
  if (s.cond) {
    const { yes, no } = lowerCondition(l, s.cond, true);
    l.patch(yes);
    exits.push(...no);
  }
  const continues: Patch[] = [];
  l.targets.push({ label, breaks: exits, continues });
  lowerBlock(l, s.body.stmts);
  l.targets.pop();
  l.patch(continues);
  // Each turn has its own variable (Go 1.22).
  if (s.init?.kind === 'AssignStmt')
    for (const x of s.init.lhs)
      if (x.kind === 'Ident' && x.obj && l.variables.get(x.obj)?.boxed) l.declare(x.obj, l.read(x.obj));
  if (s.post) lowerStmt(l, s.post);
  l.jump()(head);
  l.patch(exits);
}

function lowerRange(l: Lowering, s: RangeStmt, label: string | undefined): void {
  const type = l.typeOf(s.x);
  const shape = l.shape(type);
  const x = lowerExpr(l, s.x);
  const { key, value } = s;
  if (shape === 'func') {
    // The loop body runs as often as the iterator likes.
    l.emit({ op: 'opaque', dst: l.reg(), args: [x], escapes: true, type });
  }
  const iter = l.constant(0);
  const exits: Patch[] = [];
  const continues: Patch[] = [];
  const head = l.here;
  const k = l.reg();
  const v = l.reg();
  // Only what is evaluated at the head, not the body, is where a goroutine waits.
  l.at({ start: s.start, end: s.body.start });
  if (shape === 'chan') {
    const ok = l.reg();
    const elem = l.analysis.types.underlying(type);
    l.emit({ op: 'recv', chan: x, dst: k, ok, range: true, type: elem.kind === 'chan' ? elem.elem : type });
    const i = l.emit({ op: 'branch', cond: ok, yes: l.here + 1, no: -1 });
    exits.push((t) => ((l.code.instructions[i] as { no: number }).no = t));
  } else {
    const u = l.analysis.types.underlying(type);
    const elem = u.kind === 'slice' || u.kind === 'array' || u.kind === 'map' ? u.elem : type;
    const i = l.emit({ op: 'range', x, iter, key: k, value: v, type, valueType: elem, body: l.here + 1, exit: -1 });
    exits.push((t) => ((l.code.instructions[i] as { exit: number }).exit = t));
  }
  if (key) store(l, key, k, s.define);
  if (value) store(l, value, v, s.define);
  l.targets.push({ label, breaks: exits, continues });
  lowerBlock(l, s.body.stmts);
  l.targets.pop();
  l.patch(continues);
  l.jump()(head);
  l.patch(exits);
}

function lowerCases(
  l: Lowering,
  label: string | undefined,
  cases: readonly CaseClause[],
  test: (c: CaseClause) => { yes: Patch[]; no: Patch[] },
  enter: (c: CaseClause) => void = () => undefined,
): void {
  const ends: Patch[] = [];
  const entries: Patch[][] = [];
  // All tests come first, so that `default` may stand anywhere.
  for (const c of cases) {
    if (c.isDefault) {
      entries.push([]);
      continue;
    }
    const { yes, no } = test(c);
    entries.push(yes);
    l.patch(no);
  }
  const fallback = cases.findIndex((c) => c.isDefault);
  const none = l.jump();
  if (fallback >= 0) (entries[fallback] as Patch[]).push(none);
  else ends.push(none);
  l.targets.push({ label, breaks: ends });
  let through: Patch | undefined;
  cases.forEach((c, i) => {
    l.patch(entries[i] as Patch[]);
    if (through) through(l.here);
    through = undefined;
    enter(c);
    const last = c.body.at(-1);
    const falls = last?.kind === 'BranchStmt' && last.tok === 'fallthrough';
    lowerBlock(l, falls ? c.body.slice(0, -1) : c.body);
    const end = l.jump();
    if (falls) through = end;
    else ends.push(end);
  });
  if (through) ends.push(through);
  l.targets.pop();
  l.patch(ends);
}

function lowerSwitch(l: Lowering, s: SwitchStmt, label: string | undefined): void {
  if (s.init) lowerStmt(l, s.init);
  const tag = s.tag && lowerExpr(l, s.tag);
  lowerCases(l, label, s.cases, (c) => {
    const yes: Patch[] = [];
    let no: Patch[] = [];
    for (const e of c.exprs) {
      l.patch(no);
      if (tag === undefined) {
        const r = lowerCondition(l, e);
        yes.push(...r.yes);
        no = r.no;
        continue;
      }
      const dst = l.reg();
      l.emit({ op: 'binary', dst, operator: '==', x: tag, y: lowerExpr(l, e), bound: false });
      const r = branch(l, dst);
      yes.push(...r.yes);
      no = r.no;
    }
    return { yes, no };
  });
}

function lowerTypeSwitch(l: Lowering, s: TypeSwitchStmt, label: string | undefined): void {
  if (s.init) lowerStmt(l, s.init);
  const x = lowerExpr(l, unparenAssert(s.x));
  const dst = l.reg();
  const objects = new Map<CaseClause, LocalObject>();
  if (s.bind)
    for (const c of s.cases)
      walk(c, (n) => {
        if (n.kind === 'Ident' && n.obj?.role === 'typeswitch' && n.obj.declNode === c) objects.set(c, n.obj);
      });
  lowerCases(
    l,
    label,
    s.cases,
    (c) => {
      const yes: Patch[] = [];
      let no: Patch[] = [];
      for (const e of c.exprs) {
        l.patch(no);
        const ok = l.reg();
        if (e.kind === 'Ident' && e.name === 'nil' && !e.obj)
          l.emit({ op: 'binary', dst: ok, operator: '==', x, y: l.constant(null), bound: false });
        else l.emit({ op: 'assert', dst, ok, x, type: l.analysis.types.resolve(l.unit, e) });
        const r = branch(l, ok);
        yes.push(...r.yes);
        no = r.no;
      }
      return { yes, no };
    },
    (c) => {
      const object = objects.get(c);
      if (object) l.declare(object, c.exprs.length === 1 ? dst : x);
    },
  );
}

function unparenAssert(e: Expr): Expr {
  const x = unparen(e);
  return x.kind === 'TypeAssertExpr' ? x.x : x;
}

export function branch(l: Lowering, cond: Reg, loop = false): { yes: Patch[]; no: Patch[] } {
  const i = l.emit({ op: 'branch', cond, yes: -1, no: -1, loop });
  const at = l.code.instructions[i] as { yes: number; no: number };
  return { yes: [(t) => (at.yes = t)], no: [(t) => (at.no = t)] };
}

function lowerSelect(l: Lowering, s: SelectStmt, label: string | undefined): void {
  const arms: SelectArm[] = [];
  for (const { comm } of s.clauses) {
    const site = { unit: l.unit, node: comm ?? s };
    if (!comm) arms.push({ kind: 'default', target: -1, site });
    else if (comm.kind === 'SendStmt') {
      const chan = lowerExpr(l, comm.chan);
      arms.push({ kind: 'send', target: -1, chan, value: valueOf(l, comm.value), site });
    } else {
      const x = unparen((comm.kind === 'ExprStmt' ? comm.x : comm.rhs[0]) as Expr);
      if (x.kind !== 'UnaryExpr') return void l.emit({ op: 'end', why: 'unsupported' });
      arms.push({ kind: 'recv', target: -1, chan: lowerExpr(l, x.x), dst: l.reg(), ok: l.reg(), site });
    }
  }
  l.at({ start: s.start, end: s.start + 'select'.length });
  l.emit({ op: 'select', arms });
  const ends: Patch[] = [];
  l.targets.push({ label, breaks: ends });
  s.clauses.forEach((c, i) => {
    const arm = arms[i] as SelectArm;
    arm.target = l.here;
    if (c.comm?.kind === 'AssignStmt') {
      const { lhs, op } = c.comm;
      if (lhs[0]) store(l, lhs[0], arm.dst as Reg, op === ':=');
      if (lhs[1]) store(l, lhs[1], arm.ok as Reg, op === ':=');
    }
    lowerBlock(l, c.body);
    ends.push(l.jump());
  });
  l.targets.pop();
  l.patch(ends);
}
