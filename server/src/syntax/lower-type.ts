/** Types, signatures and field lists: CST → AST. */
import type {
  ArrayType,
  BlockStmt,
  ChanType,
  Expr,
  Field,
  FuncType,
  Ident,
  InterfaceType,
  MapType,
  ParenExpr,
  StructType,
} from './ast.ts';
import { block } from './lower-stmt.ts';
import type { TreeReader } from './tree-reader.ts';

/** The current node as an identifier, whatever its role. A missing one has an empty name. */
export function ident(r: TreeReader): Ident {
  const { start, end } = r;
  if (start === end) r.bad = true;
  return identifier(r, start, end);
}

/** An identifier, or a bad expression when the parser had to invent it. */
export function identExpr(r: TreeReader): Expr {
  const { start, end } = r;
  return start === end ? r.badExpr() : identifier(r, start, end);
}

/** With room for what the binder finds: an object that grows later takes twice the memory. */
function identifier(r: TreeReader, start: number, end: number): Ident {
  return { kind: 'Ident', start, end, name: r.text.slice(start, end), obj: undefined };
}

/** The only expression or type among the children of the current node. */
export function onlyChild(r: TreeReader): Expr {
  let x: Expr | undefined;
  if (r.down()) {
    do if (!x && r.isExpr()) x = r.expr();
    while (r.next());
    r.up();
  }
  return x ?? r.badExpr();
}

/** All expressions and types among the children of the current node. */
export function exprChildren(r: TreeReader): Expr[] {
  const list: Expr[] = [];
  if (r.down()) {
    do if (r.isExpr()) list.push(r.expr());
    while (r.next());
    r.up();
  }
  return list;
}

function bad(at: number): Expr {
  return { kind: 'BadExpr', start: at, end: at };
}

function qualifiedType(r: TreeReader): Expr {
  const { start, end } = r;
  const [x, sel] = exprChildren(r);
  if (!x || sel?.kind !== 'Ident') return r.badExpr();
  return { kind: 'SelectorExpr', start, end, x, sel };
}

function genericType(r: TreeReader): Expr {
  const { start, end } = r;
  let x: Expr | undefined;
  let indices: Expr[] = [];
  if (r.down()) {
    do {
      if (r.kind === r.grammar.typeArguments) indices = exprChildren(r);
      else if (!x && r.isExpr()) x = r.expr();
    } while (r.next());
    r.up();
  }
  return { kind: 'IndexExpr', start, end, x: x ?? bad(start), indices };
}

/** `A | ~B`: one term stands for itself, more become `|` expressions. */
function typeElem(r: TreeReader): Expr {
  const [first, ...rest] = exprChildren(r);
  if (!first) return r.badExpr();
  return rest.reduce<Expr>((x, y) => ({ kind: 'BinaryExpr', start: x.start, end: y.end, op: '|', x, y }), first);
}

function pointerType(r: TreeReader): Expr {
  const { start, end } = r;
  return { kind: 'StarExpr', start, end, x: onlyChild(r) };
}

function negatedType(r: TreeReader): Expr {
  const { start, end } = r;
  return { kind: 'UnaryExpr', start, end, op: '~', x: onlyChild(r) };
}

function parenthesizedType(r: TreeReader): ParenExpr {
  const { start, end } = r;
  return { kind: 'ParenExpr', start, end, x: onlyChild(r) };
}

function arrayType(r: TreeReader): ArrayType {
  const { start, end } = r;
  const [len, elem] = exprChildren(r);
  return { kind: 'ArrayType', start, end, len: len ?? bad(start), elem: elem ?? bad(end) };
}

function implicitLengthArrayType(r: TreeReader): ArrayType {
  const { start, end } = r;
  return { kind: 'ArrayType', start, end, len: '...', elem: onlyChild(r) };
}

function sliceType(r: TreeReader): ArrayType {
  const { start, end } = r;
  return { kind: 'ArrayType', start, end, elem: onlyChild(r) };
}

function mapType(r: TreeReader): MapType {
  const { start, end } = r;
  const [key, value] = exprChildren(r);
  return { kind: 'MapType', start, end, key: key ?? bad(start), value: value ?? bad(end) };
}

function channelType(r: TreeReader): ChanType {
  const { start, end } = r;
  let dir: ChanType['dir'] = 'both';
  let value: Expr | undefined;
  if (r.down()) {
    let first = true;
    do {
      if (r.kind === r.grammar.arrow) dir = first ? 'recv' : 'send';
      else if (r.isExpr()) value = r.expr();
      first = false;
    } while (r.next());
    r.up();
  }
  return { kind: 'ChanType', start, end, dir, value: value ?? bad(end) };
}

function structType(r: TreeReader): StructType {
  const { start, end } = r;
  const fields: Field[] = [];
  if (r.down()) {
    do {
      if (r.kind !== r.grammar.fieldDeclarationList || !r.down()) continue;
      do if (r.kind === r.grammar.fieldDeclaration) fields.push(fieldDeclaration(r));
      while (r.next());
      r.up();
    } while (r.next());
    r.up();
  }
  return { kind: 'StructType', start, end, fields };
}

