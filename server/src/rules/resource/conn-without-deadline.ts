/** A loop reads from a connection that nobody else can close, and nothing limits the wait for the next message. */
import { importEdits } from '../../fixes/add-import.ts';
import { combine } from '../../fixes/apply.ts';
import { insertAtBlockStart } from '../../fixes/insert-statement.ts';
import type { Loop } from '../../fixes/jumps.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { isExported } from '../../golang/exported.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, isFunc } from '../../golang/parents.ts';
import { onlyValue } from '../../golang/only-value.ts';
import { isNamed } from '../../golang/types.ts';
import { contains, flattenFields, unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { CallExpr, Expr, Ident, LocalObject, Node } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './conn-without-deadline.text.ts';

export const connWithoutDeadline = defineRule({
  meta: {
    id: 'conn-without-deadline',
    group: 'resource',
    level: 'off',
    skipsTests: true,
    triggers: [
      ['\\bio\\.ReadFull\\(', '\\bfor\\b'],
      [
        '\\.(?:Read|ReadString|ReadBytes|ReadLine|ReadByte|Scan)\\(',
        '\\bfor\\b',
        '\\bnet\\.\\w*(?:Conn|Dial\\w*)\\b|\\.Accept\\w*\\(',
      ],
    ],
    imports: ['net'],
    fixes: ['set-deadline'],
  },
  text,
  check(context) {
    const { unit } = context;
    if (['SetReadDeadline', 'SetDeadline'].some((name) => declarationsNaming(unit.pkg, name).length > 0)) return;
    const seen = new Set<Node>();
    for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
      const conn = connRead(context, call);
      const loop = conn && loopAround(context, call);
      if (!conn || !loop || seen.has(loop) || !isOwnedHere(context, conn)) continue;
      seen.add(loop);
      report(context, call, conn, loop);
    }
  },
});

const READS = /^(?:Read|ReadString|ReadBytes|ReadLine|ReadByte|ReadRune|Scan)$/;

/** The connection that a call reads from, perhaps through a buffer. */
function connRead(context: RuleContext, call: CallExpr): LocalObject | undefined {
  const { analysis, unit } = context;
  const { name } = analysis.callee(unit, call);
  if (name === 'io.ReadFull') return call.args[0] && connOf(context, call.args[0]);
  const fun = unparen(call.fun);
  return fun.kind === 'SelectorExpr' && READS.test(fun.sel.name) ? connOf(context, fun.x) : undefined;
}

/** `c`, or the `r` of `r := bufio.NewReader(c)`. */
function connOf({ analysis, unit }: RuleContext, expr: Expr): LocalObject | undefined {
  const x = unparen(expr);
  if (x.kind !== 'Ident' || !x.obj) return undefined;
  const isConn = (o: LocalObject): boolean =>
    ['Conn', 'TCPConn'].some((name) => {
      const type = analysis.objectType(unit, o);
      return isNamed(type.kind === 'pointer' ? type.elem : type, 'net', name);
    });
  if (isConn(x.obj)) return x.obj;
  const made = onlyValue(x.obj);
  const call = made && unparen(made);
  if (call?.kind !== 'CallExpr' || !/^bufio\.New(?:Reader|Scanner)/.test(analysis.callee(unit, call).name))
    return undefined;
  const from = call.args[0] && unparen(call.args[0]);
  return from?.kind === 'Ident' && from.obj && isConn(from.obj) ? from.obj : undefined;
}

/** The loop that reads one message after the other. */
function loopAround({ analysis, unit }: RuleContext, call: CallExpr): Loop | undefined {
  const loop = ancestor(
    analysis.parents(unit),
    call,
    (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt' || isFunc(n),
  );
  return loop?.kind === 'ForStmt' ? loop : undefined;
}

/** True for a connection that only this function has: nobody else can close it to end the wait. */
function isOwnedHere(context: RuleContext, conn: LocalObject): boolean {
  const { analysis, unit } = context;
  if (conn.addressTaken || conn.captured || conn.writes.length > 0) return false;
  if (!conn.uses.every((use) => staysHere(context, use))) return false;
  if (conn.role === 'local') return true;
  const { decl } = unit;
  if (conn.role !== 'param' || decl.kind !== 'FuncDecl' || conn.func !== decl) return false;
  if (isExported(decl.name.name) && unit.pkg.name !== 'main') return false;
  const index = flattenFields(decl.type.params).findIndex((p) => p.name === conn.decl);
  const mentions = mentionsOf(analysis, unit, decl);
  return (
    mentions.length > 0 &&
    mentions.every(({ unit: from, call }) => {
      const arg = call?.args[index] && unparen(call.args[index]);
      const object = arg?.kind === 'Ident' ? arg.obj : undefined;
      // Accepted, and given to this function alone.
      return (
        object?.role === 'local' &&
        object.uses.every((use) => use === arg || isLookedAt(analysis.parents(from).get(use)))
      );
    })
  );
}

/** A method, or a comparison. */
function isLookedAt(parent: Node | undefined): boolean {
  return parent?.kind === 'BinaryExpr' || parent?.kind === 'SelectorExpr';
}

/** A method, a comparison, or an argument of a function of the standard library that reads, writes or wraps. */
function staysHere({ analysis, unit }: RuleContext, use: Ident): boolean {
  const parent = analysis.parents(unit).get(use);
  if (parent?.kind === 'SelectorExpr' || parent?.kind === 'BinaryExpr') return true;
  return (
    parent?.kind === 'CallExpr' &&
    parent.fun !== use &&
    /^(?:bufio|io|fmt)\.\w+$/.test(analysis.callee(unit, parent).name)
  );
}

function report(context: RuleContext, call: CallExpr, conn: LocalObject, loop: Loop): void {
  const { unit } = context;
  const time = importEdits(unit.file, 'time', { unit, node: call });
  const isInBody = contains(loop.body, call);
  const line = `${conn.name}.SetReadDeadline(${time?.name}.Now().Add(5 * ${time?.name}.Minute))`;
  const fix: FixSpec = {
    id: 'set-deadline',
    title: 'fix-deadline',
    args: { name: conn.name },
    edits: time && isInBody ? combine(time.edits, insertAtBlockStart(unit, loop.body, line)) : undefined,
  };
  context.report({
    node: call.fun,
    message: 'unlimited',
    args: { name: conn.name },
    steps: [{ node: { start: loop.start, end: loop.start + 'for'.length }, message: 'step-loop' }],
    fixes: [fix],
  });
}
