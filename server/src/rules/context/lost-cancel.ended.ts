/** Cancel functions in a field that only the first one calls who ends the value, where that one may leave without the call. */
import { leftUncalled } from '../../golang/one-time-ends.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import type { Acquisition } from '../../golang/resources.ts';
import type { RuleContext } from '../context.ts';
import { lineOf } from '../leak-sites.ts';
import { pathSteps } from '../witness.ts';
import { isKept } from './lost-cancel.held.ts';
import { keeperOf } from './lost-cancel.kept.ts';

/** Reports a cancel function that a method leaves uncalled when it has marked the value as ended, so that nobody calls it later. */
export function reportEndedUncalled(context: RuleContext, a: Acquisition, call: string): boolean {
  const { analysis, unit } = context;
  if (unit.file.isTest || !/\.WithCancel(?:Cause)?$/.test(a.origin) || !isKept(analysis, a)) return false;
  const keeper = keeperOf(analysis, a);
  const { field } = keeper ?? {};
  const found = keeper && field && leftUncalled(analysis, field.owner, field.name, keeper.mentions);
  if (!keeper || !found || runsOncePerProcess(analysis, unit, a.call)) return false;
  const { method, flag, start, path } = found;
  const end = path.node ?? { start: method.decl.end - 1, end: method.decl.end };
  context.report({
    node: keeper.node,
    message: 'ended-uncalled',
    args: {
      name: keeper.name,
      call,
      method: method.decl.name.name,
      flag,
      line: lineOf(context, { unit: method.unit, node: end }),
    },
    steps: [
      { node: a.call, message: 'step-acquired', args: { name: keeper.name } },
      { unit: method.unit, node: start, message: 'step-ended', args: { flag } },
      ...pathSteps(method.unit, method.decl, path).map((step) => ({ ...step, unit: method.unit })),
    ],
  });
  return true;
}
