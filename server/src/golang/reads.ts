/**
 * What an answer was made from: it holds as long as nothing of that changes. Whoever wants to keep an answer from one version
 * of the code to the next asks inside `recordReads`; who gives out declarations notes them; who remembers answers for all who
 * ask keeps what was read for each of them beside it (cf. the demand-driven queries of M. Hammer et al., Adapton, 2014).
 *
 * Only declarations and searches by word are noted. A search stands for which declarations have the word: who looks into one of
 * them notes it as well. Names, signatures and imports are not noted: who keeps an answer has to see that those stay. Analysis
 * is synchronous, so the record in force is a variable here.
 */
import type { Declaration } from '../syntax/declarations.ts';

let current: Reads | undefined;

export class Reads {
  readonly declarations = new Set<Declaration>();
  readonly words = new Set<string>();
  /** Of answers that were used. They may use one another, so that this is a graph. */
  readonly parts = new Set<Reads>();
  /** The answer also depends on what no record says: it is not kept. */
  fleeting = false;
  /** The record of all work that shares remembered answers. */
  readonly root: Reads;

  constructor() {
    this.root = current ? current.root : this;
  }

  /** Everything read, that of all parts included; undefined when an answer made from it cannot be kept. */
  all(): { declarations: Set<Declaration>; words: Set<string> } | undefined {
    const declarations = new Set<Declaration>();
    const words = new Set<string>();
    if (this.root.fleeting) return undefined;
    const seen = new Set<Reads>([this]);
    for (const reads of seen) {
      if (reads.fleeting) return undefined;
      for (const d of reads.declarations) declarations.add(d);
      for (const w of reads.words) words.add(w);
      for (const p of reads.parts) seen.add(p);
    }
    return { declarations, words };
  }
}

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

/** Notes that an answer depends on what was asked before, as that to a recursive question does: it must not be kept. */
export function noteOrder(): void {
  if (current) current.fleeting = true;
}

/** The same where answers are remembered without a record: nothing is kept from here on. */
export function noteOrderForAll(): void {
  if (current) current.root.fleeting = true;
}

/** Does work that who asks for it does not want in its record. */
export function readApart<T>(work: () => T): T {
  return recordReads(current && new Reads(), work);
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
  /** It is being made. */
  pending?: boolean;
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

/** The same for a question that may lead to itself; it then gets `assumed`, and who asked on the way is not kept. */
export function answered<K, T>(table: Answers<K, T>, question: K, assumed: T, make: () => T): T {
  let answer = table.get(question);
  if (answer) {
    noteUse(answer.reads);
    if (answer.pending) noteOrder();
    return answer.value;
  }
  answer = { value: assumed, reads: newReads(), pending: true };
  table.set(question, answer);
  answer.value = recordReads(answer.reads, make);
  answer.pending = false;
  return answer.value;
}
