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
