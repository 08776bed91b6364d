/** One pass over a Go file that finds its declarations without parsing them. */
import * as ch from './chars.ts';
import { directiveAt, readHeaderComment } from './comments.ts';
import type { Declaration, ImportDecl, Outline } from './declarations.ts';
import { readFuncHeader } from './func-header.ts';

/** What matters inside brackets; line breaks only while recovering. */
const NESTED = ch.classOf('"\'`/()[]{}');
const NESTED_LINES = ch.classOf('"\'`/()[]{}\n');

/** Keywords that cannot end a statement: no semicolon is inserted after them. */
const OPEN_KEYWORDS = new Set(['struct', 'interface', 'func', 'chan', 'map', 'var', 'const', 'type']);

/** A declaration where broken code may have swallowed it: as gofmt writes it, at the start of a line. */
const DECLARATION_LINE = /(?:func [(\p{L}_]|(?:type|var|const) [(\p{L}_]|import [("`\p{L}_.])/uy;

/**
 * Outlines a Go file. Never throws and takes linear time for any text.
 *
 * Where braces balance, indentation does not matter. Where they do not, the text is read again, and a line that
 * starts, at column 0, like a declaration ends the one before it: so one unfinished function does not hide the rest.
 */
export function scanOutline(text: string): Outline {
  const strict = new OutlineScanner(text, false).scan();
  const outline = strict.balanced ? strict : { ...new OutlineScanner(text, true).scan(), balanced: false };
  if (text.includes('\0')) outline.balanced = false;
  return outline;
}

/** Reads the one function that starts at `start`, of which `decls` then tells. */
export function scanFunction(text: string, start: number): Outline {
  return new OutlineScanner(text, false).scanFunction(start);
}

class OutlineScanner {
  private pos = 0;
  /** Whether only comments were seen so far. */
  private inHeader = true;
  private readonly length: number;
  private readonly out: Outline = {
    packageName: '',
    packageStart: -1,
    packageEnd: -1,
    imports: [],
    decls: [],
    directives: [],
    generated: false,
    balanced: true,
  };

  constructor(
    private readonly text: string,
    private readonly recover: boolean,
  ) {
    this.length = text.length;
  }

  scanFunction(start: number): Outline {
    this.pos = start;
    this.inHeader = false;
    this.funcDecl(start, ch.wordEnd(this.text, start));
    return this.out;
  }

  scan(): Outline {
    const { text, length } = this;
    if (text.charCodeAt(0) === ch.BOM) this.pos = 1;
    for (;;) {
      this.trivia();
      const start = this.pos;
      if (start >= length) return this.out;
      this.inHeader = this.inHeader && text.startsWith('package', start);
      const end = ch.wordEnd(text, start);
      switch (text.slice(start, Math.min(end, start + 8))) {
        case 'package':
          this.packageClause(start, end);
          break;
        case 'import':
          this.importDecl(start, end);
          break;
        case 'func':
          this.funcDecl(start, end);
          break;
        case 'type':
          this.genDecl('type', start, end);
          break;
        case 'var':
          this.genDecl('var', start, end);
          break;
        case 'const':
          this.genDecl('const', start, end);
          break;
        default:
          this.garbage();
      }
      this.inHeader = false;
    }
  }

  /** Passes over what no declaration starts with. */
  private garbage(): void {
    const code = this.text.charCodeAt(this.pos);
    if (code === ch.RPAREN || code === ch.RBRACKET || code === ch.RBRACE) {
      this.out.balanced = false;
      this.pos++;
    } else this.statement(undefined);
  }

  /** Passes over white space, semicolons and comments. */
  private trivia(): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.pos);
      if (code === ch.SPACE || code === ch.LF || code === ch.TAB || code === ch.CR || code === ch.SEMICOLON) this.pos++;
      else if (code !== ch.SLASH || !this.comment()) return;
    }
  }

  /** Passes over the comment at the current position; false when there is none. */
  private comment(): boolean {
    const { text, pos } = this;
    const next = text.charCodeAt(pos + 1);
    if (next === ch.SLASH) {
      this.pos = this.lineComment(pos);
      return true;
    }
    if (next !== ch.STAR) return false;
    this.pos = this.blockComment(pos);
    return true;
  }

  /** Reads the `//` comment at `start`; returns the offset of its line break. */
  private lineComment(start: number): number {
    const { text, out } = this;
    const stop = ch.lineEnd(text, start);
    const directive = directiveAt(text, start, stop);
    if (directive) out.directives.push(directive);
    if (this.inHeader) readHeaderComment(text, start, stop, out);
    return stop;
  }

  /** Offset just after the block comment at `start`. */
  private blockComment(start: number): number {
    const end = this.text.indexOf('*/', start + 2);
    if (end >= 0) return end + 2;
    this.out.balanced = false;
    return this.length;
  }

  /** Offset just after the raw string at `start`. A quote that is never closed stands alone. */
  private rawString(start: number): number {
    const end = this.text.indexOf('`', start + 1);
    if (end >= 0) return end + 1;
    this.out.balanced = false;
    return start + 1;
  }

  private packageClause(start: number, end: number): void {
    this.pos = end;
    this.trivia();
    const nameEnd = ch.wordEnd(this.text, this.pos);
    const { out } = this;
    if (out.packageStart < 0 && nameEnd > this.pos) {
      out.packageName = this.text.slice(this.pos, nameEnd);
      out.packageStart = start;
      out.packageEnd = nameEnd;
    }
    this.pos = nameEnd;
  }

  private importDecl(start: number, end: number): void {
    const { text, out } = this;
    const decl: ImportDecl = { start, end, lparen: -1, rparen: -1, specs: [] };
    out.imports.push(decl);
    this.pos = end;
    this.trivia();
    if (text.charCodeAt(this.pos) !== ch.LPAREN) {
      this.importSpec(decl);
      return;
    }
    decl.lparen = this.pos;
    decl.end = ++this.pos;
    for (;;) {
      this.trivia();
      if (this.pos >= this.length || this.startsDeclaration(this.pos)) {
        out.balanced = false;
        return;
      }
      if (text.charCodeAt(this.pos) === ch.RPAREN) {
        decl.rparen = this.pos;
        decl.end = ++this.pos;
        return;
      }
      if (!this.importSpec(decl)) this.pos = Math.max(this.pos, ch.wordEnd(text, this.pos)) + 1;
    }
  }

  /** Reads `[name] "path"`; false, and no move, when there is none. */
  private importSpec(decl: ImportDecl): boolean {
    const { text, pos: start } = this;
    const nameEnd = text.charCodeAt(start) === ch.DOT ? start + 1 : ch.wordEnd(text, start);
    let at = nameEnd;
    if (nameEnd > start) while (text.charCodeAt(at) === ch.SPACE || text.charCodeAt(at) === ch.TAB) at++;
    const quote = text.charCodeAt(at);
    if (quote !== ch.DOUBLE_QUOTE && quote !== ch.BACKTICK) return false;
    const end = quote === ch.DOUBLE_QUOTE ? ch.quotedEnd(text, at) : this.rawString(at);
    const closed = end - at >= 2 && text.charCodeAt(end - 1) === quote;
    const path = text.slice(at + 1, closed ? end - 1 : end);
    decl.specs.push(nameEnd > start ? { name: text.slice(start, nameEnd), path, start, end } : { path, start, end });
    decl.end = this.pos = end;
    return true;
  }

  private funcDecl(start: number, keywordEnd: number): void {
    const { name, recv } = readFuncHeader(this.text, keywordEnd);
    const decl: Declaration = { tok: 'func', base: start, end: keywordEnd, names: [name], body: -1 };
    if (recv !== undefined) decl.recv = recv;
    decl.end = this.statement(decl);
    this.out.decls.push(decl);
  }

  private genDecl(tok: 'type' | 'var' | 'const', start: number, keywordEnd: number): void {
    const decl: Declaration = { tok, base: start, end: keywordEnd, names: [], body: -1 };
    decl.end = this.statement(decl);
    this.out.decls.push(decl);
  }

  private startsDeclaration(at: number): boolean {
    if (at > 0 && this.text.charCodeAt(at - 1) !== ch.LF) return false;
    DECLARATION_LINE.lastIndex = at;
    return DECLARATION_LINE.test(this.text);
  }

  /**
   * Reads from the current position to where Go's rules put the semicolon of this statement; returns the offset just
   * after its last token. Fills in the names (and body) of `decl`; without `decl`, the statement is only passed over.
   */
  private statement(decl: Declaration | undefined): number {
    const { text, length } = this;
    const { tok } = decl ?? {};
    let last = this.pos;
    if (decl) last = this.pos = ch.wordEnd(text, this.pos);
    // Names are read at this depth: 0, or 1 within `var ( … )`; deeper brackets are skipped as a whole.
    const named = tok === 'var' || tok === 'const' || tok === 'type';
    let level = 0;
    if (named && text.charCodeAt(ch.skipBlank(text, this.pos)) === ch.LPAREN) level = 1;
    let depth = 0;
    let expectsName = named;
    let canEnd = false;
    let wordStart = -1;
    while (this.pos < length) {
      const at = this.pos;
      const code = text.charCodeAt(at);
      if (code === ch.LF || code === ch.SEMICOLON) {
        if (canEnd || code === ch.SEMICOLON) {
          if (depth === 0) return last;
          expectsName = true;
          canEnd = false;
        }
        this.pos++;
        if (code === ch.LF && (depth === 0 || this.recover) && this.startsDeclaration(at + 1)) {
          if (depth > 0) this.out.balanced = false;
          return last;
        }
        continue;
      }
      if (code === ch.SPACE || code === ch.TAB || code === ch.CR) {
        this.pos++;
        continue;
      }
      if (code === ch.SLASH && this.comment()) {
        // A comment over several lines acts like a line break.
        if (canEnd && text.charCodeAt(at + 1) === ch.STAR && text.slice(at, this.pos).includes('\n')) {
          if (depth === 0) return last;
          expectsName = true;
          canEnd = false;
        }
        continue;
      }
      const previousWord = wordStart;
      wordStart = -1;
      if (ch.isIdentPart(code)) {
        const end = ch.isDigit(code) ? ch.numberEnd(text, at) : ch.wordEnd(text, at);
        this.pos = end;
        const word = end - at <= 9 ? text.slice(at, end) : '';
        canEnd = !OPEN_KEYWORDS.has(word);
        wordStart = at;
        if (expectsName && decl && depth === level) {
          decl.names.push(text.slice(at, end));
          const comma = ch.skipBlank(text, end);
          expectsName = tok !== 'type' && text.charCodeAt(comma) === ch.COMMA;
        }
      } else if (code === ch.LPAREN || code === ch.LBRACKET || code === ch.LBRACE) {
        if (code === ch.LBRACE && depth === 0 && tok === 'func' && !this.opensType(previousWord)) {
          (decl as Declaration).body = at;
        }
        this.pos++;
        if (depth < level) depth++;
        else if (!this.brackets()) return trimmedEnd(text, at, this.pos);
        canEnd = depth === 0 || this.pos > at + 1;
      } else if (code === ch.RPAREN || code === ch.RBRACKET || code === ch.RBRACE) {
        this.pos++;
        if (depth > 0) depth--;
        else this.out.balanced = false;
        canEnd = true;
      } else {
        this.pos = this.literalEnd(at, code);
        canEnd = this.pos > at + 1;
        if (!canEnd) this.pos = at + 1;
      }
      last = this.pos;
    }
    if (depth > 0) this.out.balanced = false;
    return last;
  }

  /** Whether the word at `start` is a keyword whose braces belong to a type. */
  private opensType(start: number): boolean {
    if (start < 0) return false;
    const word = this.text.slice(start, Math.min(ch.wordEnd(this.text, start), start + 10));
    return word === 'struct' || word === 'interface';
  }

  /** Offset just after the string or rune at `at`, or `at` when there is none. */
  private literalEnd(at: number, code: number): number {
    if (code === ch.DOUBLE_QUOTE || code === ch.SINGLE_QUOTE) return ch.quotedEnd(this.text, at);
    return code === ch.BACKTICK ? this.rawString(at) : at;
  }

  /**
   * Passes over everything up to and including the bracket that closes the one just before the current position.
   * False when the text, or the declaration it belongs to, ends before that.
   */
  private brackets(): boolean {
    const { text, length, recover } = this;
    const table = recover ? NESTED_LINES : NESTED;
    let depth = 1;
    let at = this.pos;
    while (at < length) {
      const code = text.charCodeAt(at);
      if (code > 127 || table[code] === 0) {
        at++;
        continue;
      }
      switch (code) {
        case ch.LPAREN:
        case ch.LBRACKET:
        case ch.LBRACE:
          depth++;
          at++;
          break;
        case ch.RPAREN:
        case ch.RBRACKET:
        case ch.RBRACE:
          at++;
          if (--depth === 0) {
            this.pos = at;
            return true;
          }
          break;
        case ch.DOUBLE_QUOTE:
        case ch.SINGLE_QUOTE:
          at = ch.quotedEnd(text, at);
          break;
        case ch.BACKTICK:
          at = this.rawString(at);
          break;
        case ch.SLASH:
          if (text.charCodeAt(at + 1) === ch.SLASH) at = this.lineComment(at);
          else if (text.charCodeAt(at + 1) === ch.STAR) at = this.blockComment(at);
          else at++;
          break;
        default:
          at++;
          if (this.startsDeclaration(at)) {
            this.out.balanced = false;
            this.pos = at;
            return false;
          }
      }
    }
    this.out.balanced = false;
    this.pos = length;
    return false;
  }
}

/** `end` without trailing white space, but after `start`. */
function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start + 1 && text.charCodeAt(at - 1) <= ch.SPACE) at--;
  return at;
}
