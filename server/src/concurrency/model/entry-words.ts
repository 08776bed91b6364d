/** Words in the text of declarations by which it is told whether they have to do with concurrency. */
import type { DeclarationText } from '../../golang/declaration-text.ts';
import { GO_STATEMENT } from '../../golang/goroutines.ts';
import type { SourceFile } from '../../golang/source-file.ts';
import type { Declaration } from '../../syntax/declarations.ts';

/** Statements that start a goroutine; not the word in a comment. */
export const STARTS = new RegExp(`${GO_STATEMENT}|\\.Go\\(`, 'm');
/** Words without which a function neither makes nor waits for anything that others have to do with. */
const CONCURRENT = new RegExp(
  `\\b(?:${GO_STATEMENT}|AfterFunc\\b|make\\(chan\\b|sync\\.(?:New)?Cond\\b)|\\.(?:Go\\(|Do\\((?:func\\b|\\w+\\.\\w+\\)))`,
  'm',
);
export const LOCK = /\.R?Lock\(/g;
/** `main`, tests and other functions without parameters. */
const PROGRAM = /^func \w+\((?:\w+ \*testing\.T)?\) \{/;
/** Methods that wait for what others of their type do. */
const WAITING = /<-|\bclose\(|\.Wait\(/;

/** What the text of a declaration, or of a file with all of its declarations, tells. */
interface Words {
  concurrent: boolean;
  waits: boolean;
  /** How often a lock is taken. */
  locks: number;
}

export interface Marks extends Words {
  isProgram: boolean;
  starts: boolean;
}

const marks = new WeakMap<DeclarationText, Marks>();
const words = new WeakMap<SourceFile, Words>();

export function marksOf(file: SourceFile, declaration: Declaration): Marks {
  const known = file.declarationText(declaration);
  let found = marks.get(known);
  if (!found) {
    const { text } = known;
    const is = wordsIn(text, fileWords(file));
    found = { ...is, isProgram: PROGRAM.test(text), starts: is.concurrent && STARTS.test(text) };
    marks.set(known, found);
  }
  return found;
}

export function fileWords(file: SourceFile): Words {
  let found = words.get(file);
  if (!found) words.set(file, (found = wordsIn(file.text)));
  return found;
}

/** @param around what a text tells in which this one stands: most files have few of the words, and then they need not be searched for */
export function wordsIn(text: string, around?: Words): Words {
  return {
    concurrent: around?.concurrent !== false && CONCURRENT.test(text),
    waits: around?.waits !== false && WAITING.test(text),
    locks: around?.locks === 0 ? 0 : (text.match(LOCK)?.length ?? 0),
  };
}

export function mayWait({ concurrent, waits, locks }: Words): boolean {
  return concurrent || waits || locks > 0;
}
