/** Methods that a function returns as the end of what it has started: `return w.stop` of a value that nobody else has got. */
import { channelFacts } from '../../concurrency/spawns/channel-facts.ts';
import type { Channel } from '../../concurrency/spawns/channels.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { VisibleFunc } from '../../golang/callee.ts';
import { type Mention, mentionsOf } from '../../golang/callers.ts';
import { functionValue } from '../../golang/function-values.ts';
import { isNewStruct, onlyValue } from '../../golang/only-value.ts';
import { fieldMentionsOf } from '../../golang/own-mentions.ts';
import { ancestor } from '../../golang/parents.ts';
import { deref } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, baseIdent, contains, unparen } from '../../golang/walk.ts';
import type { Expr, FuncDecl, Ident, LocalObject, Node, SelectorExpr } from '../../syntax/ast.ts';

/** A method of a local variable, used as a value. */
export interface MethodStop {
  kind: 'method';
  unit: DeclUnit;
  decl: FuncDecl;
  /** The variable whose method it is. */
  object: LocalObject;
  expr: SelectorExpr;
}

/** Methods that call one another. */
const MAX_DEPTH = 3;

/** The method that an expression stands for, where nobody can call it for that value but who gets the expression. */
export function methodStop(analysis: Analysis, unit: DeclUnit, expr: Expr): MethodStop | undefined {
  if (expr.kind !== 'SelectorExpr') return undefined;
  const x = unparen(expr.x);
  const object = x.kind === 'Ident' && x.obj?.role === 'local' ? x.obj : undefined;
  const found = object && functionValue(analysis, unit, expr);
  if (!object || found?.func.kind !== 'FuncDecl' || object.func !== unit.decl) return undefined;
  if (!isMadeHere(analysis, unit, object) || !isUsedByParts(analysis, unit, object, 0)) return undefined;
  const mentions = mentionsOf(analysis, found.unit, found.func);
  const isOnly = mentions.every(
    (m) => m.unit.file.isTest || (m.unit === unit && contains(expr, m.ident)) || isOfField(analysis, m),
  );
  if (mentions.length === 0 || !isOnly) return undefined;
  return { kind: 'method', unit: found.unit, decl: found.func, object, expr };
}

/** True for the call of what a field of the same name holds. */
function isOfField(analysis: Analysis, { unit, call }: Mention): boolean {
  const fun = call && unparen(call.fun);
  return fun?.kind === 'SelectorExpr' && analysis.types.members.selector(unit, fun)?.kind === 'field';
}

/** A struct that the function writes down, or a function that does nothing else. */
function isMadeHere(analysis: Analysis, unit: DeclUnit, object: LocalObject): boolean {
  if (isNewStruct(object)) return true;
  const value = onlyValue(object);
  const call = value && asCall(value);
  const { visible } = call ? analysis.callee(unit, call) : {};
  const [only, ...others] = visible?.decl.body?.stmts ?? [];
  if (only?.kind !== 'ReturnStmt' || others.length > 0 || only.results.length !== 1) return false;
  const [made] = only.results;
  const x = made && unparen(made);
  return x?.kind === 'UnaryExpr' && x.op === '&' && unparen(x.x).kind === 'CompositeLit';
}

/** True for a variable of which nothing but fields and methods is used, and so in these methods: no other name leads to its value. */
function isUsedByParts(analysis: Analysis, unit: DeclUnit, object: LocalObject, depth: number): boolean {
  const parents = analysis.parents(unit);
  return object.uses.every((use) => {
    const selector = parents.get(use);
    if (selector?.kind !== 'SelectorExpr') return false;
    const s = analysis.types.members.selector(unit, selector);
    if (s?.kind === 'field') return true;
    const method = functionValue(analysis, unit, selector);
    if (method?.func.kind !== 'FuncDecl' || method.unit.hasError) return false;
    const self = method.func.recv?.names[0]?.obj;
    return !self || (depth < MAX_DEPTH && isUsedByParts(analysis, method.unit, self, depth + 1));
  });
}

/** True for a channel in a field that nobody but the method closes, and nobody sends on. */
export function isClosedByMethod(analysis: Analysis, channel: Channel, { unit, decl }: MethodStop): boolean {
  if (channel.kind !== 'field') return false;
  const { complete, sends, closes } = channelFacts(analysis, channel);
  if (!complete || sends.length > 0 || closes.length === 0) return false;
  return closes.every(({ unit: at, node }) => at === unit && isOfReceiver(analysis, { unit, decl }, node));
}

/**
 * True where a cancel function goes into a field of the value, and only the method calls what is there.
 * @param use where the function is named
 */
export function isCancelledByMethod(analysis: Analysis, unit: DeclUnit, use: Ident, stop: MethodStop): boolean {
  const parents = analysis.parents(unit);
  const type = deref(analysis.objectType(unit, stop.object));
  const user = parents.get(use);
  const made = onlyValue(stop.object);
  if (type.kind !== 'named' || user?.kind !== 'KeyValueExpr' || !made || !contains(made, user)) return false;
  // In `T{cancel: cancel}` the binder takes the key for the variable, too.
  if (user.value.kind !== 'Ident' || user.value.obj !== use.obj) return false;
  const field = user.key.kind === 'Ident' ? user.key.name : '';
  const mentions = fieldMentionsOf(analysis, stop.unit, type, field)?.filter((m) => m.initial === undefined);
  return (
    mentions !== undefined &&
    mentions.length > 0 &&
    mentions.every(({ unit: at, node }) => {
      const call = analysis.parents(at).get(node);
      return call?.kind === 'CallExpr' && call.fun === node && at === stop.unit && isOfReceiver(analysis, stop, node);
    })
  );
}

/** True for a node that has to do with a field of the method's own value, and runs on the goroutine that calls the method. */
function isOfReceiver(analysis: Analysis, { unit, decl }: VisibleFunc, node: Node): boolean {
  const self = decl.recv?.names[0]?.obj;
  const x = node.kind === 'CallExpr' ? node.args[0] : node.kind === 'SelectorExpr' ? node : undefined;
  if (!self || !x || baseIdent(x)?.obj !== self) return false;
  return !ancestor(analysis.parents(unit), node, (n) => n.kind === 'GoStmt');
}
