/** Character classes of Go source and skipping of literals, over UTF-16 code units. */

export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;
export const DOUBLE_QUOTE = 34;
export const SINGLE_QUOTE = 39;
export const LPAREN = 40;
export const RPAREN = 41;
export const STAR = 42;
export const COMMA = 44;
export const DOT = 46;
export const SLASH = 47;
export const SEMICOLON = 59;
export const LBRACKET = 91;
export const BACKSLASH = 92;
export const RBRACKET = 93;
export const BACKTICK = 96;
export const LBRACE = 123;
export const RBRACE = 125;
/** Byte order mark; ignored at the start of a file. */
export const BOM = 0xfeff;

const IDENT_PART = classOf('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789');

/** A table of 128 entries with 1 for the given characters. */
export function classOf(characters: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

/** Letters, digits, `_`, and everything beyond ASCII. False for NaN, the code past the end of a text. */
export function isIdentPart(code: number): boolean {
  return code > 127 || IDENT_PART[code] === 1;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Offset just after the identifier or number part that covers `at`. */
export function wordEnd(text: string, at: number): number {
  let end = at;
  while (isIdentPart(text.charCodeAt(end))) end++;
  return end;
}

/**
 * Offset just after the interpreted string or rune that opens at `at`. One that is not closed on its line ends before
 * the line break.
 */
export function quotedEnd(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  const length = text.length;
  for (let i = at + 1; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) return i + 1;
    if (code === LF) return i;
    if (code === BACKSLASH && text.charCodeAt(i + 1) !== LF) i++;
  }
  return length;
}

/** Offset of the line break that ends the line of `at`, or the length of the text. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Offset of the next character that is neither white space nor part of a comment. */
export function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === SPACE || code === TAB || code === CR || code === LF) at++;
    else if (code === SLASH && text.charCodeAt(at + 1) === STAR) {
      const end = text.indexOf('*/', at + 2);
      at = end < 0 ? text.length : end + 2;
    } else if (code === SLASH && text.charCodeAt(at + 1) === SLASH) at = lineEnd(text, at);
    else return at;
  }
}

/** Offset just after the number at `at`. Signs of exponents are left: as operators they do no harm to an outline. */
export function numberEnd(text: string, at: number): number {
  let end = at;
  for (;;) {
    end = wordEnd(text, end);
    if (text.charCodeAt(end) !== DOT) return end;
    end++;
  }
}
