/** Compact, readable form of AST nodes for expectations. */
import type { Decl, Expr, Field, FuncType, Node } from '../../src/syntax/ast.ts';

type Dumpable = Node | { start: number; end: number; kind: 'FuncDecl' };

function list(nodes: readonly Node[]): string {
  return nodes.map((n) => dump(n)).join(' ');
}

function optional(name: string, node: Node | undefined): string {
  return node ? ` ${name}=${dump(node)}` : '';
}

function fields(all: readonly Field[]): string {
  return all
    .map((f) => {
      const names = f.names.map((n) => n.name).join(',');
      return `${names}${names ? ':' : ''}${f.variadic ? '...' : ''}${dump(f.type)}${f.tag ?? ''}`;
    })
    .join(' ');
}

function funcType(t: FuncType): string {
  return `${t.typeParams.length ? `[${fields(t.typeParams)}]` : ''}(${fields(t.params)})${t.results.length ? `(${fields(t.results)})` : ''}`;
}

/** `dump` of a whole declaration. */
export function dumpDecl(decl: Decl): string {
  if (decl.kind === 'GenDecl') return `${decl.tok}{${list(decl.specs)}}`;
  const recv = decl.recv ? `(${fields([decl.recv])}).` : '';
  return `func ${recv}${decl.name.name}${funcType(decl.type)}${decl.body ? dump(decl.body) : ''}`;
}

/** One line per node: kind of construct and children, in a Lisp-like notation; identifiers and literals as written. */
export function dump(node: Dumpable): string {
  const n = node as Node;
  switch (n.kind) {
    case 'Ident':
      return n.name;
    case 'BasicLit':
      return n.value;
    case 'CompositeLit':
      return `${n.type ? dump(n.type) : ''}{${list(n.elts)}}`;
    case 'FuncLit':
      return `func${funcType(n.type)}${dump(n.body)}`;
    case 'ParenExpr':
      return `(paren ${dump(n.x)})`;
    case 'SelectorExpr':
      return `${dump(n.x)}.${n.sel.name}`;
    case 'IndexExpr':
      return `${dump(n.x)}[${list(n.indices)}]`;
    case 'SliceExpr':
      return `${dump(n.x)}[${[n.low, n.high, n.max].map((e) => (e ? dump(e) : '')).join(':')}]`;
    case 'TypeAssertExpr':
      return `${dump(n.x)}.(${n.type ? dump(n.type) : 'type'})`;
    case 'CallExpr':
      return `${dump(n.fun)}(${list(n.args)}${n.spread ? '...' : ''})`;
    case 'StarExpr':
      return `*${dump(n.x)}`;
    case 'UnaryExpr':
      return `${n.op}${dump(n.x)}`;
    case 'BinaryExpr':
      return `(${dump(n.x)} ${n.op} ${dump(n.y)})`;
    case 'KeyValueExpr':
      return `${dump(n.key)}: ${dump(n.value)}`;
    case 'ArrayType':
      return `[${n.len === undefined || n.len === '...' ? (n.len ?? '') : dump(n.len)}]${dump(n.elem)}`;
    case 'StructType':
      return `struct{${fields(n.fields)}}`;
    case 'FuncType':
      return `func${funcType(n)}`;
    case 'InterfaceType':
      return `interface{${[...n.methods.map((m) => m.name.name + funcType(m.type)), ...n.embeds.map((e: Expr) => dump(e))].join(' ')}}`;
    case 'MapType':
      return `map[${dump(n.key)}]${dump(n.value)}`;
    case 'ChanType':
      return `${{ both: 'chan', send: 'chan<-', recv: '<-chan' }[n.dir]} ${dump(n.value)}`;
    case 'BadExpr':
    case 'BadStmt':
      return `<${n.kind}>`;
    case 'BlockStmt':
      return `{${n.stmts.map((s) => dump(s)).join('; ')}}`;
    case 'ExprStmt':
      return dump(n.x);
    case 'SendStmt':
      return `send ${dump(n.chan)} ${dump(n.value)}`;
    case 'IncDecStmt':
      return `${dump(n.x)}${n.op}`;
    case 'AssignStmt':
      return `${list(n.lhs)} ${n.op} ${list(n.rhs)}`;
    case 'GoStmt':
      return `go ${dump(n.call)}`;
    case 'DeferStmt':
      return `defer ${dump(n.call)}`;
    case 'ReturnStmt':
      return `return ${list(n.results)}`.trimEnd();
    case 'BranchStmt':
      return n.label ? `${n.tok} ${n.label.name}` : n.tok;
    case 'IfStmt':
      return `if${optional('init', n.init)} ${dump(n.cond)} ${dump(n.body)}${n.else ? ` else ${dump(n.else)}` : ''}`;
    case 'CaseClause':
      return `${n.isDefault ? 'default' : `case ${list(n.exprs)}`}: ${n.body.map((s) => dump(s)).join('; ')}`.trimEnd();
    case 'SwitchStmt':
      return `switch${optional('init', n.init)}${optional('tag', n.tag)} {${list(n.cases)}}`;
    case 'TypeSwitchStmt':
      return `typeswitch${optional('init', n.init)}${optional('bind', n.bind)} ${dump(n.x)} {${list(n.cases)}}`;
    case 'CommClause':
      return `${n.comm ? `case ${dump(n.comm)}` : 'default'}: ${n.body.map((s) => dump(s)).join('; ')}`.trimEnd();
    case 'SelectStmt':
      return `select {${list(n.clauses)}}`;
    case 'ForStmt':
      return `for${optional('init', n.init)}${optional('cond', n.cond)}${optional('post', n.post)} ${dump(n.body)}`;
    case 'RangeStmt':
      return `range${optional('key', n.key)}${optional('value', n.value)}${n.define ? ' :=' : ''} ${dump(n.x)} ${dump(n.body)}`;
    case 'LabeledStmt':
      return `${n.label.name}: ${dump(n.stmt)}`;
    case 'DeclStmt':
      return dumpDecl(n.decl);
    case 'EmptyStmt':
      return 'empty';
    case 'ValueSpec':
      return `(${n.names.map((i) => i.name).join(',')}${n.type ? ` ${dump(n.type)}` : ''}${n.values.length ? ` = ${list(n.values)}` : ''})`;
    case 'TypeSpec':
      return `(${n.name.name}${n.typeParams.length ? `[${fields(n.typeParams)}]` : ''}${n.alias ? ' =' : ''} ${dump(n.type)})`;
    case 'Field':
      return fields([n]);
    case 'GenDecl':
    case 'FuncDecl':
      return dumpDecl(n);
  }
}
