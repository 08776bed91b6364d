/** Tickers in fields that nobody stops: all that the package does with the field is there to see, and the value that has it ends. */
import { insertAtBlockStart, insertBeforeStatement } from '../../fixes/insert-statement.ts';
import type { FileEdit } from '../../fixes/file-edit.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { endingMethods, type EndingMethod, isFinal } from '../../golang/ending-methods.ts';
import { launchesOf } from '../../golang/goroutine-starts.ts';
import type { Launch } from '../../golang/launches.ts';
import { isOnlyMadeBy } from '../../golang/only-made-by.ts';
import { givenValue } from '../../golang/only-value.ts';
import { fieldMentionsOf } from '../../golang/own-mentions.ts';
import { ancestor, enclosingFunc, enclosingStmt, inLoop } from '../../golang/parents.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import type { Acquisition } from '../../golang/resources.ts';
import { runningFunc } from '../../golang/running-func.ts';
import { deref, isNamed, type NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, isNil, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, FuncNode, Node, SelectorExpr } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext, StepSpec } from '../context.ts';
import { lineOf } from '../leak-sites.ts';

/** Reports a ticker that goes into a field, where nothing stops what the field holds although its value ends. */
export function reportFieldTicker(context: RuleContext, a: Acquisition, level: 'hint' | undefined): void {
  const { analysis, unit } = context;
  const field = fieldOf(analysis, unit, a.call);
  const uses = field && usesOf(analysis, unit, field);
  if (!field || !uses || runsOncePerProcess(analysis, unit, a.call)) return;
  const end = endOf(context, a, field, uses);
  if (!end) return;
  context.report({
    node: a.call,
    message: end.message,
    level,
    args: { name: field.name, ...end.args },
    steps: [{ node: a.call, message: 'step-started' }, ...end.steps],
    fixes: [
      {
        id: 'defer-stop',
        title: end.fix?.isDeferred ? 'fix-defer-stop' : 'fix-stop-in-method',
        args: { name: end.fix?.ticker ?? field.name, ...end.args },
        preferred: true,
        edits: end.fix?.edits,
      } satisfies FixSpec,
    ],
  });
}

interface TickerField {
  owner: NamedType;
  name: string;
}

/** The field that a call gives its result to, in a literal or by assignment. */
function fieldOf(analysis: Analysis, unit: DeclUnit, call: CallExpr): TickerField | undefined {
  const parents = analysis.parents(unit);
  const parent = parents.get(call);
  if (parent?.kind === 'KeyValueExpr' && parent.key.kind === 'Ident') {
    const lit = parents.get(parent);
    const type = lit?.kind === 'CompositeLit' ? deref(analysis.typeOf(unit, lit)) : undefined;
    return type?.kind === 'named' ? { owner: type, name: parent.key.name } : undefined;
  }
  const target = parent?.kind === 'AssignStmt' && parent.op === '=' ? parent.lhs[parent.rhs.indexOf(call)] : undefined;
  const x = target && unparen(target);
  const s = x?.kind === 'SelectorExpr' ? analysis.types.members.selector(unit, x) : undefined;
  return s?.kind === 'field' && s.owner ? { owner: s.owner, name: s.name } : undefined;
}

interface FieldUses {
  /** `x.field` in `x.field.C`. */
  channels: { unit: DeclUnit; node: SelectorExpr }[];
  makes: number;
  /** Somewhere the field is compared, or set to nil: it may be without a ticker. */
  mayBeNil: boolean;
}

/** All that the package does with the field; undefined where it may be stopped, or handed on. */
function usesOf(analysis: Analysis, unit: DeclUnit, { owner, name }: TickerField): FieldUses | undefined {
  const mentions = fieldMentionsOf(analysis, unit, owner, name);
  if (!mentions) return undefined;
  const found: FieldUses = { channels: [], makes: 0, mayBeNil: false };
  for (const { unit: at, node, initial } of mentions) {
    const given = initial ?? assigned(analysis, at, node);
    if (given !== undefined) {
      const value = given === 'zero' ? undefined : unparen(given);
      if (value?.kind === 'CallExpr' && analysis.callee(at, value).name === 'time.NewTicker') found.makes++;
      else if (value && isNil(value)) found.mayBeNil = true;
      else return undefined;
      continue;
    }
    const user = analysis.parents(at).get(node);
    if (node.kind !== 'SelectorExpr' || !isNamed(deref(analysis.typeOf(at, node)), 'time', 'Ticker')) return undefined;
    if (user?.kind === 'BinaryExpr') found.mayBeNil = true;
    else if (user?.kind !== 'SelectorExpr') return undefined;
    else if (user.sel.name === 'C') found.channels.push({ unit: at, node });
    else if (user.sel.name !== 'Reset') return undefined;
  }
  return found;
}

function assigned(analysis: Analysis, unit: DeclUnit, node: Node): Expr | undefined {
  const stmt = analysis.parents(unit).get(node);
  return stmt?.kind === 'AssignStmt' && stmt.op === '=' ? givenValue(stmt, node as Expr) : undefined;
}

interface ValueEnd {
  message: string;
  args: Record<string, string | number>;
  steps: StepSpec[];
  fix?: { ticker: string; isDeferred: boolean; edits: FileEdit[] | undefined };
}

/** How the value ends that has the ticker: with the one goroutine that waits for the ticks, or by a method. */
function endOf(context: RuleContext, a: Acquisition, field: TickerField, uses: FieldUses): ValueEnd | undefined {
  const { analysis, unit } = context;
  const method = endingMethods(analysis, unit.pkg, field.owner.name).find((m) => isFinal(analysis, m, unit));
  const loop = loopOf(context, uses);
  if (loop && (method || startedWhereMade(context, a, loop.launch))) return endOfLoop(context, a, uses, loop, method);
  return method && endByMethod(context, a, field, uses, method);
}

