/** Name and receiver of a function, read from its first characters. */
import * as ch from './chars.ts';

export interface FuncHeader {
  /** Empty while it is not yet written. */
  name: string;
  /** Base type name of the receiver, `T` for `(t *T[K])`. */
  recv?: string;
}

/** Reads what follows the keyword `func`, which ends at `at`. */
export function readFuncHeader(text: string, at: number): FuncHeader {
  let start = ch.skipBlank(text, at);
  let recv: string | undefined;
  if (text.charCodeAt(start) === ch.LPAREN) {
    const receiver = readReceiver(text, start);
    recv = receiver.name;
    start = ch.skipBlank(text, receiver.end);
  }
  const name = text.slice(start, ch.wordEnd(text, start));
  return recv === undefined ? { name } : { name, recv };
}

/** The last identifier outside type arguments is the base type; reading stops at what no receiver contains. */
function readReceiver(text: string, lparen: number): { name?: string; end: number } {
  let name: string | undefined;
  let parens = 0;
  let brackets = 0;
  let at = lparen;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (ch.isIdentPart(code)) {
      const end = ch.wordEnd(text, at);
      if (brackets === 0) name = text.slice(at, end);
      at = end;
      continue;
    }
    if (code === ch.LBRACE || code === ch.SEMICOLON) break;
    if (code === ch.LPAREN) parens++;
    else if (code === ch.LBRACKET) brackets++;
    else if (code === ch.RBRACKET) brackets--;
    else if (code === ch.RPAREN && --parens === 0) {
      at++;
      break;
    }
    at = ch.skipBlank(text, at + 1);
  }
  return name === undefined ? { end: at } : { name, end: at };
}

/**
 * What stands behind the parameters in the text of a function's header, which begins with the keyword `func` and ends before
 * the body: the results. The parameters as well where their bracket is not closed.
 */
export function readResults(header: string): string {
  let at = ch.skipBlank(header, FUNC.length);
  if (header.charCodeAt(at) === ch.LPAREN) at = ch.skipBlank(header, groupEnd(header, at));
  at = ch.skipBlank(header, ch.wordEnd(header, at));
  if (header.charCodeAt(at) === ch.LBRACKET) at = ch.skipBlank(header, groupEnd(header, at));
  return header.charCodeAt(at) === ch.LPAREN ? header.slice(groupEnd(header, at)) : '';
}

const FUNC = 'func';

/** Offset behind the bracket that closes the one at `at`; `at` where there is none. */
function groupEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i = ch.skipBlank(text, i + 1)) {
    const code = text.charCodeAt(i);
    if (code === ch.LPAREN || code === ch.LBRACKET || code === ch.LBRACE) depth++;
    else if ((code === ch.RPAREN || code === ch.RBRACKET || code === ch.RBRACE) && --depth <= 0) return i + 1;
  }
  return at;
}
