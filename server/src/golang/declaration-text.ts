/** What is told from the text of a declaration alone, once for all versions of a file in which it stands unchanged. */
import { wordsOf } from './word-index.ts';

/** One object for as long as the text stays: what others find out from the text can be remembered for it. */
export class DeclarationText {
  private wordsMemo?: readonly string[];

  constructor(readonly text: string) {}

  /** The identifiers and keywords in it, each once. */
  get words(): readonly string[] {
    return (this.wordsMemo ??= [...new Set(wordsOf(this.text))]);
  }
}

/** A copy that does not keep the text alive of which the string is a part. */
export function ownCopy(text: string): string {
  // Engines copy where strings are joined, and not where one is cut.
  return ` ${text}`.slice(1);
}
