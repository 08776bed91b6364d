/** Rewrites a call to its variant with a context. */
import { insertionIn, type FileEdit } from '../../fixes/file-edit.ts';
import { addFirstArgument } from '../../fixes/add-first-argument.ts';
import { combine } from '../../fixes/apply.ts';
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { freshName } from '../../fixes/names.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import { find, isNil, unparen } from '../../golang/walk.ts';
import type { AssignStmt, CallExpr, IfStmt } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';

/**
 * @param name qualified name of what is called
 * @param ctx Go expression of the context
 */
export function useVariant(context: RuleContext, call: CallExpr, name: string, ctx: string): FileEdit[] | undefined {
  const { analysis, unit } = context;
  const { fact } = analysis.callee(unit, call);
  const fun = unparen(call.fun);
  if (fun.kind !== 'SelectorExpr') return undefined;
  if (fact?.contextVariant) {
    const extra = (fact.contextVariantExtra ?? []).map((arg) => `, ${arg}`).join('');
    return combine(
      replaceNode(unit, fun.sel, fact.contextVariant),
      addFirstArgument(unit, call, ctx),
      extra ? [insertionIn(unit.file, unit.base + call.rparen, extra)] : [],
    );
  }
  const pkg = unit.text(fun.x);
  if (/^net\.Lookup/.test(name)) {
    const network = name === 'net.LookupIP' ? ', "ip"' : '';
    return combine(replaceNode(unit, fun.x, `${pkg}.DefaultResolver`), addFirstArgument(unit, call, ctx + network));
  }
  if (name === 'net.Dial')
    return combine(replaceNode(unit, fun, `new(${pkg}.Dialer).DialContext`), addFirstArgument(unit, call, ctx));
  if (name === 'net.DialTimeout') return dialTimeout(context, call, pkg, ctx);
  return /^net\/http\.(?:Client\.)?(?:Get|Head)$/.test(name) ? request(context, call, name, ctx) : undefined;
}

/** The timeout becomes a field of the dialer. */
function dialTimeout({ unit }: RuleContext, call: CallExpr, pkg: string, ctx: string): FileEdit[] | undefined {
  const [network, address, timeout] = call.args;
  if (!network || !address || !timeout || call.args.length !== 3) return undefined;
  if (find(timeout, (n) => n.kind === 'BinaryExpr')) return undefined;
  const dialer = `(&${pkg}.Dialer{Timeout: ${unit.text(timeout)}}).DialContext`;
  return combine(
    replaceNode(unit, call.fun, dialer),
    [insertionIn(unit.file, unit.base + network.start, `${ctx}, `)],
    replaceNode(unit, { start: address.end, end: timeout.end }, ''),
  );
}

/** `resp, err := http.Get(url)` and the check of its error become a request that is made, checked and sent. */
function request(context: RuleContext, call: CallExpr, name: string, ctx: string): FileEdit[] | undefined {
  const { analysis, unit } = context;
  const stmt = analysis.parents(unit).get(call);
  const fun = unparen(call.fun);
  const [url] = call.args;
  if (stmt?.kind !== 'AssignStmt' || stmt.op !== ':=' || fun.kind !== 'SelectorExpr' || !url) return undefined;
  const check = errorCheck(context, stmt);
  const err = stmt.lhs[1];
  const http = [...unit.file.imports].find(([, path]) => path === 'net/http')?.[0];
  // What the check does with the answer, it could not do before there is one.
  if (!check || err?.kind !== 'Ident' || !http || find(url, (n) => n.kind === 'BinaryExpr')) return undefined;
  const isNew = err.obj?.decl === err;
  const client = name.startsWith('net/http.Client.') ? unit.text(fun.x) : `${http}.DefaultClient`;
  const req = freshName(unit, call, 'req', 'request');
  const method = `${http}.Method${fun.sel.name}`;
  const made = `${req}, ${err.name} := ${http}.NewRequestWithContext(${ctx}, ${method}, ${unit.text(url)}, nil)`;
  if (!isNew && err.obj?.role === 'result' && err.obj.declNode.kind !== 'Field') return undefined;
  const lines = `${made}\n${unindented(unit.text(check), unit.file.text, unit.base + check.start)}`;
  return combine(insertBeforeStatement(unit, stmt, lines), replaceNode(unit, call, `${client}.Do(${req})`));
}

/** `if err != nil { … }` right behind a statement, when it leaves the function and does not look at the answer. */
function errorCheck({ unit }: RuleContext, stmt: AssignStmt): IfStmt | undefined {
  const place = placeInList(unit, stmt);
  const next = place?.list.stmts[place.index + 1];
  const [resp, err] = stmt.lhs;
  if (next?.kind !== 'IfStmt' || next.init || next.else || next.body.stmts.at(-1)?.kind !== 'ReturnStmt')
    return undefined;
  const cond = unparen(next.cond);
  const obj = err?.kind === 'Ident' ? err.obj : undefined;
  if (cond.kind !== 'BinaryExpr' || cond.op !== '!=' || !isNil(cond.y) || cond.x.kind !== 'Ident') return undefined;
  if (!obj || cond.x.obj !== obj || resp?.kind !== 'Ident') return undefined;
  return find(next, (n) => n.kind === 'Ident' && n.obj !== undefined && n.obj === resp.obj) ? undefined : next;
}

function unindented(text: string, source: string, at: number): string {
  const indent = /[ \t]*$/.exec(source.slice(source.lastIndexOf('\n', at - 1) + 1, at))?.[0] ?? '';
  return text
    .split(/\r?\n/)
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
}
