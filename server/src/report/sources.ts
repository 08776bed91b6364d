/** Text of reported files, read again when a report needs it, so that a scan keeps no sources in memory. */
import type { Finding } from '../engine/finding.ts';
import { LineIndex } from '../syntax/line-index.ts';
import { decodeGoFile } from '../workspace/decode.ts';
import type { FileSystem } from '../workspace/file-system.ts';

export class SourceText {
  readonly lines: LineIndex;

  constructor(readonly text: string) {
    this.lines = new LineIndex(text);
  }

  /** Content of a 0-based line without its line break. */
  line(line: number): string {
    return this.text.slice(this.lines.lineStart(line), this.lines.offset(line, Infinity));
  }
}

export type SourceReader = (path: string) => Promise<SourceText | undefined>;

/** Keeps the few texts used last; a file that is gone or unreadable by now gives `undefined`. */
export function sourceReader(fs: FileSystem, keep = 8): SourceReader {
  const recent = new Map<string, SourceText | undefined>();
  return async (path) => {
    if (!recent.has(path)) recent.set(path, await read(fs, path));
    const source = recent.get(path);
    recent.delete(path);
    recent.set(path, source);
    if (recent.size > keep) recent.delete(recent.keys().next().value!);
    return source;
  };
}

/** Texts by path. */
export type Sources = ReadonlyMap<string, SourceText>;

/** The texts of a finding's file and of those that its fixes edit; one that cannot be read is missing. */
export async function sourcesOf({ path, fixes }: Finding, read: SourceReader): Promise<Sources> {
  const found = new Map<string, SourceText>();
  for (const each of [path, ...fixes.flatMap(({ elsewhere = [] }) => elsewhere.map((file) => file.path))]) {
    const source = await read(each);
    if (source) found.set(each, source);
  }
  return found;
}

async function read(fs: FileSystem, path: string): Promise<SourceText | undefined> {
  try {
    const { text } = decodeGoFile(path, await fs.readFile(path), 'en');
    return text === undefined ? undefined : new SourceText(text);
  } catch {
    return undefined;
  }
}
