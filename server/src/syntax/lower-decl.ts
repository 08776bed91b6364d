/** Declarations: CST → AST. */
import type { Expr, FuncDecl, GenDecl, Ident, TypeSpec, ValueSpec } from './ast.ts';
import { exprChildren, ident, signature, typeParameters } from './lower-type.ts';
import type { TreeReader } from './tree-reader.ts';

function bad(at: number): Expr {
  return { kind: 'BadExpr', start: at, end: at };
}

/** Reads a `function_declaration` or `method_declaration`. */
export function funcDecl(r: TreeReader, isMethod: boolean): FuncDecl {
  const { start, end } = r;
  const { name, recv, type, body } = signature(r, isMethod);
  if (!name) r.bad = true;
  const node: FuncDecl = {
    kind: 'FuncDecl',
    start,
    end,
    name: name ?? { kind: 'Ident', start, end: start, name: '' },
    type,
  };
  if (recv) node.recv = recv;
  if (body) node.body = body;
  return node;
}

/** Reads a `var_declaration`, `const_declaration` or `type_declaration`, grouped or not. */
export function genDecl(r: TreeReader, tok: GenDecl['tok']): GenDecl {
  const node: GenDecl = { kind: 'GenDecl', start: r.start, end: r.end, tok, specs: [] };
  specs(r, node);
  return node;
}

function specs(r: TreeReader, node: GenDecl): void {
  const g = r.grammar;
  if (!r.down()) return;
  do {
    if (r.kind === g.varSpec || r.kind === g.constSpec) node.specs.push(valueSpec(r));
    else if (r.kind === g.typeSpec || r.kind === g.typeAlias) node.specs.push(typeSpec(r));
    else if (r.kind === g.varSpecList) specs(r, node);
  } while (r.next());
  r.up();
}

function valueSpec(r: TreeReader): ValueSpec {
  const node: ValueSpec = { kind: 'ValueSpec', start: r.start, end: r.end, names: [], values: [] };
  if (!r.down()) return node;
  do {
    if (r.kind === r.grammar.identifier) node.names.push(ident(r));
    else if (r.kind === r.grammar.expressionList) node.values = exprChildren(r);
    else if (r.isExpr()) node.type = r.expr();
  } while (r.next());
  r.up();
  return node;
}

function typeSpec(r: TreeReader): TypeSpec {
  const { start, end } = r;
  const alias = r.kind === r.grammar.typeAlias;
  let name: Ident | undefined;
  let type: Expr | undefined;
  let typeParams: TypeSpec['typeParams'] = [];
  if (r.down()) {
    do {
      if (!name && r.kind === r.grammar.typeIdentifier) name = ident(r);
      else if (r.kind === r.grammar.typeParameterList) typeParams = typeParameters(r);
      else if (r.isExpr()) type = r.expr();
    } while (r.next());
    r.up();
  }
  if (!name || !type) r.bad = true;
  name ??= { kind: 'Ident', start, end: start, name: '' };
  return { kind: 'TypeSpec', start, end, name, typeParams, type: type ?? bad(end), alias };
}