interface TickLoop {
  unit: DeclUnit;
  func: FuncNode;
  launch: Launch;
  /** A statement by which it returns; absent where its end is reached. */
  left: { start: number; end: number };
}

/** The one goroutine that waits for the ticks, when it can return. */
function loopOf({ analysis }: RuleContext, { channels }: FieldUses): TickLoop | undefined {
  const [first] = channels;
  const func = first && runningFunc(analysis.parents(first.unit), first.node);
  if (!first || !func?.body || !channels.every((c) => contains(func, c.node) && c.unit === first.unit))
    return undefined;
  const { unit } = first;
  const parents = analysis.parents(unit);
  if (!channels.every(({ node }) => runningFunc(parents, node) === func && isWaitedFor(analysis, unit, node)))
    return undefined;
  const [launch, ...others] = launchesOf(analysis, unit, func.body);
  if (!launch || others.length > 0 || launch.body?.func !== func) return undefined;
  if (inLoop(analysis.parents(launch.unit), launch.stmt)) return undefined;
  const cfg = analysis.cfg(unit, func);
  if (!cfg.reachable.has(cfg.exit)) return undefined;
  const loop = ancestor(parents, first.node, (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt' || n === func);
  const returns = [...cfg.reachable].flatMap((b) => b.nodes.filter((n) => n.kind === 'ReturnStmt'));
  const left = returns.find((n) => loop && contains(loop, n)) ?? { start: func.end - 1, end: func.end };
  return { unit, func, launch, left };
}

/** True for a ticker whose channel is received from in a loop, there or by a variable. */
function isWaitedFor(analysis: Analysis, unit: DeclUnit, node: Node): boolean {
  const parents = analysis.parents(unit);
  const channel = parents.get(node);
  const user = channel && parents.get(channel);
  if (user?.kind === 'RangeStmt') return user.x === channel;
  return user?.kind === 'UnaryExpr' && user.op === '<-' && inLoop(parents, user);
}

/** True when the function that makes the ticker starts the goroutine, for this ticker. */
function startedWhereMade({ analysis, unit }: RuleContext, a: Acquisition, { unit: at, stmt }: Launch): boolean {
  return at === unit && enclosingFunc(analysis.parents(unit), stmt) === a.func;
}

function endOfLoop(
  context: RuleContext,
  a: Acquisition,
  uses: FieldUses,
  loop: TickLoop,
  method: EndingMethod | undefined,
): ValueEnd {
  const { unit, func, launch, left } = loop;
  const [use] = uses.channels;
  const ticker = use ? unit.text(use.node) : '';
  const go = { start: launch.stmt.start, end: launch.stmt.start + 'go'.length };
  const line = lineOf(context, { unit, node: left });
  const isOwn = startedWhereMade(context, a, launch) && uses.makes === 1 && !uses.mayBeNil;
  const edits =
    isOwn && func.body && use && isKeptName(func, use.node)
      ? insertAtBlockStart(unit, func.body, `defer ${ticker}.Stop()`)
      : undefined;
  return {
    message: func.kind === 'FuncDecl' ? 'field-after-function' : 'field-after-literal',
    args:
      func.kind === 'FuncDecl'
        ? { func: func.name.name, line }
        : { start: lineOf(context, { unit: launch.unit, node: launch.stmt }), line },
    steps: [
      { unit: launch.unit, node: go, message: 'step-only-user' },
      { unit, node: left, message: 'step-loop-ends' },
      ...(method ? [methodStep(method)] : []),
    ],
    fix: { ticker, isDeferred: true, edits },
  };
}

/** True when the ticker's path starts with a name of the function, or one around it, that always means the same value. */
function isKeptName(func: FuncNode, path: SelectorExpr): boolean {
  const obj = path.x.kind === 'Ident' ? path.x.obj : undefined;
  if (!obj || obj.writes.length > 0) return false;
  return obj.role === 'recv' || obj.role === 'param' || !contains(func, obj.decl);
}

function methodStep({ unit, ends: [end] }: EndingMethod): StepSpec {
  return { unit, node: end?.stmt ?? unit.decl, message: 'step-ends' };
}

function endByMethod(
  context: RuleContext,
  a: Acquisition,
  { owner, name }: TickerField,
  uses: FieldUses,
  method: EndingMethod,
): ValueEnd {
  const { unit, decl, ends } = method;
  const [end, ...others] = ends.map(({ stmt }) => stmt);
  const parents = context.analysis.parents(unit);
  const isPlain = end && others.every((o) => parents.get(o) === parents.get(end));
  const receiver = decl.recv?.names[0]?.name ?? '';
  const ticker = `${receiver}.${name}`;
  const edits =
    isPlain && hasAlways(context, a, owner, uses) ? insertBeforeStatement(unit, end, `${ticker}.Stop()`) : undefined;
  return {
    message: 'field-after-method',
    args: { method: `${owner.name}.${decl.name.name}` },
    steps: [methodStep(method)],
    fix: { ticker, isDeferred: false, edits },
  };
}

/** True when every value of the type has the ticker: the one statement that makes a value gives it one. */
function hasAlways({ analysis, unit }: RuleContext, a: Acquisition, owner: NamedType, uses: FieldUses): boolean {
  const stmt = enclosingStmt(analysis.parents(unit), a.call);
  return uses.makes === 1 && !uses.mayBeNil && stmt !== undefined && isOnlyMadeBy(analysis, unit, owner.name, stmt);
}
