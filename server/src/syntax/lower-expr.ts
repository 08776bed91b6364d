/** Expressions: CST → AST. */
import type { BasicLit, CallExpr, CompositeLit, Expr, FuncLit, SliceExpr, UnaryExpr } from './ast.ts';
import { exprChildren, ident, identExpr, onlyChild, signature, TYPES } from './lower-type.ts';
import type { TreeReader } from './tree-reader.ts';

function bad(at: number): Expr {
  return { kind: 'BadExpr', start: at, end: at };
}

function literal(lit: BasicLit['lit']): (r: TreeReader) => BasicLit {
  return (r) => {
    const { start, end } = r;
    if (start === end) r.bad = true;
    return { kind: 'BasicLit', start, end, lit, value: r.text.slice(start, end) };
  };
}

function unary(r: TreeReader): Expr {
  const { start, end } = r;
  const op = r.text[start];
  const x = onlyChild(r);
  if (op === '*') return { kind: 'StarExpr', start, end, x };
  return { kind: 'UnaryExpr', start, end, op: op === '<' ? '<-' : (op as UnaryExpr['op']), x };
}

function binary(r: TreeReader): Expr {
  const { start, end } = r;
  let x: Expr | undefined;
  let y: Expr | undefined;
  let op = '';
  if (r.down()) {
    do {
      if (!r.isExpr()) op = r.grammar.types[r.kind] ?? '';
      else if (!x) x = r.expr();
      else y = r.expr();
    } while (r.next());
    r.up();
  }
  return { kind: 'BinaryExpr', start, end, op, x: x ?? bad(start), y: y ?? bad(end) };
}

function paren(r: TreeReader): Expr {
  const { start, end } = r;
  return { kind: 'ParenExpr', start, end, x: onlyChild(r) };
}

function selector(r: TreeReader): Expr {
  const { start, end } = r;
  let x: Expr | undefined;
  let sel: Expr | undefined;
  if (r.down()) {
    do {
      if (x && r.kind === r.grammar.fieldIdentifier) sel = ident(r);
      else if (r.isExpr()) x = r.expr();
    } while (r.next());
    r.up();
  }
  if (sel?.kind !== 'Ident') return r.badExpr();
  return { kind: 'SelectorExpr', start, end, x: x ?? bad(start), sel };
}

/** `x[i]`, and `T[A, B]` where the parser took x for a type. */
function index(r: TreeReader): Expr {
  const { start, end } = r;
  const [x, ...indices] = exprChildren(r);
  return { kind: 'IndexExpr', start, end, x: x ?? bad(start), indices };
}

function slice(r: TreeReader): SliceExpr {
  const { start, end } = r;
  const node: SliceExpr = { kind: 'SliceExpr', start, end, x: bad(start) };
  if (!r.down()) return node;
  let hasOperand = false;
  let colons = 0;
  do {
    if (r.kind === r.grammar.colon) colons++;
    else if (r.isExpr()) {
      const e = r.expr();
      if (!hasOperand) {
        node.x = e;
        hasOperand = true;
      } else if (colons === 0) node.low = e;
      else if (colons === 1) node.high = e;
      else node.max = e;
    }
  } while (r.next());
  r.up();
  return node;
}

function typeAssertion(r: TreeReader): Expr {
  const { start, end } = r;
  const [x, type] = exprChildren(r);
  return { kind: 'TypeAssertExpr', start, end, x: x ?? bad(start), type: type ?? bad(end) };
}

function call(r: TreeReader): CallExpr {
  const { start, end } = r;
  const node: CallExpr = {
    kind: 'CallExpr',
    start,
    end,
    fun: bad(start),
    args: [],
    spread: false,
    lparen: end,
    rparen: end,
  };
  if (!r.down()) return node;
  do {
    if (r.kind === r.grammar.argumentList) argumentList(r, node);
    else if (r.kind === r.grammar.typeArguments) {
      const typeEnd = r.end;
      node.fun = { kind: 'IndexExpr', start: node.fun.start, end: typeEnd, x: node.fun, indices: exprChildren(r) };
    } else if (r.isExpr()) node.fun = r.expr();
  } while (r.next());
  r.up();
  return node;
}

function argumentList(r: TreeReader, node: CallExpr): void {
  node.lparen = r.start;
  node.rparen = Math.max(node.lparen, r.end - 1);
  if (!r.down()) return;
  do {
    const entry = r.grammar.types[r.kind];
    if (entry === 'variadic_argument') {
      node.spread = true;
      node.args.push(onlyChild(r));
    } else if (r.isExpr()) node.args.push(r.expr());
  } while (r.next());
  r.up();
}

/** `T(x)` where T can only be a type. */
function conversion(r: TreeReader): CallExpr {
  const { start, end } = r;
  const node: CallExpr = {
    kind: 'CallExpr',
    start,
    end,
    fun: bad(start),
    args: [],
    spread: false,
    lparen: end,
    rparen: end - 1,
  };
  if (!r.down()) return node;
  do {
    if (r.kind === r.grammar.lparen) node.lparen = r.start;
    else if (r.kind === r.grammar.rparen) node.rparen = r.start;
    else if (r.isExpr()) {
      const e = r.expr();
      if (node.lparen === end) node.fun = e;
      else node.args.push(e);
    }
  } while (r.next());
  r.up();
  return node;
}

function composite(r: TreeReader): CompositeLit {
  const { start, end } = r;
  let type: Expr | undefined;
  let elts: Expr[] = [];
  if (r.down()) {
    do {
      if (r.kind === r.grammar.literalValue) elts = exprChildren(r);
      else if (r.isExpr()) type = r.expr();
    } while (r.next());
    r.up();
  }
  return { kind: 'CompositeLit', start, end, type: type ?? bad(start), elts };
}

/** `{…}` inside a composite literal whose element type is left out. */
function elidedComposite(r: TreeReader): CompositeLit {
  const { start, end } = r;
  return { kind: 'CompositeLit', start, end, elts: exprChildren(r) };
}

function keyed(r: TreeReader): Expr {
  const { start, end } = r;
  const [key, value] = exprChildren(r);
  return { kind: 'KeyValueExpr', start, end, key: key ?? bad(start), value: value ?? bad(end) };
}

function funcLit(r: TreeReader): FuncLit {
  const { start, end } = r;
  const { type, body } = signature(r, false);
  return { kind: 'FuncLit', start, end, type, body: body ?? { kind: 'BlockStmt', start: end, end, stmts: [] } };
}

/** Readers of expression and type nodes by CST node name. */
export const EXPRESSIONS: Readonly<Record<string, (r: TreeReader) => Expr>> = {
  ...TYPES,
  identifier: identExpr,
  blank_identifier: identExpr,
  nil: identExpr,
  true: identExpr,
  false: identExpr,
  iota: identExpr,
  int_literal: literal('int'),
  float_literal: literal('float'),
  imaginary_literal: literal('imag'),
  rune_literal: literal('char'),
  interpreted_string_literal: literal('string'),
  raw_string_literal: literal('string'),
  unary_expression: unary,
  binary_expression: binary,
  parenthesized_expression: paren,
  selector_expression: selector,
  index_expression: index,
  type_instantiation_expression: index,
  slice_expression: slice,
  type_assertion_expression: typeAssertion,
  call_expression: call,
  type_conversion_expression: conversion,
  composite_literal: composite,
  literal_value: elidedComposite,
  literal_element: onlyChild,
  keyed_element: keyed,
  func_literal: funcLit,
};
