/**
 * Requests whose response holds no connection: the handler that answers is in sight and writes no body, or the
 * connection is a fake that a dialer in sight makes. A response without body needs no `Close`: the transport has the
 * connection back as soon as the header is read (`http.NoBody`).
 */
import type { CallExpr, Expr, FuncLit, Ident, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { Edge } from './cfg.ts';
import { originsOf } from './origins.ts';
import { type ParentMap, parentsOf } from './parents.ts';
import type { DeclUnit } from './unit.ts';
import { calledName, find, flattenFields, isNil, unparen, walkShallow } from './walk.ts';

/** True when the response of `call`, a call that sends a request, is known to hold no connection. */
export function holdsNoConnection(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  const literals = literalsBehind(analysis, unit, call);
  const results = (lit: FuncLit): string[] => flattenFields(lit.type.results).map((r) => unit.text(r.type));
  const dialers = literals.filter((l) => /(?:^|\.)Conn$/.test(results(l)[0] ?? ''));
  if (dialers.length > 0 && dialers.every((l) => makesConnection(l))) return true;
  const handlers = literals.filter((l) => isHandler(unit, l));
  return handlers.length > 0 && handlers.every((l) => writesNoBody(unit, l, call));
}

/** True when all handlers in sight that may answer a request write a body. */
export function isAnsweredWithBody(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  const handlers = literalsBehind(analysis, unit, call).filter((l) => isHandler(unit, l));
  return handlers.length > 0 && handlers.every(writesBody);
}

/** The function literals that the client and the request of a call are made with. */
function literalsBehind(analysis: Analysis, unit: DeclUnit, call: CallExpr): FuncLit[] {
  const origins = originsOf(analysis.parents(unit), [call.fun, ...call.args]) ?? [];
  return origins.filter((n) => n.kind === 'FuncLit');
}

/** `w.Write(…)`, `fmt.Fprint(w, …)`, `http.Error(w, …)` among the statements that run in any case. */
function writesBody(handler: FuncLit): boolean {
  const writer = flattenFields(handler.type.params)[0]?.name?.obj;
  const isWriter = (e: Expr | undefined): boolean => e?.kind === 'Ident' && e.obj !== undefined && e.obj === writer;
  return handler.body.stmts.some(
    (stmt) =>
      /^(?:Expr|Assign)Stmt$/.test(stmt.kind) &&
      find(stmt, (n) => {
        if (n.kind !== 'CallExpr') return false;
        if (n.fun.kind === 'SelectorExpr' && n.fun.sel.name === 'Write') return isWriter(n.fun.x);
        return /^(?:Fprint(?:f|ln)?|WriteString|Copy|Error)$/.test(calledName(n)) && isWriter(n.args[0]);
      }) !== undefined,
  );
}

/** `func(w http.ResponseWriter, r *http.Request)`; told by its text, since tests like to import net/http with a dot. */
function isHandler(unit: DeclUnit, lit: FuncLit): boolean {
  const [writer, request, ...more] = flattenFields(lit.type.params).map((p) => unit.text(p.type));
  return more.length === 0 && /\bResponseWriter$/.test(writer ?? '') && /^\*(?:\w+\.)?Request$/.test(request ?? '');
}

/** True for a handler that sets headers and a status at most. */
function writesNoBody(unit: DeclUnit, handler: FuncLit, request: CallExpr): boolean {
  // A length that is announced, or a protocol that is switched to, makes a body out of nothing.
  if (/Header\(\)[.\w]*[([]"(?:Content-Length|Transfer-Encoding)"|SwitchingProtocols|\b101\b/i.test(unit.text(handler)))
    return false;
  const writer = flattenFields(handler.type.params)[0]?.name?.obj;
  const parents = parentsOf(unit.decl);
  return (
    !writer ||
    writer.uses.every((use) => {
      const parent = parents.get(use);
      if (parent?.kind === 'SelectorExpr') return /^(?:Header|WriteHeader)$/.test(parent.sel.name);
      if (parent?.kind !== 'CallExpr') return false;
      const callee = calledName(parent);
      return callee === 'SetCookie' || (callee === 'Redirect' && followsRedirects(unit, request));
    })
  );
}

/** A client that follows a redirect closes that response itself. */
function followsRedirects(unit: DeclUnit, request: CallExpr): boolean {
  const fun = unparen(request.fun);
  return !(fun.kind === 'SelectorExpr' && fun.sel.name === 'RoundTrip') && !/CheckRedirect/.test(unit.text(unit.decl));
}

/** True for a `Dial` function that returns values it makes, and dials nobody. */
function makesConnection(dialer: FuncLit): boolean {
  const dials = find(dialer.body, (n) => n.kind === 'CallExpr' && /dial/i.test(calledName(n)));
  return !dials && firstResults(dialer.body).every((r) => isNil(r) || isMade(r));
}

function firstResults(body: Node): Expr[] {
  const found: Expr[] = [];
  walkShallow(body, (n) => {
    if (n.kind === 'ReturnStmt' && n.results[0]) found.push(n.results[0]);
  });
  return found;
}

/** `&T{…}` */
function isMade(expr: Expr): boolean {
  const x = unparen(expr);
  return x.kind === 'UnaryExpr' && x.op === '&' && unparen(x.x).kind === 'CompositeLit';
}

/** Statuses whose answers never have a body. */
const BODYLESS = /^(?:204|304|(?:\w+\.)?Status(?:NoContent|NotModified))$/;

/** True for the branch on which a response is known by its status to have no body, so that it holds no connection. */
export function tellsOfNoBody(unit: DeclUnit, response: LocalObject, { cond, kind }: Edge): boolean {
  const x = cond && unparen(cond);
  if (x?.kind !== 'BinaryExpr' || x.op !== (kind === 'true' ? '==' : '!=')) return false;
  const isStatus = (e: Expr): boolean => {
    const s = unparen(e);
    return s.kind === 'SelectorExpr' && s.sel.name === 'StatusCode' && s.x.kind === 'Ident' && s.x.obj === response;
  };
  const isBodyless = (e: Expr): boolean => BODYLESS.test(unit.text(unparen(e)));
  return (isStatus(x.x) && isBodyless(x.y)) || (isStatus(x.y) && isBodyless(x.x));
}

/** Statuses of answers that say what was done, and hardly ever more. */
const BRIEF = /^(?:20[12]|(?:\w+\.)?Status(?:Created|Accepted))$/;

/**
 * True for the mention of a response in a call by which a test demands a status whose answers have no body: `expectStatus(t, resp, 204)`,
 * `assert.Equal(t, http.StatusNoContent, resp.StatusCode)`. A helper that gets the whole response may know of those that are brief, too.
 */
export function demandsNoBody(unit: DeclUnit, parents: ParentMap, mention: Ident): boolean {
  const field = parents.get(mention);
  const isStatus = field?.kind === 'SelectorExpr' && field.sel.name === 'StatusCode';
  const arg = isStatus ? field : mention;
  const call = parents.get(arg);
  if (call?.kind !== 'CallExpr' || !call.args.some((x) => x === arg)) return false;
  return call.args.some((x) => {
    const status = unit.text(unparen(x));
    return BODYLESS.test(status) || (!isStatus && BRIEF.test(status));
  });
}
