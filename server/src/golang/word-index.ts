/** Which declarations of a package contain a word: files are searched for a few words, and for more are read once for all. */
import type { GoPackage, PackageMember } from './package.ts';
import type { Declaration } from '../syntax/declarations.ts';
import type { DeclarationText } from './declaration-text.ts';
import { noteDeclaration, noteWord } from './reads.ts';
import type { SourceFile } from './source-file.ts';

/** The identifiers and keywords in a text, those in comments and strings included, as often as they stand there. */
export function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** What `isLetter` and `isDigit` below make of a text, beyond 16 bits as well. */
const WORD = /[\p{L}_\u{10000}-\u{10ffff}\ud800-\udfff][\p{L}\p{N}_\u{10000}-\u{10ffff}\ud800-\udfff]*/gu;

const NONE: readonly Declaration[] = [];
const indexes = new WeakMap<GoPackage, WordIndex>();

/** The declarations of a package whose text contains an identifier of that name (comments and strings count), in order. */
export function declarationsNaming(pkg: GoPackage, word: string): readonly PackageMember[] {
  noteWord(word);
  let index = indexes.get(pkg);
  if (!index) indexes.set(pkg, (index = new WordIndex(pkg)));
  return index.naming(word);
}

/** Of these, the ones whose text has the word in a certain place: the others need not be parsed. Whoever asks rests on the texts of all. */
export function declarationsWith(pkg: GoPackage, word: string, place: Place): PackageMember[] {
  const pattern = PLACES[place](word);
  return declarationsNaming(pkg, word).filter(({ file, declaration }) => {
    noteDeclaration(declaration);
    return pattern.test(file.declarationText(declaration).text);
  });
}

type Place = keyof typeof PLACES;

/** Patterns need not tell where a word begins or ends: it is there as one of its own, and what matches besides is parsed for nothing. */
const PLACES = {
  /** `x.word` */
  selected: (word: string) => new RegExp(`\\.\\s*${word}`),
  /** `x.word`, or `word: x` in a composite literal. */
  field: (word: string) => new RegExp(`\\.\\s*${word}|${word}\\s*:`),
  /** `word{x, y}`, and literals of lists and maps of it. gofmt leaves a space only before the body of a function with such a result. */
  unkeyedLiteral: (word: string) =>
    new RegExp(`${word}(?:\\[.*\\])?(?:[ \\t]+(?=\\{.))?\\{(?!(?<!\\]\\*?${word}\\{)\\s*${KEY}|\\s*\\})`),
};

/** The name of a field before its value. */
const KEY = '[^\\s:{}(),.\'"`]+\\s*:';

/** The same with their texts; whoever asks rests on these. */
export function textsNaming(pkg: GoPackage, word: string): { declaration: Declaration; text: string }[] {
  return declarationsNaming(pkg, word).map(({ file, declaration }) => {
    noteDeclaration(declaration);
    return { declaration, text: file.declarationText(declaration).text };
  });
}

class WordIndex {
  private readonly answers = new Map<string, readonly PackageMember[]>();
  private readonly members = new Map<Declaration, PackageMember>();

  constructor(private readonly pkg: GoPackage) {}

  naming(word: string): readonly PackageMember[] {
    let answer = this.answers.get(word);
    if (!answer) {
      let hash = 0;
      for (let i = 0; i < word.length; i++) hash = mix(hash, word.charCodeAt(i));
      const areFew = this.answers.size < FEW;
      answer = this.pkg.files.flatMap((file) => {
        const found =
          areFew && !file.isSuccessor
            ? search(file, word)
            : candidates(file, hash).filter((declaration) => contains(file.text, declaration, word));
        return found.map((declaration) => this.member(file, declaration));
      });
      this.answers.set(word, answer);
    }
    return answer;
  }

  /** One object for each declaration, so that who asks for several words can tell what was found twice. */
  private member(file: SourceFile, declaration: Declaration): PackageMember {
    let member = this.members.get(declaration);
    if (!member) this.members.set(declaration, (member = { file, declaration }));
    return member;
  }
}

/** Words of a package for which its text is searched: that is fast, and most packages are asked for one or two. */
const FEW = 32;

/** The declarations of a file that contain a word, in order. */
function search({ text, outline }: SourceFile, word: string): Declaration[] {
  const found: Declaration[] = [];
  const { decls } = outline;
  let next = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at)) {
    while (next < decls.length && (decls[next] as Declaration).end <= at) next++;
    const declaration = decls[next];
    if (!declaration) break;
    if (at >= declaration.base && contains(text, declaration, word)) found.push(declaration);
    at = at < declaration.base ? declaration.base : declaration.end;
  }
  return found;
}

const files = new WeakMap<SourceFile, Map<number, Declaration[]>>();
const texts = new WeakMap<DeclarationText, Set<number>>();

/** The declarations of a file that may contain a word, in order, by its hash. */
function candidates(file: SourceFile, hash: number): readonly Declaration[] {
  // While somebody types, few words are asked for in each version, and most declarations are what they were.
  if (file.isSuccessor) return file.outline.decls.filter((d) => hashesOf(file.declarationText(d)).has(hash));
  let byHash = files.get(file);
  if (!byHash) files.set(file, (byHash = read(file)));
  return byHash.get(hash) ?? NONE;
}

/** Declarations by the hashes of their words: to hash a word where it stands costs a fraction of making a string of it. */
function read({ text, outline }: SourceFile): Map<number, Declaration[]> {
  const byHash = new Map<number, Declaration[]>();
  for (const declaration of outline.decls)
    eachHash(text, declaration, (hash) => {
      const found = byHash.get(hash);
      if (!found) byHash.set(hash, [declaration]);
      else if (found[found.length - 1] !== declaration) found.push(declaration);
    });
  return byHash;
}

function hashesOf(known: DeclarationText): Set<number> {
  let hashes = texts.get(known);
  if (!hashes) {
    const found = new Set<number>();
    eachHash(known.text, { base: 0, end: known.text.length }, (hash) => found.add(hash));
    texts.set(known, (hashes = found));
  }
  return hashes;
}

function eachHash(text: string, { base, end }: { base: number; end: number }, take: (hash: number) => void): void {
  for (let pos = base; pos < end;) {
    let c = text.charCodeAt(pos++);
    if (!isLetter(c)) continue;
    let hash = 0;
    do {
      hash = mix(hash, c);
      c = pos < end ? text.charCodeAt(pos) : 0;
      pos++;
    } while (isLetter(c) || isDigit(c));
    take(hash);
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
