/** Locks taken for reading by a goroutine that already reads, where somebody else may ask to write in between. */
import type { Analysis } from '../../golang/analysis.ts';
import type { GoPackage } from '../../golang/package.ts';
import { perAnalysedPackage } from '../../golang/per-package.ts';
import { syncCalls } from '../../golang/sync-calls.ts';
import { leadsBack } from './back-paths.ts';
import { canonicalPath, identityOf } from './lock-paths.ts';
import { type LockSite, LockSummaries, LOCKS, type NestedAcquire } from './lock-summary.ts';
import { functionsOf, readersOf, writersOf } from './lockers.ts';

/** A second `RLock` of what is held for reading. */
export interface ReadInRead extends NestedAcquire {
  /** Where somebody asks for the same lock for writing. */
  writer: LockSite;
}

/** The nested reads of a package whose lock some function of it takes for writing. */
export const readsInReads = perAnalysedPackage([], search);

function search(analysis: Analysis, pkg: GoPackage): ReadInRead[] {
  const readers = readersOf(pkg);
  if (!readers) return [];
  const summaries = new LockSummaries(analysis, readers.names);
  const found: ReadInRead[] = [];
  for (const member of readers.nesting) {
    const unit = pkg.unit(member);
    if (unit.hasError || unit.file.isTest) continue;
    for (const func of functionsOf(unit)) {
      const summary = summaries.of(unit, func);
      const again = [
        ...summary.again,
        ...summary.nested.filter((n) => isSameRead(n) && leadsBack(analysis, n, summaries)),
      ];
      for (const n of again) {
        // Who writes there waits for the reader in any case.
        const isWritten = again.some((o) => o.then.mode === 'write' && o.then.sites[0]?.node === n.then.sites[0]?.node);
        const key = !isWritten && isSameRead(n) ? identityOf(analysis, unit, n.held.path)?.key : undefined;
        const writer = key === undefined ? undefined : writerOf(analysis, pkg, key);
        if (writer) found.push({ ...n, writer });
      }
    }
  }
  return found;
}

/** Another lock that is held may keep the writers away. */
function isSameRead({ held, then, others }: NestedAcquire): boolean {
  return held.mode === 'read' && then.mode === 'read' && !held.opaque && !then.opaque && others.length === 0;
}

/** A place where the lock of an identity is asked for to write. */
export function writerOf(analysis: Analysis, pkg: GoPackage, key: string): LockSite | undefined {
  for (const member of writersOf(pkg)) {
    const unit = pkg.unit(member);
    if (unit.hasError) continue;
    for (const { path, method, call } of syncCalls(analysis, unit, unit.decl, LOCKS)) {
      const canonical = method === 'Lock' ? canonicalPath(analysis, unit, path) : undefined;
      if (canonical && identityOf(analysis, unit, canonical)?.key === key) return { unit, node: call };
    }
  }
  return undefined;
}
