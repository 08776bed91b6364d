/** Paths that lead from a value to one of those it holds and back to it: a page of `atlas.pages` knows by `page.atlas` where it belongs. */
import { type AccessPath, pathKey } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { backReference } from '../../golang/back-references.ts';
import { deref, type Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { ELEMENT, typeBehind } from './element-paths.ts';
import { withElements } from './indirect-calls.ts';
import type { LockSummaries, NestedAcquire } from './lock-summary.ts';

/** The path without the ways there and back; variables that stand for an element of a list or map are followed to where that is kept. */
export function withoutReturns(analysis: Analysis, unit: DeclUnit, path: AccessPath): AccessPath {
  const { root, fields } = withElements(analysis, unit, path);
  if (typeof root === 'string' || typeof path.root === 'string') return path;
  const found = named(analysis.objectType(unit, path.root));
  const from = fields.length - path.fields.length;
  const kept: { step: string; of: Type | undefined }[] = [];
  let type: Type | undefined = analysis.objectType(unit, root);
  for (const [i, step] of fields.entries()) {
    // A key is not what a map holds.
    if (i === from && (!found || named(type) !== found)) return path;
    const elements = kept.at(-1)?.step === ELEMENT ? kept.slice(0, -1) : kept;
    const last = elements.at(-1);
    const of = last?.of && deref(last.of);
    if (
      last &&
      of?.kind === 'named' &&
      step !== ELEMENT &&
      backReference(analysis, { ...of, args: [] }, last.step) === step
    ) {
      kept.length = elements.length - 1;
      type = last.of;
      continue;
    }
    kept.push({ step, of: type });
    type = type && typeBehind(analysis, type, step);
  }
  return kept.length === fields.length ? path : { root, fields: kept.map((k) => k.step) };
}

function named(type: Type | undefined): string | undefined {
  const t = type && deref(type);
  return t?.kind === 'named' && !t.local ? `${t.pkg}.${t.name}` : undefined;
}

/**
 * True for the same lock by way of another value, which leads back to the one that has the lock: `n.catalog.mu` for `n` of
 * `catalog.nodes`. What lets go of a lock on the way may do so for who holds it.
 */
export function leadsBack(analysis: Analysis, n: NestedAcquire, summaries: LockSummaries): boolean {
  const { unit, held, then } = n;
  if (held.opaque || then.opaque) return false;
  const [from, to] = [held.path, then.path].map((path) => withoutReturns(analysis, unit, path));
  if (!from || !to || pathKey(from) !== pathKey(to)) return false;
  return then.sites.every(({ unit: at, node }) => {
    const own = node.kind === 'CallExpr' ? analysis.callee(at, node).own : undefined;
    return !own || summaries.of(own.unit, own.decl).releases.length === 0;
  });
}
