/** Bytes of a Go file to text. */
import type { Notice } from '../engine/finding.ts';
import type { Locale } from '../rules/rule.ts';
import { makeNotice } from './notices.ts';

/** Bytes; larger files are skipped with a notice. */
export const DEFAULT_MAX_FILE_SIZE = 8 * 1024 * 1024;

export interface Decoded {
  /** Without a leading byte order mark, so columns of line 1 are those an editor shows. Absent: the file is not to be analysed. */
  text?: string;
  /** False when the text differs from the bytes, so that writing edits back would change more than the edit says. */
  faithful: boolean;
  notice?: Notice;
}

const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');
const keepingMark = new TextDecoder('utf-8', { ignoreBOM: true });

/** Never throws: what cannot be decoded comes back as a notice. A UTF-16 file contains NUL bytes and is skipped as binary. */
export function decodeGoFile(
  path: string,
  bytes: Uint8Array,
  locale: Locale,
  maxFileSize = DEFAULT_MAX_FILE_SIZE,
): Decoded {
  if (bytes.length > maxFileSize) {
    const notice = makeNotice('file-too-large', path, locale, { size: bytes.length, limit: maxFileSize });
    return { faithful: false, notice };
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) return { faithful: false, notice: makeNotice('binary-file', path, locale, { offset: nul }) };
  try {
    return { text: strict.decode(bytes), faithful: true };
  } catch {
    const text = lenient.decode(bytes);
    const notice = makeNotice('invalid-utf8', path, locale, { offset: firstInvalidByte(bytes) });
    return { text, faithful: false, notice };
  }
}

/** Where the first malformed sequence starts: there the bytes and the encoded replacement character part ways. */
function firstInvalidByte(bytes: Uint8Array): number {
  const encoded = new TextEncoder().encode(keepingMark.decode(bytes));
  let at = 0;
  while (at < bytes.length && bytes[at] === encoded[at]) at++;
  // The replacement character may share its first bytes with what it replaces.
  while (at > 0 && (encoded[at]! & 0xc0) === 0x80) at--;
  return at;
}