function fieldDeclaration(r: TreeReader): Field {
  const { start, end } = r;
  const field: Field = { kind: 'Field', start, end, names: [], type: bad(end), variadic: false };
  let star = -1;
  if (r.down()) {
    do {
      if (r.kind === r.grammar.fieldIdentifier) field.names.push(ident(r));
      else if (r.kind === r.grammar.star) star = r.start;
      else if (r.kind === r.grammar.rawString || r.kind === r.grammar.string) field.tag = r.text.slice(r.start, r.end);
      else if (r.isExpr()) field.type = r.expr();
    } while (r.next());
    r.up();
  }
  if (star >= 0) field.type = { kind: 'StarExpr', start: star, end: field.type.end, x: field.type };
  return field;
}

function interfaceType(r: TreeReader): InterfaceType {
  const { start, end } = r;
  const node: InterfaceType = { kind: 'InterfaceType', start, end, methods: [], embeds: [] };
  if (r.down()) {
    do {
      if (r.kind === r.grammar.methodElem) {
        const { name, type } = signature(r, false);
        if (name) node.methods.push({ name, type: { ...type, start: name.end } });
      } else if (r.kind === r.grammar.typeElem) node.embeds.push(typeElem(r));
    } while (r.next());
    r.up();
  }
  return node;
}

export interface Signature {
  name?: Ident;
  recv?: Field;
  type: FuncType;
  body?: BlockStmt;
}

/** Reads the header (and body) of a function declaration, method, literal, type or interface method. */
export function signature(r: TreeReader, isMethod: boolean): Signature {
  const { start } = r;
  const g = r.grammar;
  const type: FuncType = {
    kind: 'FuncType',
    start,
    end: start,
    typeParams: [],
    params: [],
    results: [],
    paramsEnd: start,
  };
  const out: Signature = { type };
  let awaitsReceiver = isMethod;
  let hasParams = false;
  if (!r.down()) return out;
  do {
    const kind = r.kind;
    if (kind === g.parameterList) {
      const fields = parameters(r);
      if (awaitsReceiver) {
        awaitsReceiver = false;
        out.recv = fields[0] ?? {
          kind: 'Field',
          start: r.start,
          end: r.end,
          names: [],
          type: bad(r.start),
          variadic: false,
        };
      } else if (!hasParams) {
        hasParams = true;
        type.params = fields;
        type.end = type.paramsEnd = r.end;
      } else {
        type.results = fields;
        type.end = r.end;
      }
    } else if (kind === g.block) out.body = block(r);
    else if (kind === g.typeParameterList) type.typeParams = typeParameters(r);
    else if (!hasParams) {
      if (!out.name && (kind === g.identifier || kind === g.fieldIdentifier)) out.name = ident(r);
    } else if (r.isExpr()) {
      const result = r.expr();
      type.results = [
        { kind: 'Field', start: result.start, end: result.end, names: [], type: result, variadic: false },
      ];
      type.end = result.end;
    }
  } while (r.next());
  r.up();
  return out;
}

function funcType(r: TreeReader): FuncType {
  return signature(r, false).type;
}

function parameters(r: TreeReader): Field[] {
  const fields: Field[] = [];
  if (!r.down()) return fields;
  do {
    if (r.kind === r.grammar.parameterDeclaration) fields.push(namedField(r, false));
    else if (r.kind === r.grammar.variadicParameter) fields.push(namedField(r, true));
  } while (r.next());
  r.up();
  return fields;
}

/** Type parameters of a function or type declaration. */
export function typeParameters(r: TreeReader): Field[] {
  const fields: Field[] = [];
  if (!r.down()) return fields;
  do if (r.kind === r.grammar.typeParameterDeclaration) fields.push(namedField(r, false));
  while (r.next());
  r.up();
  return fields;
}

function namedField(r: TreeReader, variadic: boolean): Field {
  const { start, end } = r;
  const field: Field = { kind: 'Field', start, end, names: [], type: bad(end), variadic };
  if (!r.down()) return field;
  do {
    if (r.kind === r.grammar.identifier) field.names.push(ident(r));
    else if (r.isExpr()) field.type = r.expr();
  } while (r.next());
  r.up();
  return field;
}

/** Readers of type nodes by CST node name. */
export const TYPES: Readonly<Record<string, (r: TreeReader) => Expr>> = {
  type_identifier: identExpr,
  field_identifier: identExpr,
  package_identifier: identExpr,
  qualified_type: qualifiedType,
  generic_type: genericType,
  type_elem: typeElem,
  type_constraint: typeElem,
  pointer_type: pointerType,
  negated_type: negatedType,
  parenthesized_type: parenthesizedType,
  array_type: arrayType,
  implicit_length_array_type: implicitLengthArrayType,
  slice_type: sliceType,
  map_type: mapType,
  channel_type: channelType,
  struct_type: structType,
  interface_type: interfaceType,
  function_type: funcType,
};
