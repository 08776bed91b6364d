/** Lowers statements. Loops, switches and `select` have files of their own. */
import { ancestor, isFunc } from '../../golang/parents.ts';
import { isErrorType } from '../../golang/types.ts';
import { asCall, baseIdent, contains, isNil, unparen, walk } from '../../golang/walk.ts';
import type { CallExpr, Expr, GenDecl, IfStmt, LocalObject, Stmt, SwitchStmt } from '../../syntax/ast.ts';
import type { Reg } from './instructions.ts';
import { assign, store } from './lower-assignments.ts';
import { lowerSpawn } from './lower-calls.ts';
import { branch, lowerCondition } from './lower-conditions.ts';
import { lowerExpr, lowerMulti, operatorOf, valueOf } from './lower-expressions.ts';
import { leaveBody } from './lower-iterators.ts';
import { lowerFor, lowerRange } from './lower-loops.ts';
import { elementType, lowerSelect } from './lower-select.ts';
import { lowerSwitch, lowerTypeSwitch } from './lower-switches.ts';
import type { Lowering, Patch } from './lowering.ts';
import { flagsSet, isSimpleTest, isSwap, onlyAssigns } from './settled-statements.ts';
import { isNeverAsked } from './unasked.ts';

/** Lowers statements one after the other. */
export function lowerBlock(l: Lowering, stmts: readonly Stmt[]): void {
  for (const s of stmts) lowerStmt(l, s);
}

/** Lowers a statement; its instructions stand there. */
export function lowerStmt(l: Lowering, s: Stmt): void {
  const before = l.at(s);
  lower(l, s);
  l.at(before);
}

function mayGoManyWays({ kind }: Stmt): boolean {
  return /^(?:For|Range|Switch|TypeSwitch)Stmt$/.test(kind);
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
      if ((s.kind !== 'IfStmt' && s.kind !== 'SwitchStmt') || !settles(l, s)) forget(l, s);
      return true;
    default:
      return false;
  }
}

/**
 * Lowers an `if` or a `switch` that only assigns: where its condition is known so is what it assigns, and otherwise that is not
 * known any more. It never leads two ways, unless it puts variables in order. False for other statements, and conditions of other kinds, which are seldom known.
 */
function settles(l: Lowering, s: IfStmt | SwitchStmt): boolean {
  if (s.init || !isSimpleTest(l, s) || !onlyAssigns(s)) return false;
  const from = l.here;
  const ends: Patch[] = [];
  const flags = s.kind === 'IfStmt' ? flagsSet(l, s) : [];
  let cond: Reg | undefined;
  if (s.kind === 'SwitchStmt') lowerSwitch(l, s, undefined);
  else {
    if (flags.length > 0) cond = lowerExpr(l, s.cond);
    const { yes, no } = cond === undefined ? lowerCondition(l, s.cond) : branch(l, cond);
    l.patch(yes);
    lowerAssignments(l, s.body.stmts);
    ends.push(l.jump());
    l.patch(no);
    if (s.else) lowerAssignments(l, s.else.kind === 'BlockStmt' ? s.else.stmts : [s.else]);
  }
  ends.push(l.jump());
  if (isSwap(s)) {
    l.patch(ends);
    return true;
  }
  for (const i of l.code.instructions.slice(from)) if (i.op === 'branch') i.unsure ??= l.here;
  const chosen = flags.map(({ target, value }) => choose(l, cond as Reg, target, value));
  forget(l, s);
  flags.forEach(({ target }, n) => assign(l, target, chosen[n] as Reg));
  l.patch(ends);
  return true;
}

/** What a flag holds behind an `if` that sets it where its condition holds. */
function choose(l: Lowering, cond: Reg, target: Expr, value: Expr): Reg {
  const dst = l.reg();
  const [x, y] = [lowerExpr(l, value), lowerExpr(l, target)];
  l.emit({ op: 'choose', dst, cond, x, y, type: l.typeOf(target) });
  return dst;
}

function lowerAssignments(l: Lowering, stmts: readonly Stmt[]): void {
  for (const x of stmts) if (x.kind !== 'ExprStmt') lowerStmt(l, x);
}

