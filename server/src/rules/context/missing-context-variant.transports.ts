/** Transports that dial by a function without a context: `http.Transport{Dial: …}`. */
import type { FileEdit } from '../../fixes/file-edit.ts';
import { combine } from '../../fixes/apply.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import { isFirstOnLine } from '../../fixes/source-lines.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { deref, isNamed } from '../../golang/types.ts';
import { find, unparen } from '../../golang/walk.ts';
import type { Expr, FuncLit, Ident, Node, SelectorExpr } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';

/** What a transport dials with. */
interface Dial {
  field: Ident;
  transport: Expr;
  value: Expr;
}

/** Reports the fields of transports that dial without the context of the request, where the dialling is in sight. */
export function checkTransports(context: RuleContext): void {
  for (const dial of dials(context)) {
    const owner = deref(context.analysis.typeOf(context.unit, dial.transport));
    const isHttp = isNamed(owner, 'net/http', 'Transport');
    const isHttp2 = isNamed(owner, 'golang.org/x/net/http2', 'Transport') && dial.field.name === 'DialTLS';
    if (isHttp || isHttp2) checkDial(context, dial);
  }
}

function dials({ unit }: RuleContext): Dial[] {
  const isDial = (name: string): boolean => name === 'Dial' || name === 'DialTLS';
  const found: Dial[] = [];
  for (const lit of nodesOfKind(unit.decl, 'CompositeLit'))
    for (const e of lit.elts)
      if (e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' && isDial(e.key.name))
        found.push({ field: e.key, transport: lit, value: e.value });
  for (const { lhs, rhs } of nodesOfKind(unit.decl, 'AssignStmt')) {
    const [target] = lhs;
    const [value] = rhs;
    if (lhs.length === 1 && value && target?.kind === 'SelectorExpr' && isDial(target.sel.name))
      found.push({ field: target.sel, transport: target.x, value });
  }
  return found;
}

function checkDial(context: RuleContext, { field, transport, value }: Dial): void {
  const { unit } = context;
  const x = unparen(value);
  const method = x.kind === 'SelectorExpr' && x.sel.name === 'Dial' && isDialer(context, x.x) ? x : undefined;
  if (!method && !(x.kind === 'FuncLit' && waitsForPeer(context, x))) return;
  const variant = `${field.name}Context`;
  context.report({
    node: field,
    message: 'dials',
    // How a function of one's own would get along with a context is for its author to say.
    level: method ? undefined : 'hint',
    args: { field: field.name, variant },
    fixes: method ? [{ id: 'use-variant', title: 'fix-variant', args: { variant }, edits: renamed(method) }] : [],
  });

  function renamed({ sel }: SelectorExpr): FileEdit[] | undefined {
    if (transport.kind === 'CompositeLit' && isAligned(context, field, value)) return undefined;
    return combine(replaceNode(unit, field, variant), replaceNode(unit, sel, 'DialContext'));
  }
}

/** True where gofmt aligns a value with those of the lines around it: it has a line of a literal for itself. */
function isAligned({ unit }: RuleContext, field: Ident, value: Expr): boolean {
  const { text } = unit.file;
  return (
    isFirstOnLine(text, unit.base + field.start) &&
    !text.slice(unit.base + field.start, unit.base + value.end).includes('\n')
  );
}

function isDialer({ analysis, unit }: RuleContext, expr: Expr): boolean {
  return isNamed(deref(analysis.typeOf(unit, expr)), 'net', 'Dialer');
}

/** True for a function that dials over the network: a socket of the same machine answers at once. */
function waitsForPeer({ analysis, unit }: RuleContext, lit: FuncLit): boolean {
  const dials = (n: Node): boolean =>
    n.kind === 'CallExpr' &&
    /^(?:net\.(?:Dial|DialTimeout|Dialer\.Dial)|crypto\/tls\.(?:Dial|DialWithDialer))$/.test(
      analysis.callee(unit, n).name,
    ) &&
    !n.args.some((a) => unit.text(a) === '"unix"');
  return find(lit.body, dials) !== undefined;
}
