/** `signal.Notify` on a channel without buffer: a signal that comes while nobody receives is lost. */
import { makeBuffered } from '../../fixes/make-buffered.ts';
import { accessPath, pathKey, type AccessPath } from '../../golang/access-path.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { givenValue, onlyValue } from '../../golang/only-value.ts';
import { ownMentions } from '../../golang/own-mentions.ts';
import { ancestor, isFunc, type ParentMap } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { unparen, walk } from '../../golang/walk.ts';
import type { CallExpr, Expr, LocalObject, Node } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './unbuffered-signal.text.ts';

export const unbufferedSignal = defineRule({
  meta: {
    id: 'unbuffered-signal',
    group: 'channel',
    level: 'warning',
    triggers: ['\\.Notify\\('],
    fixes: ['make-buffered'],
    overlaps: ['go vet sigchanyzer', 'staticcheck SA1017'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    // One channel is one finding, however many signals it is registered for.
    const seen = new Set<CallExpr>();
    for (const n of nodesOfKind(unit.decl, 'CallExpr')) {
      if (analysis.callee(unit, n).name !== 'os/signal.Notify') continue;
      const [channel] = n.args;
      const made = channel && makeOf(context, channel);
      if (!made || seen.has(made.call) || !isUnbuffered(made.call)) continue;
      seen.add(made.call);
      report(context, n, channel, made);
    }
  },
});

interface Made {
  unit: DeclUnit;
  call: CallExpr;
}

/**
 * The one `make` that a channel expression always comes from. A channel made in the argument list is nobody's: such a
 * call only keeps the signal from its default action (golang/go#45043), and a buffer changes nothing.
 */
function makeOf(context: RuleContext, channel: Expr): Made | undefined {
  const { unit } = context;
  const x = unparen(channel);
  const path = accessPath(x);
  if (!path) return undefined;
  if (typeof path.root === 'string' && path.fields.length === 0) {
    const member = unit.pkg.member(path.root);
    const other = member && unit.pkg.unit(member);
    return other && !other.hasError ? packageVariable(other, path.root) : undefined;
  }
  const values = assigned(context, path);
  const [only] = values;
  if (values.length === 0) return madeElsewhere(context, x);
  return only && values.length === 1 ? asMake(unit, only) : undefined;
}

interface Given {
  at: DeclUnit;
  value?: Expr | 'zero';
}

/** The `make` of the one value that the package gives to a field, in whatever function. */
function madeElsewhere({ analysis, unit }: RuleContext, channel: Expr): Made | undefined {
  const mentions = channel.kind === 'SelectorExpr' ? ownMentions(analysis, unit, channel) : undefined;
  const given = (mentions ?? []).flatMap(({ unit: at, node, initial }): Given[] => {
    const user = initial ? undefined : analysis.parents(at).get(node);
    // What gets the address of the field may give it something else.
    if (user?.kind === 'UnaryExpr' && user.op === '&') return [{ at }];
    if (user?.kind !== 'AssignStmt' || !user.lhs.includes(node)) return initial ? [{ at, value: initial }] : [];
    return [{ at, value: givenValue(user, node) }];
  });
  const [only, ...others] = given;
  const value = only?.value;
  if (!only || !value || value === 'zero' || others.length > 0) return undefined;
  const x = unparen(value);
  const made = x.kind === 'Ident' && x.obj ? onlyValue(x.obj) : x;
  return made && asMake(only.at, made);
}

function packageVariable(unit: DeclUnit, name: string): Made | undefined {
  if (unit.decl.kind !== 'GenDecl') return undefined;
  for (const spec of unit.decl.specs) {
    if (spec.kind !== 'ValueSpec' || spec.values.length !== spec.names.length) continue;
    const value = spec.values[spec.names.findIndex((n) => n.name === name)];
    if (value) return asMake(unit, value);
  }
  return undefined;
}

/** Values given to a local variable, or to a field of one within the declaration. */
function assigned(context: RuleContext, path: AccessPath): Expr[] {
  const { unit } = context;
  const values: Expr[] = [];
  const key = pathKey(path);
  if (typeof path.root !== 'string' && path.fields.length === 0) values.push(...initial(path.root));
  walk(unit.decl, (n) => {
    if (n.kind !== 'AssignStmt' || n.op !== '=') return;
    for (const [i, target] of n.lhs.entries()) {
      const p = accessPath(target);
      const value = n.lhs.length === n.rhs.length ? n.rhs[i] : n.rhs[0];
      if (p && pathKey(p) === key && value) values.push(value);
    }
  });
  return values;
}

function initial(object: LocalObject): readonly Expr[] {
  const d = object.declNode;
  if (d.kind === 'ValueSpec')
    return d.values.length === d.names.length ? d.values.slice(d.names.indexOf(object.decl)).slice(0, 1) : d.values;
  if (d.kind !== 'AssignStmt') return [object.decl];
  return d.lhs.length === d.rhs.length ? d.rhs.slice(d.lhs.indexOf(object.decl)).slice(0, 1) : d.rhs;
}

function asMake(unit: DeclUnit, value: Expr): Made | undefined {
  const call = unparen(value);
  if (call.kind !== 'CallExpr') return undefined;
  const fun = unparen(call.fun);
  return fun.kind === 'Ident' && fun.name === 'make' && !fun.obj && call.args[0]?.kind === 'ChanType'
    ? { unit, call }
    : undefined;
}

function isUnbuffered(call: CallExpr): boolean {
  const capacity = call.args[1];
  return !capacity || (capacity.kind === 'BasicLit' && capacity.value === '0');
}

/** True when every receive throws its signal away and waits for the next one: that one is lost is no loss. */
function isSwallowed({ analysis, unit }: RuleContext, channel: Expr): boolean {
  const x = unparen(channel);
  if (x.kind !== 'Ident' || x.obj?.role !== 'local' || x.obj.addressTaken) return false;
  const parents = analysis.parents(unit);
  let received = false;
  for (const use of x.obj.uses) {
    const parent = parents.get(use);
    if (parent?.kind === 'CallExpr') {
      if (!/^os\/signal\.(?:Notify|Stop)$/.test(analysis.callee(unit, parent).name)) return false;
      continue;
    }
    if (!isIdleArm(parents, use)) return false;
    received = true;
  }
  return received;
}

/** True for the `x` of `case <-x:` with nothing behind it, in a loop. */
function isIdleArm(parents: ParentMap, use: Node): boolean {
  const receive = parents.get(use);
  const comm = receive?.kind === 'UnaryExpr' && receive.op === '<-' ? parents.get(receive) : undefined;
  const arm = comm?.kind === 'ExprStmt' ? parents.get(comm) : undefined;
  if (arm?.kind !== 'CommClause' || arm.comm !== comm || arm.body.length > 0) return false;
  const around = ancestor(parents, arm, (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt' || isFunc(n));
  return around?.kind === 'ForStmt' && around.body.stmts.length === 1;
}

function report(context: RuleContext, notify: CallExpr, channel: Expr, made: Made): void {
  const name = context.unit.text(channel);
  context.report({
    node: notify,
    message: 'unbuffered',
    level: isSwallowed(context, channel) ? 'hint' : undefined,
    args: { name },
    steps: [{ unit: made.unit, node: made.call, message: 'step-made', args: { name } }],
    fixes: [
      {
        id: 'make-buffered',
        title: 'fix-buffer',
        preferred: true,
        safe: true,
        edits: makeBuffered(made.unit, made.call),
      },
    ],
  });
}
