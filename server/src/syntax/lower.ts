/** From a tree-sitter tree of one top-level declaration to the AST. */
import type { Language, Tree } from 'web-tree-sitter';
import type { Decl, DeclTree, GenDecl } from './ast.ts';
import { openTreeCursor, type OpenCursor } from './cursor.ts';
import { funcDecl } from './lower-decl.ts';
import { EXPRESSIONS } from './lower-expr.ts';
import { STATEMENTS } from './lower-stmt.ts';
import { Grammar, TreeReader } from './tree-reader.ts';

/** Resolves the names of the grammar's nodes once, so that lowering compares numbers. */
export function createGrammar(language: Language, openCursor: OpenCursor = openTreeCursor): Grammar {
  return new Grammar(language, openCursor, EXPRESSIONS, STATEMENTS);
}

/**
 * Reads the first declaration of `tree` into plain data.
 *
 * `text` gives the spelling of tokens and may differ from the parsed text where lengths agree. The tree stays the
 * caller's. Never throws: what did not parse becomes BadExpr or BadStmt, and `hasError` is set; so it is when anything
 * but comments stands beside the declaration.
 */
export function lowerDeclaration(grammar: Grammar, tree: Tree, text: string): DeclTree {
  const hasError = tree.rootNode.hasError;
  const cursor = grammar.openCursor(tree);
  try {
    const r = new TreeReader(grammar, cursor, text);
    let decl: Decl | undefined;
    if (r.down(true)) {
      do {
        if (r.kind === grammar.newline) continue;
        if (decl || (hasError && r.start !== text.search(/\S/))) r.bad = true;
        else decl = declaration(r);
      } while (r.next(true));
      r.up();
    }
    return { decl: decl ?? unreadable(text), hasError: hasError || r.bad || !decl };
  } finally {
    cursor.delete();
  }
}

function declaration(r: TreeReader): Decl | undefined {
  const g = r.grammar;
  if (r.kind === g.functionDeclaration) return funcDecl(r, false);
  if (r.kind === g.methodDeclaration) return funcDecl(r, true);
  if (!r.isStmt()) {
    r.bad = true;
    return undefined;
  }
  const stmt = r.stmt();
  if (stmt.kind === 'DeclStmt') return stmt.decl;
  r.bad = true;
  return undefined;
}

const HEADER = /^\s*(?:func\s*(?:\([^()]*\)\s*)?([\p{L}_][\p{L}\p{N}_]*)?|(var|const|type)(?![\p{L}\p{N}_]))/u;

/** Stands for a declaration of which nothing could be read but, with luck, its keyword and name. */
export function unreadable(text: string): DeclTree['decl'] {
  const match = HEADER.exec(text);
  const end = text.length;
  const tok = match?.[2] as GenDecl['tok'] | undefined;
  if (tok) return { kind: 'GenDecl', start: 0, end, tok, specs: [] };
  const name = match?.[1] ?? '';
  const nameEnd = match ? match[0].length : 0;
  return {
    kind: 'FuncDecl',
    start: 0,
    end,
    name: { kind: 'Ident', start: nameEnd - name.length, end: nameEnd, name },
    type: { kind: 'FuncType', start: 0, end: nameEnd, typeParams: [], params: [], results: [], paramsEnd: nameEnd },
  };
}
