/** Edits that know their file, so that what repairs one finding may stand in several files of the package. */
import type { TextEdit } from '../engine/finding.ts';
import type { SourceFile } from '../golang/source-file.ts';

/** What builders make: an edit of a file of the package. */
export interface FileEdit extends TextEdit {
  file: SourceFile;
}

/** Edits of a file whose text was all that was needed to make them. */
export function inFile(file: SourceFile, edits: readonly TextEdit[]): FileEdit[] {
  return edits.map((edit) => ({ ...edit, file }));
}

/** An edit that inserts. */
export function insertionIn(file: SourceFile, offset: number, newText: string): FileEdit {
  return { file, start: offset, end: offset, newText };
}

/** The same without its file. */
export function plainEdit({ start, end, newText }: FileEdit): TextEdit {
  return { start, end, newText };
}

/** The edits of each file, in the order in which the files come up. */
export function byFile(edits: readonly FileEdit[]): Map<SourceFile, FileEdit[]> {
  const files = new Map<SourceFile, FileEdit[]>();
  for (const edit of edits) {
    const own = files.get(edit.file);
    if (own) own.push(edit);
    else files.set(edit.file, [edit]);
  }
  return files;
}
