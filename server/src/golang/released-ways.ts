/** Where control may come when what was acquired has been released or handed on already. */
import type { Node } from '../syntax/ast.ts';
import { nodesAfter } from './cfg-reach.ts';
import type { SearchSpec } from './paths.ts';

/** True when `node` may be reached, before the acquisition comes again, behind something that settles it: another release would be one too many. */
export function isReachedReleased(
  { cfg, start, effect }: Pick<SearchSpec, 'cfg' | 'start' | 'effect'>,
  node: Node,
): boolean {
  const behind = start ? nodesAfter(cfg, start, start) : new Set(cfg.where.keys());
  return [...behind].some((n) => n !== start && effect(n) === 'settled' && nodesAfter(cfg, n, start).has(node));
}
