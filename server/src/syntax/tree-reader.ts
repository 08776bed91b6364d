/** A forward-only reader over a tree-sitter tree: the one place where lowering touches the CST. */
import type { Language } from 'web-tree-sitter';
import type { Expr, Stmt } from './ast.ts';
import type { Cursor, OpenCursor } from './cursor.ts';

/** tree-sitter's symbol for source that did not parse. */
const ERROR_KIND = 65535;
const NONE = -1;

/** Nested deeper than this, an expression or statement is read as bad: later layers recurse, and stacks are finite. */
const MAX_DEPTH = 400;

type Lower<T> = (r: TreeReader) => T;

/** Numeric symbols of the loaded grammar, and the function that reads each kind of node, by symbol. */
export class Grammar {
  readonly types: readonly string[];
  readonly expressions: (Lower<Expr> | undefined)[];
  readonly statements: (Lower<Stmt> | undefined)[];
  /** Called with the name of a node kind no function reads. Set by tests. */
  onUnknown?: (kind: string) => void;

  readonly comment: number;
  readonly identifier: number;
  readonly fieldIdentifier: number;
  readonly typeIdentifier: number;
  readonly labelName: number;
  readonly block: number;
  readonly statementList: number;
  readonly expressionList: number;
  readonly parameterList: number;
  readonly parameterDeclaration: number;
  readonly variadicParameter: number;
  readonly typeParameterList: number;
  readonly typeParameterDeclaration: number;
  readonly typeArguments: number;
  readonly argumentList: number;
  readonly literalValue: number;
  readonly fieldDeclarationList: number;
  readonly fieldDeclaration: number;
  readonly methodElem: number;
  readonly typeElem: number;
  readonly rawString: number;
  readonly string: number;
  readonly varSpecList: number;
  readonly varSpec: number;
  readonly constSpec: number;
  readonly typeSpec: number;
  readonly typeAlias: number;
  readonly forClause: number;
  readonly rangeClause: number;
  readonly receiveStatement: number;
  readonly expressionCase: number;
  readonly typeCase: number;
  readonly defaultCase: number;
  readonly communicationCase: number;
  readonly functionDeclaration: number;
  readonly methodDeclaration: number;
  readonly semicolon: number;
  readonly colon: number;
  readonly define: number;
  readonly arrow: number;
  readonly ellipsis: number;
  readonly star: number;
  readonly comma: number;
  readonly lparen: number;
  readonly rparen: number;
  readonly dot: number;
  readonly newline: number;

  constructor(
    language: Language,
    readonly openCursor: OpenCursor,
    expressions: Readonly<Record<string, Lower<Expr>>>,
    statements: Readonly<Record<string, Lower<Stmt>>>,
  ) {
    const types = Array.from({ length: language.nodeTypeCount }, (_, id) => language.nodeTypeForId(id) ?? '');
    this.types = types;
    const table = <T>(by: Readonly<Record<string, T>>): (T | undefined)[] =>
      types.map((name, id) => (language.nodeTypeIsNamed(id) && Object.hasOwn(by, name) ? by[name] : undefined));
    this.expressions = table(expressions);
    this.statements = table(statements);

    const named = (name: string): number => language.idForNodeType(name, true) ?? NONE;
    const token = (name: string): number => language.idForNodeType(name, false) ?? NONE;
    this.comment = named('comment');
    this.identifier = named('identifier');
    this.fieldIdentifier = named('field_identifier');
    this.typeIdentifier = named('type_identifier');
    this.labelName = named('label_name');
    this.block = named('block');
    this.statementList = named('statement_list');
    this.expressionList = named('expression_list');
    this.parameterList = named('parameter_list');
    this.parameterDeclaration = named('parameter_declaration');
    this.variadicParameter = named('variadic_parameter_declaration');
    this.typeParameterList = named('type_parameter_list');
    this.typeParameterDeclaration = named('type_parameter_declaration');
    this.typeArguments = named('type_arguments');
    this.argumentList = named('argument_list');
    this.literalValue = named('literal_value');
    this.fieldDeclarationList = named('field_declaration_list');
    this.fieldDeclaration = named('field_declaration');
    this.methodElem = named('method_elem');
    this.typeElem = named('type_elem');
    this.rawString = named('raw_string_literal');
    this.string = named('interpreted_string_literal');
    this.varSpecList = named('var_spec_list');
    this.varSpec = named('var_spec');
    this.constSpec = named('const_spec');
    this.typeSpec = named('type_spec');
    this.typeAlias = named('type_alias');
    this.forClause = named('for_clause');
    this.rangeClause = named('range_clause');
    this.receiveStatement = named('receive_statement');
    this.expressionCase = named('expression_case');
    this.typeCase = named('type_case');
    this.defaultCase = named('default_case');
    this.communicationCase = named('communication_case');
    this.functionDeclaration = named('function_declaration');
    this.methodDeclaration = named('method_declaration');
    this.semicolon = token(';');
    this.colon = token(':');
    this.define = token(':=');
    this.arrow = token('<-');
    this.ellipsis = token('...');
    this.star = token('*');
    this.comma = token(',');
    this.lparen = token('(');
    this.rparen = token(')');
    this.dot = token('.');
    this.newline = token('\n');
  }
}

