/** Which cancel functions `lost-cancel` speaks of, for rules that would say the same of who waits. */
import type { Site } from '../concurrency/model/values.ts';
import type { Analysis } from '../golang/analysis.ts';
import { acquisitions, unreleasedPath } from '../golang/resources.ts';
import { lostHeld } from './context/lost-cancel.held.ts';
import { keptUnread } from './context/lost-cancel.kept.ts';

const KINDS = new Set(['cancel']);

/** True when the cancel function that the call at a site makes is reported as lost. */
export function saysLostCancel(analysis: Analysis, made: Site | undefined): boolean {
  const a = made && acquisitions(analysis, made.unit, KINDS).find(({ call }) => call === made.node);
  if (!a) return false;
  const { kind } = a.destination;
  if (kind === 'discarded' || keptUnread(analysis, a)) return true;
  if (kind === 'elsewhere') return lostHeld(analysis, a) !== undefined;
  return kind === 'variable' && unreleasedPath(analysis, a, true) !== undefined;
}
