/**
 * What an answer was made from: it holds as long as nothing of that changes. Whoever wants to keep an answer from one version
 * of the code to the next asks inside `recordReads`; who gives out declarations notes them; who remembers answers for all who
 * ask keeps what was read for each of them beside it (cf. the demand-driven queries of M. Hammer et al., Adapton, 2014).
 *
 * Only declarations and searches by word are noted. Names, signatures and imports are not: who keeps an answer has to see
 * that those stay. Analysis is synchronous, so the record in force is a variable here.
 */
import type { Declaration } from '../syntax/declarations.ts';

export class Reads {
  readonly declarations = new Set<Declaration>();
  readonly words = new Set<string>();
  /** Of answers that were used. They may use one another, so that this is a graph. */
  readonly parts = new Set<Reads>();

  /** Everything read, that of all parts included. */
  all(): { declarations: Set<Declaration>; words: Set<string> } {
    const declarations = new Set<Declaration>();
    const words = new Set<string>();
    const seen = new Set<Reads>([this]);
    for (const reads of seen) {
      for (const d of reads.declarations) declarations.add(d);
      for (const w of reads.words) words.add(w);
      for (const p of reads.parts) seen.add(p);
    }
    return { declarations, words };
  }
}

let current: Reads | undefined;

/** Notes that somebody got to see a declaration with its body. */
export function noteDeclaration(declaration: Declaration): void {
  current?.declarations.add(declaration);
}

/** Notes that somebody asked which declarations of a package contain a word. */
export function noteWord(word: string): void {
  current?.words.add(word);
}

/** Notes that an answer was used which was made before. */
export function noteUse(reads: Reads | undefined): void {
  if (reads) current?.parts.add(reads);
}

/** A record for an answer that is about to be made and remembered; undefined when nobody keeps records. */
export function newReads(): Reads | undefined {
  if (!current) return undefined;
  const reads = new Reads();
  current.parts.add(reads);
  return reads;
}

/** Makes an answer; what is read goes to its record. */
export function recordReads<T>(reads: Reads | undefined, work: () => T): T {
  if (!reads) return work();
  const before = current;
  current = reads;
  try {
    return work();
  } finally {
    current = before;
  }
}

/** An answer that is remembered for all who ask, with what it was made from. */
export interface Answer<T> {
  value: T;
  reads: Reads | undefined;
}

/** A map or weak map of answers. */
interface Answers<K, T> {
  get(question: K): Answer<T> | undefined;
  set(question: K, answer: Answer<T>): unknown;
}

/** The answer to a question: the one a table has, or else one that is made and goes into the table. */
export function remembered<K, T>(table: Answers<K, T>, question: K, make: () => T): T {
  let answer = table.get(question);
  if (answer) noteUse(answer.reads);
  else {
    const reads = newReads();
    answer = { value: recordReads(reads, make), reads };
    table.set(question, answer);
  }
  return answer.value;
}
