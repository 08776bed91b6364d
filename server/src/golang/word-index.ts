/** Which declarations of a package contain a word: a package is read once for all questions, not once for each. */
import type { GoPackage, PackageMember } from './package.ts';
import { noteWord } from './reads.ts';

/** The identifiers and keywords in a text, those in comments and strings included, as often as they stand there. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
}

const indexes = new WeakMap<GoPackage, WordIndex>();

/** The declarations of a package whose text contains an identifier of that name (comments and strings count), in order. */
export function declarationsNaming(pkg: GoPackage, word: string): readonly PackageMember[] {
  noteWord(word);
  let index = indexes.get(pkg);
  if (!index) indexes.set(pkg, (index = new WordIndex(pkg)));
  return index.naming(word);
}

/** Declarations by the hashes of their words: to hash a word where it stands costs a fraction of making a string of it. */
class WordIndex {
  private readonly members: PackageMember[];
  /** Indices into `members`, ascending. */
  private readonly byHash = new Map<number, number[]>();
  private readonly answers = new Map<string, readonly PackageMember[]>();

  constructor({ files }: GoPackage) {
    this.members = files.flatMap((file) => file.outline.decls.map((declaration) => ({ file, declaration })));
    for (const [n, { file, declaration }] of this.members.entries()) this.read(file.text, declaration, n);
  }

  private read(text: string, { base, end }: { base: number; end: number }, member: number): void {
    for (let pos = base; pos < end;) {
      let c = text.charCodeAt(pos++);
      if (!isLetter(c)) continue;
      let hash = 0;
      do {
        hash = mix(hash, c);
        c = pos < end ? text.charCodeAt(pos) : 0;
        pos++;
      } while (isLetter(c) || isDigit(c));
      const found = this.byHash.get(hash);
      if (!found) this.byHash.set(hash, [member]);
      else if (found[found.length - 1] !== member) found.push(member);
    }
  }

  naming(word: string): readonly PackageMember[] {
    let answer = this.answers.get(word);
    if (!answer) {
      let hash = 0;
      for (let i = 0; i < word.length; i++) hash = mix(hash, word.charCodeAt(i));
      const candidates = (this.byHash.get(hash) ?? []).map((n) => this.members[n] as PackageMember);
      answer = candidates.filter(({ file, declaration }) => contains(file.text, declaration, word));
      this.answers.set(word, answer);
    }
    return answer;
  }
}

function mix(hash: number, c: number): number {
  // 30 bits: small integers, which need no memory of their own.
  return (Math.imul(hash, 0x01000193) ^ c) & 0x3fffffff;
}

/** True when the word stands in that part of a text as a word of its own. */
function contains(text: string, { base, end }: { base: number; end: number }, word: string): boolean {
  for (let at = text.indexOf(word, base); at >= 0 && at + word.length <= end; at = text.indexOf(word, at + 1)) {
    let before = at - 1;
    // Digits belong to a word that has begun before them: in `0x1f` the word is `x1f`, in `sha1f` it is all of it.
    while (before >= base && isDigit(text.charCodeAt(before))) before--;
    if (before >= base && isLetter(text.charCodeAt(before))) continue;
    const after = at + word.length;
    if (after < end && (isLetter(text.charCodeAt(after)) || isDigit(text.charCodeAt(after)))) continue;
    return true;
  }
  return false;
}

/** Letters and the underscore are 1, digits 2. */
const KIND = Uint8Array.from({ length: 128 }, (_, c) => {
  const char = String.fromCharCode(c);
  return /[A-Za-z_]/.test(char) ? 1 : /[0-9]/.test(char) ? 2 : 0;
});

function isDigit(c: number): boolean {
  return c < 128 ? KIND[c] === 2 : UNICODE_NUMBER.test(String.fromCharCode(c));
}

/** What lies beyond 16 bits counts as a letter: nearly all of it that stands next to one in Go code is. */
function isLetter(c: number): boolean {
  if (c < 128) return KIND[c] === 1;
  return (c >= 0xd800 && c < 0xe000) || UNICODE_LETTER.test(String.fromCharCode(c));
}

const UNICODE_LETTER = /\p{L}/u;
const UNICODE_NUMBER = /\p{N}/u;