function forget(l: Lowering, s: Stmt): void {
  const objects = new Set<LocalObject>();
  const lose = (e: Expr): void => {
    const x = unparen(e);
    const base = x.kind === 'Ident' ? undefined : baseIdent(x)?.obj;
    if (base && contains(s, base.decl)) return loseAll(l, x);
    if (x.kind === 'Ident' && x.obj && !(x.obj.decl.start >= s.start && x.obj.decl.end <= s.end)) objects.add(x.obj);
    else if (x.kind === 'SelectorExpr') assign(l, x, l.unknown(l.typeOf(x)));
    else if (x.kind === 'IndexExpr') loseElements(l, x.x);
  };
  walk(s, (n) => {
    if (n.kind === 'AssignStmt') n.lhs.forEach(lose);
    else if (n.kind === 'IncDecStmt') lose(n.x);
    else if (n.kind === 'CallExpr' && removes(n) && n.args[0]) {
      const base = baseIdent(n.args[0])?.obj;
      if (base && contains(s, base.decl)) loseAll(l, n.args[0]);
      else loseElements(l, n.args[0]);
    } else if (n.kind === 'RangeStmt' && !n.define) for (const e of [n.key, n.value]) if (e) lose(e);
  });
  for (const o of objects) l.write(o, l.unknown(l.analysis.objectType(l.unit, o)));
}

/** A field of a value that is not at hand here, as of a variable of a loop that is left out: of all values of the type it is not known any more. */
function loseAll(l: Lowering, e: Expr): void {
  let x = unparen(e);
  while (x.kind === 'IndexExpr' || x.kind === 'StarExpr') x = unparen(x.x);
  const s = x.kind === 'SelectorExpr' ? l.analysis.types.members.selector(l.unit, x) : undefined;
  const owner = s?.kind === 'field' ? s.owner : undefined;
  if (s && owner) l.emit({ op: 'losefield', name: s.name, owner, elements: x !== unparen(e) });
  else l.emit({ op: 'end', why: 'unsupported' });
}

/** Which elements a map or slice has is not known any more. */
function loseElements(l: Lowering, of: Expr): void {
  const x = unparen(of);
  // What is kept in something else is unknown as soon as that is.
  if (x.kind === 'Ident' || x.kind === 'SelectorExpr') l.emit({ op: 'lose', x: lowerExpr(l, x) });
}

function removes({ fun }: CallExpr): boolean {
  return fun.kind === 'Ident' && (fun.name === 'delete' || fun.name === 'clear') && !fun.obj;
}

function lower(l: Lowering, s: Stmt): void {
  const label = l.pendingLabel;
  l.pendingLabel = undefined;
  if (skips(l, s)) return;
  const from = l.here;
  lowerKind(l, s, label);
  if (label === undefined && mayGoManyWays(s) && l.source.relevance.mayPass(l.unit, s)) passOver(l, from, l.here, [s]);
}

/**
 * Where a branch of the instructions from `from` to `to` is not decided, the statements which it is for are passed over, and what they
 * assign is unknown afterwards.
 */
function passOver(l: Lowering, from: number, to: number, stmts: readonly Stmt[]): void {
  const branches = l.code.instructions.slice(from, to).filter((i) => i.op === 'branch');
  if (branches.length === 0) return;
  const done = l.jump();
  for (const i of branches) i.unsure ??= l.here;
  for (const s of stmts) forget(l, s);
  l.patch([done]);
}

