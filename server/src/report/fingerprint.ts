/** A name for a finding that survives edits elsewhere in the file. */
import type { Finding } from '../engine/finding.ts';
import type { SourceText } from './sources.ts';

/** Of longer lines (UTF-16 units) only as much around the finding counts: generated files can be one line of megabytes. */
const LONG_LINE = 2000;

/**
 * Fingerprints for the findings of one report, in report order: a hash of rule, file, content of the line without its white
 * space, and a counter that tells equal lines of a file apart. Moving the line or reindenting it changes nothing.
 */
export class Fingerprints {
  private readonly seen = new Map<string, number>();

  /** @param path of the file, relative to the report's root. */
  of(finding: Finding, path: string, source: SourceText | undefined): string {
    const line = around(source?.line(finding.range.start.line) ?? '', finding.range.start.character).replace(
      /\s+/g,
      '',
    );
    const key = `${finding.rule}\n${path}\n${line}`;
    const ordinal = this.seen.get(key) ?? 0;
    this.seen.set(key, ordinal + 1);
    return fnv1a64(`${key}\n${ordinal}`);
  }
}

function around(line: string, character: number): string {
  if (line.length <= LONG_LINE) return line;
  const from = Math.max(0, character - LONG_LINE / 2);
  return line.slice(from, from + LONG_LINE);
}

/** FNV-1a, 64 bit, over UTF-16 code units, as 16 hex digits (Fowler, Noll, Vo; RFC 9923). Collisions merely merge two findings. */
function fnv1a64(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
