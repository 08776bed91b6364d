/** Functions that answer a request and return: whatever they leave running outlives it. */
import type { FuncNode, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { type ContextParam, contextParams } from './contexts.ts';
import { isContext, isErrorType, isNamed, type Type } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { unparen } from './walk.ts';

export interface Handler {
  kind: 'http' | 'grpc';
  func: FuncNode;
  /** Parameters that carry the context of the request, which ends when the handler returns. */
  contexts: ContextParam[];
}

/**
 * Tells whether a function has the shape of a request handler: `(http.ResponseWriter, *http.Request)` among its
 * parameters, or that of a unary gRPC method, `(ctx, *XRequest) (*XResponse, error)` on a receiver.
 */
export function handlerOf(analysis: Analysis, unit: DeclUnit, func: FuncNode): Handler | undefined {
  const { params, results } = analysis.types.signature(unit, func.type);
  if (
    params.some((t) => isNamed(t, 'net/http', 'ResponseWriter')) &&
    params.some((t) => isNamed(t, 'net/http', 'Request'))
  )
    return { kind: 'http', func, contexts: contextParams(analysis, unit, func) };
  const [ctx, request] = params;
  const [response, error] = results;
  if (func.kind !== 'FuncDecl' || !func.recv || params.length !== 2 || results.length !== 2) return undefined;
  if (!ctx || !isContext(ctx) || !error || !isErrorType(error)) return undefined;
  if (!/(?:Request|Req)$/.test(messageName(request)) || !/(?:Response|Reply|Resp|Empty)$/.test(messageName(response)))
    return undefined;
  return { kind: 'grpc', func, contexts: contextParams(analysis, unit, func) };
}

/** Name of the struct a pointer points at. */
function messageName(type: Type | undefined): string {
  return type?.kind === 'pointer' && type.elem.kind === 'named' ? type.elem.name : '';
}

/**
 * True when an expression is a context that ends with the request: a context parameter, `r.Context()`, or a context
 * derived from one. Variables that are assigned more than once, and contexts made by unknown functions, are not.
 */
export function endsWithRequest(analysis: Analysis, unit: DeclUnit, handler: Handler, expr: Node, depth = 0): boolean {
  if (depth > 5) return false;
  const own = (node: Node | undefined): boolean =>
    node !== undefined && endsWithRequest(analysis, unit, handler, node, depth + 1);
  if (expr.kind === 'ParenExpr') return own(expr.x);
  if (expr.kind === 'CallExpr') {
    const fun = unparen(expr.fun);
    if (fun.kind === 'SelectorExpr' && fun.sel.name === 'Context' && fun.x.kind === 'Ident')
      return handler.contexts.some(
        (p) => p.from === 'request' && p.object === (fun.x.kind === 'Ident' ? fun.x.obj : undefined),
      );
    return /^context\.With(?!outCancel)/.test(analysis.callee(unit, expr).name) && own(expr.args[0]);
  }
  const object = expr.kind === 'Ident' ? expr.obj : undefined;
  if (!object || object.writes.length > 0 || object.addressTaken) return false;
  if (handler.contexts.some((p) => p.object === object)) return isContext(analysis.objectType(unit, object));
  const d = object.declNode;
  return d.kind === 'AssignStmt' && d.rhs.length === 1 && d.lhs[0] === object.decl && own(d.rhs[0]);
}
