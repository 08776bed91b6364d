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

/** Length of the longest valid prefix, found by bisection: decoding in stream mode accepts a prefix cut inside a character. */
function firstInvalidByte(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (valid < invalid) {
    const middle = (valid + invalid) >> 1;
    if (isValidPrefix(bytes.subarray(0, middle + 1))) valid = middle + 1;
    else invalid = middle;
  }
  return valid;
}

function isValidPrefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
