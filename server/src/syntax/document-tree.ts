/** Incremental parsing of the declarations of open documents. */
import { Edit, type Point, type Tree } from 'web-tree-sitter';
import type { DeclTree } from './ast.ts';
import { MAX_DECLARATION_LENGTH, type GoParser } from './parser.ts';

interface Entry {
  text: string;
  tree: Tree;
}

/**
 * Keeps the last error-free tree-sitter tree of recently parsed declarations, so that an edited declaration is parsed from
 * what it was. Results are always equal to those of `GoParser.parseDeclaration`: an incremental parse of broken code
 * may recover differently from a fresh one, so whenever there is an error the text is parsed afresh.
 */
export class DeclarationTrees {
  /** Oldest use first. */
  private readonly entries = new Map<string, Entry>();
  private size = 0;

  /** @param capacity UTF-16 code units of source whose trees are kept; the least recently used go first */
  constructor(
    private readonly parser: GoParser,
    private readonly capacity = 4 * 1024 * 1024,
  ) {}

  /** Number of trees held. */
  get held(): number {
    return this.entries.size;
  }

  /**
   * Parses the text of one top-level declaration; like `GoParser.parseDeclaration`.
   *
   * @param key names the place of the declaration: document and name, or document and ordinal. Any text may follow any
   *   other under one key; the closer they are, the faster.
   */
  parse(key: string, text: string): DeclTree {
    if (text.length > MAX_DECLARATION_LENGTH) {
      this.drop(key);
      return this.parser.parseDeclaration(text);
    }
    const entry = this.entries.get(key);
    const tree = entry ? this.reparse(entry, text) : this.parser.parseTree(text);
    let keep = false;
    try {
      const result = this.parser.lowerTree(tree, text);
      if (result.hasError) return this.parser.parseDeclaration(text);
      keep = true;
      return result;
    } finally {
      if (keep) this.store(key, { text, tree });
      else tree.delete();
    }
  }

  /** Drops the trees of all keys that start with `prefix`, for example those of a closed document. */
  forget(prefix: string): void {
    for (const key of [...this.entries.keys()]) if (key.startsWith(prefix)) this.drop(key);
  }

  /** Deletes all trees. The parser stays its owner's. */
  dispose(): void {
    this.forget('');
  }

  private reparse(entry: Entry, text: string): Tree {
    // The copy is edited, so that the entry still matches its own text if the new text turns out to be broken.
    const edited = entry.tree.copy();
    try {
      edited.edit(changeBetween(entry.text, text));
      return this.parser.parseTree(text, edited);
    } finally {
      edited.delete();
    }
  }

  private store(key: string, entry: Entry): void {
    this.drop(key);
    this.entries.set(key, entry);
    this.size += entry.text.length;
    for (const oldest of this.entries.keys()) {
      if (this.size <= this.capacity) break;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    this.entries.delete(key);
    this.size -= entry.text.length;
    entry.tree.delete();
  }
}

/** The smallest single change that turns one text into another, surrogate pairs left whole. */
function changeBetween(from: string, to: string): Edit {
  const shorter = Math.min(from.length, to.length);
  let prefix = 0;
  while (prefix < shorter && from.charCodeAt(prefix) === to.charCodeAt(prefix)) prefix++;
  if (prefix > 0 && isHighSurrogate(from.charCodeAt(prefix - 1))) prefix--;
  const limit = shorter - prefix;
  let suffix = 0;
  while (suffix < limit && from.charCodeAt(from.length - 1 - suffix) === to.charCodeAt(to.length - 1 - suffix))
    suffix++;
  if (suffix > 0 && isLowSurrogate(from.charCodeAt(from.length - suffix))) suffix--;
  return new Edit({
    startIndex: prefix,
    oldEndIndex: from.length - suffix,
    newEndIndex: to.length - suffix,
    startPosition: pointAt(from, prefix),
    oldEndPosition: pointAt(from, from.length - suffix),
    newEndPosition: pointAt(to, to.length - suffix),
  });
}

function isHighSurrogate(code: number): boolean {
  return (code & 0xfc00) === 0xd800;
}

function isLowSurrogate(code: number): boolean {
  return (code & 0xfc00) === 0xdc00;
}

/** Rows as tree-sitter counts them: by `\n` alone. */
function pointAt(text: string, offset: number): Point {
  let row = 0;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: offset - lineStart };
}