/**
 * Position in a tree plus the text it was parsed from. Comments are never visited; `ERROR` nodes are visited only
 * where the caller asks for them (`down(true)`), and are passed over elsewhere.
 */
export class TreeReader {
  /** Symbol of the current node. */
  kind = NONE;
  /** Set once something had to be read as bad. */
  bad = false;
  private depth = 0;

  constructor(
    readonly grammar: Grammar,
    private readonly cursor: Cursor,
    readonly text: string,
  ) {
    this.kind = cursor.nodeTypeId;
  }

  get start(): number {
    return this.cursor.startIndex;
  }

  get end(): number {
    return this.cursor.endIndex;
  }

  get isError(): boolean {
    return this.kind === ERROR_KIND;
  }

  /** To the first child; false, and no move, when there is none. */
  down(errors = false): boolean {
    if (!this.cursor.gotoFirstChild()) return false;
    this.kind = this.cursor.nodeTypeId;
    if (!this.skipped(errors) || this.next(errors)) return true;
    this.cursor.gotoParent();
    return false;
  }

  /** To the next sibling; false when there is none. */
  next(errors = false): boolean {
    while (this.cursor.gotoNextSibling()) {
      this.kind = this.cursor.nodeTypeId;
      if (!this.skipped(errors)) return true;
    }
    return false;
  }

  /** Back to the parent. The reader goes on with `next`, so its kind is not looked up again. */
  up(): void {
    this.cursor.gotoParent();
  }

  private skipped(errors: boolean): boolean {
    return this.kind === this.grammar.comment || (this.kind === ERROR_KIND && !errors);
  }

  /** Reads the current node as an expression or type. */
  expr(): Expr {
    const lower = this.grammar.expressions[this.kind];
    if (!lower) return this.badExpr();
    if (this.depth >= MAX_DEPTH) return this.badExpr();
    this.depth++;
    const node = lower(this);
    this.depth--;
    return node;
  }

  /** Reads the current node as a statement. */
  stmt(): Stmt {
    const lower = this.grammar.statements[this.kind];
    if (!lower || this.depth >= MAX_DEPTH) {
      const { start, end } = this.unread(lower);
      return { kind: 'BadStmt', start, end };
    }
    this.depth++;
    const node = lower(this);
    this.depth--;
    return node;
  }

  badExpr(): Expr {
    const { start, end } = this.unread(this.grammar.expressions[this.kind]);
    return { kind: 'BadExpr', start, end };
  }

  isExpr(): boolean {
    return this.grammar.expressions[this.kind] !== undefined;
  }

  isStmt(): boolean {
    return this.grammar.statements[this.kind] !== undefined;
  }

  private unread(lower: unknown): { start: number; end: number } {
    this.bad = true;
    if (!lower && this.kind !== ERROR_KIND) this.grammar.onUnknown?.(this.grammar.types[this.kind] ?? '');
    return { start: this.start, end: this.end };
  }
}