function lowerKind(l: Lowering, s: Stmt, label: string | undefined): void {
  switch (s.kind) {
    case 'BlockStmt':
      return lowerBlock(l, s.stmts);
    case 'ExprStmt':
      return void lowerExpr(l, s.x);
    case 'SendStmt': {
      const chan = lowerExpr(l, s.chan);
      const value = valueOf(l, s.value, () => elementType(l, s.chan));
      return void l.emit({ op: 'send', chan, value });
    }
    case 'IncDecStmt': {
      if (isNeverAsked(l.analysis, l.unit, s.x)) return;
      const x = lowerExpr(l, s.x);
      const one = l.constant(1);
      const dst = l.reg();
      l.emit({ op: 'binary', dst, operator: s.op === '++' ? '+' : '-', x, y: one, bound: false, counts: true });
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
      const arms = [s.body, ...(s.else ? [s.else] : [])];
      const from = l.here;
      const { yes, no } = lowerCondition(l, s.cond);
      const tested = l.here;
      l.patch(yes);
      lowerBlock(l, s.body.stmts);
      const end = s.else ? l.jump() : undefined;
      l.patch(no);
      if (s.else) lowerStmt(l, s.else);
      end?.(l.here);
      if (arms.every((arm) => l.source.relevance.mayPass(l.unit, arm))) passOver(l, from, tested, arms);
      return;
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
    if (isNeverAsked(l.analysis, l.unit, x)) return void lowerExpr(l, y);
    const dst = l.reg();
    const a = lowerExpr(l, x);
    l.emit({
      op: 'binary',
      dst,
      operator: operatorOf(l, op.slice(0, -1), x),
      x: a,
      y: lowerExpr(l, y),
      bound: false,
      counts: true,
    });
    return assign(l, x, dst);
  }
  if (op === '=' && isAppended(l, lhs, rhs)) return;
  const target = (n: number) => () => (op === '=' ? l.typeOf(lhs[n] as Expr) : undefined);
  const values =
    lhs.length === rhs.length ? rhs.map((r, n) => valueOf(l, r, target(n))) : lowerMulti(l, rhs[0], lhs.length);
  // Operands of a parallel assignment are read before anything is written.
  const stable = lhs.length > 1 && lhs.length === rhs.length ? values.map((v) => copyOf(l, v)) : values;
  lhs.forEach((x, i) => store(l, x, stable[i] as Reg, op === ':='));
}

/** True for `list = append(list, …)` where nobody asks for the list: only what is added is computed. */
function isAppended(l: Lowering, [x]: readonly Expr[], [y]: readonly Expr[]): boolean {
  if (x === undefined || y?.kind !== 'CallExpr' || y.fun.kind !== 'Ident' || y.fun.name !== 'append') return false;
  if (!isNeverAsked(l.analysis, l.unit, x)) return false;
  for (const e of y.args.slice(1)) lowerExpr(l, e);
  return true;
}

function copyOf(l: Lowering, src: Reg): Reg {
  const dst = l.reg();
  l.emit({ op: 'move', dst, src });
  return dst;
}

function lowerDecl(l: Lowering, decl: GenDecl): void {
  if (decl.tok !== 'var') return;
  for (const spec of decl.specs) {
    if (spec.kind !== 'ValueSpec') continue;
    const values =
      spec.values.length === 0
        ? spec.names.map((n) => (n.obj ? l.zero(l.analysis.objectType(l.unit, n.obj)) : l.constant(null)))
        : spec.values.length === spec.names.length
          ? spec.values.map((v) => valueOf(l, v, () => spec.type && l.analysis.types.resolve(l.unit, spec.type)))
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
        : results.map((r, n) => valueOf(l, r, () => l.results[n]?.type));
  const made = values.at(-1);
  if (made !== undefined && saysError(l, results)) {
    const error = l.reg();
    // What it wraps is not known.
    l.emit({ op: 'error', dst: error, wraps: [made] });
    values[values.length - 1] = error;
  }
  if (l.results.some((r) => r.object)) {
    l.results.forEach((r, i) => r.object && values[i] !== undefined && l.write(r.object, values[i]));
    return l.leave();
  }
  if (values.length < 2) return returnFrom(l, values[0]);
  const dst = l.reg();
  l.emit({ op: 'tuple', dst, items: values });
  returnFrom(l, dst);
}

/**
 * True for `return nil, wrap(err)` where an error is handled, by a function that is not seen: the others are nil because there
 * is an error.
 */
function saysError(l: Lowering, results: readonly Expr[]): boolean {
  const last = results.at(-1);
  const call = last && asCall(last);
  if (!call || results.length < 2 || !results.slice(0, -1).every(isNil)) return false;
  const result = l.results.at(-1);
  if (results.length !== l.results.length || !result || !isErrorType(result.type)) return false;
  const { visible, literal, name } = l.analysis.callee(l.unit, call);
  if (visible || literal || name === 'fmt.Errorf' || name === 'errors.New') return false;
  const parents = l.analysis.parents(l.unit);
  const handling = ancestor(parents, call, (n) => isFunc(n) || (n.kind === 'IfStmt' && testsError(l, n.cond)));
  return handling?.kind === 'IfStmt' && contains(handling.body, call);
}

/** `err != nil` */
function testsError(l: Lowering, cond: Expr): boolean {
  const x = unparen(cond);
  return x.kind === 'BinaryExpr' && x.op === '!=' && isNil(x.y) && isErrorType(l.typeOf(x.x));
}

/** Returns what a register holds, a tuple when there are several results. */
export function returnFrom(l: Lowering, value: Reg | undefined): void {
  if (l.body) return leaveBody(l, l.body, { tok: 'return', hasValue: value !== undefined }, value);
  if (value !== undefined && l.results.some((r) => r.object)) {
    l.results.forEach(({ object, type }, index) => {
      const dst = l.results.length > 1 ? l.reg() : value;
      if (dst !== value) l.emit({ op: 'pick', dst, tuple: value, index, type });
      if (object) l.write(object, dst);
    });
    return l.leave();
  }
  l.leave(value);
}

/** Lowers a `break`, `continue` or `goto`. */
export function lowerBranch(l: Lowering, tok: string, label: string | undefined): void {
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
  patch(l.here);
  if (l.body && (tok === 'break' || tok === 'continue')) return leaveBody(l, l.body, { tok, label });
  // A compile error.
  l.emit({ op: 'end', why: 'unsupported' });
}
