/** Goroutines whose loop or `select` can only be left by something that never happens. */
import type { SettledWay } from '../../concurrency/spawns/settled-ways.ts';
import { missingSignals } from '../../concurrency/spawns/spawn-sites.ts';
import { launches } from '../../golang/launches.ts';
import type { RuleContext } from '../context.ts';
import { isRestart } from '../endless-excuses.ts';
import { goHeader, headOf, livesAsLongAsProcess, loopLine, mayOutliveUse } from '../endless-report.ts';

/**
 * Reports goroutines that wait for a signal which nobody gives: a channel of the package that nothing closes or sends on, or a context
 * that is never done. Of channels of a function exploring it tells more.
 */
export function reportMissingSignals(context: RuleContext): void {
  const { analysis, unit } = context;
  for (const launch of launches(analysis, unit)) {
    const at = missingSignals(analysis, launch);
    if (!at || !launch.body) continue;
    const { ways } = at;
    if (livesAsLongAsProcess(analysis, launch) || isRestart(analysis, launch)) continue;
    const place = { unit: at.unit, func: launch.body.func, waits: [], loop: { stmt: at.node } };
    const [first] = ways as [SettledWay];
    context.report({
      node: goHeader(launch),
      message: MESSAGES[first.kind] ?? 'not-signalled',
      level: mayOutliveUse(analysis, launch, place) ? undefined : 'hint',
      args: { line: loopLine(context, place), names: namesOf(ways) },
      steps: [
        { unit: at.unit, node: headOf(at.node), message: 'step-wait' },
        ...ways.map(({ unit: from, node }) => ({ unit: from, node, message: 'step-signal' })),
      ],
    });
  }
}

const MESSAGES: Partial<Record<SettledWay['kind'], string>> = {
  closed: 'not-closed',
  sent: 'not-received',
  done: 'never-done',
};

function namesOf(ways: readonly SettledWay[]): string {
  return [...new Set(ways.map(({ what }) => `\`${what}\``))].join(', ');
}
