/** Parses single Go declarations with tree-sitter. */
import { Language, Parser, type Tree } from 'web-tree-sitter';
import type { DeclTree } from './ast.ts';
import { chooseCursor } from './cursor.ts';
import { createGrammar, lowerDeclaration, unreadable } from './lower.ts';
import type { Grammar } from './tree-reader.ts';

export interface WasmBytes {
  /** `web-tree-sitter.wasm` */
  runtime: Uint8Array;
  /** `tree-sitter-go.wasm` */
  grammar: Uint8Array;
}

/** Longer declarations (UTF-16 units) are tables of data; they are reported as `hasError` without being parsed. */
export const MAX_DECLARATION_LENGTH = 2 * 1024 * 1024;

let loaded: Promise<{ language: Language; grammar: Grammar }> | undefined;

async function load(wasm: WasmBytes): Promise<{ language: Language; grammar: Grammar }> {
  const module = { wasmBinary: wasm.runtime, locateFile: (file: string) => file };
  await Parser.init(module);
  const language = await Language.load(wasm.grammar);
  const parser = new Parser().setLanguage(language);
  try {
    return { language, grammar: createGrammar(language, chooseCursor(module, parser)) };
  } finally {
    parser.delete();
  }
}

/** A Go parser. Owns a tree-sitter parser until `dispose`. */
export class GoParser {
  private readonly parser = new Parser();

  private constructor(
    language: Language,
    private readonly grammar: Grammar,
  ) {
    this.parser.setLanguage(language);
  }

  /** The runtime and grammar are loaded once per process, from the first caller's bytes. Rejects when they are not valid wasm. */
  static async create(wasm: WasmBytes): Promise<GoParser> {
    loaded ??= load(wasm).catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    const { language, grammar } = await loaded;
    return new GoParser(language, grammar);
  }

  /**
   * Parses the text of one top-level declaration: `func`, `type`, `var` or `const`, without what stands around it.
   * Offsets in the result are UTF-16 offsets in `text`. Never throws on any text.
   */
  parseDeclaration(text: string): DeclTree {
    if (text.length > MAX_DECLARATION_LENGTH) return { decl: unreadable(text), hasError: true };
    const result = this.parseAs(text, text);
    if (!result.hasError) return result;
    for (const variant of respelled(text)) {
      const retried = this.parseAs(variant, text);
      if (!retried.hasError) return retried;
    }
    return result;
  }

  /** Frees the tree-sitter parser. */
  dispose(): void {
    this.parser.delete();
  }

  /**
   * Parses without lowering. `old` is a tree of an earlier text, edited to match this one. The tree returned belongs to
   * the caller, as `old` still does.
   */
  parseTree(text: string, old?: Tree): Tree {
    // The grammar wants a line break after declarations other than functions.
    const tree = this.parser.parse(text + '\n', old);
    if (!tree) throw new Error('tree-sitter returned no tree without being cancelled');
    return tree;
  }

  /** Reads a tree of `parseTree`; the tree stays the caller's. See `lowerDeclaration`. */
  lowerTree(tree: Tree, text: string): DeclTree {
    return lowerDeclaration(this.grammar, tree, text);
  }

  private parseAs(source: string, text: string): DeclTree {
    const tree = this.parseTree(source);
    try {
      return this.lowerTree(tree, text);
    } finally {
      tree.delete();
    }
  }
}

/** An argument of `new` or `make` that can only be a type. */
const TYPE_ONLY = /^\s*(?:\[|map\b|chan\b|struct\b|interface\b|func\b|<-\s*chan\b)/;

/** The end of a line behind which a block stands that belongs to nothing. */
const BARE_BLOCK = /(?<=\}[ \t\r]*)\n(?=\s*\{)/g;

/**
 * Other spellings, of the same length, of text that tree-sitter-go 0.25 reads wrongly: `new` and `make` of expressions, and a block
 * below a statement that ends in one, as below `if a.ok { f() }`, where an explicit semicolon tells them apart.
 */
function respelled(text: string): string[] {
  const parted = text.replace(BARE_BLOCK, ';');
  return [...(parted === text ? [] : [parted]), ...respelledCalls(text)];
}

/**
 * tree-sitter-go 0.25 reads the first argument of `new` and `make` as a type, but since Go 1.26 `new` takes expressions,
 * and either name may be declared anew. Spelled in another way, of the same length, it is an ordinary call. First those
 * calls whose argument is not plainly a type, then all.
 */
function respelledCalls(text: string): string[] {
  const calls = /\b(?:new|make)\(/g;
  if (!calls.test(text)) return [];
  const respell = (call: string): string => (call === 'new(' ? 'neW(' : 'makE(');
  const some = text.replace(calls, (call, at: number) =>
    TYPE_ONLY.test(text.slice(at + call.length, at + call.length + 80)) ? call : respell(call),
  );
  const all = text.replace(calls, respell);
  return some === all ? [all] : [some, all];
}
