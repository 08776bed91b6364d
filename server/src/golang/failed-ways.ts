/** Where control may come when an acquiring call has failed: there is nothing to release then. */
import type { LocalObject, Node } from '../syntax/ast.ts';
import type { Edge } from './cfg.ts';
import { nilTest } from './expected-failure.ts';
import type { SearchSpec } from './paths.ts';
import { assigns } from './walk.ts';

/**
 * True when `node` may be reached although the acquiring call gave an error: `if err != nil || resp.StatusCode != 200 { return }`.
 * Branches on which the error is nil, or the value is not, are left out; a new value of the error ends what is known of it, and the same call
 * on the next turn of a loop ends the way. False where the call gives no error.
 */
export function isReachedOnFailure({ cfg, start, error, value }: SearchSpec, node: Node): boolean {
  const at = start && cfg.where.get(start);
  if (!at || !error) return false;
  const seen = new Set<string>();
  const work = [{ block: at.block, from: at.index + 1, isKnown: true }];
  for (let w = work.pop(); w; w = work.pop()) {
    let { isKnown } = w;
    let isAgain = false;
    for (const n of w.block.nodes.slice(w.from)) {
      if (n === node) return true;
      // From there on it is another call, of which the same holds.
      isAgain ||= n === start;
      if (isKnown && assigns(n, error)) isKnown = false;
    }
    if (isAgain) continue;
    for (const edge of w.block.succs) {
      const key = `${edge.to.index}:${isKnown}`;
      if (seen.has(key) || (isKnown && means(edge, error, true)) || means(edge, value, false)) continue;
      seen.add(key);
      work.push({ block: edge.to, from: 0, isKnown });
    }
  }
  return false;
}

/** True for a branch on which a variable is nil, or is not. */
function means({ cond, kind }: Edge, object: LocalObject | undefined, isNil: boolean): boolean {
  if (!cond || (kind !== 'true' && kind !== 'false')) return false;
  const test = nilTest(cond, object);
  return test !== undefined && (test === (kind === 'true')) === isNil;
}
