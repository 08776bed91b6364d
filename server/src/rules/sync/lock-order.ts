/** Two locks are taken in opposite orders by goroutines that can meet: each holds what the other waits for. */
import { type LockEdge } from '../../concurrency/lock-graph.ts';
import { oppositeOrders, siteOf } from '../../concurrency/lock-order.ts';
import type { Acquire } from '../../concurrency/lock-summary.ts';
import { pathName } from '../../golang/access-path.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { RuleContext, StepSpec } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './lock-order.text.ts';

export const lockOrder = defineRule({
  meta: {
    id: 'lock-order',
    group: 'sync',
    level: 'warning',
    triggers: ['\\.R?Lock\\(\\)'],
    imports: ['sync'],
    fixes: [],
  },
  text,
  check(context) {
    for (const { rare, usual } of oppositeOrders(context.analysis, context.unit.pkg))
      if (rare.unit === context.unit) report(context, rare, usual);
  },
});

function report(context: RuleContext, rare: LockEdge, usual: LockEdge): void {
  const other = siteOf(usual);
  context.report({
    node: siteOf(rare).node,
    message: rare.then.sites.length > 1 ? 'opposite-in-call' : 'opposite',
    args: {
      first: pathName(rare.held.path),
      second: pathName(rare.then.path),
      other: functionName(usual.unit),
      place: `${other.unit.file.path.replace(/^.*[/\\]/, '')}:${context.line(other)}`,
    },
    steps: [...steps(rare, 'step-first'), ...steps(usual, 'step-other-first')],
  });
}

/** Both acquisitions of one order, with the calls that lead to them. */
function steps(edge: LockEdge, first: string): StepSpec[] {
  return [...acquisition(edge.held, first), ...acquisition(edge.then, 'step-second', pathName(edge.held.path))];
}

function acquisition({ path, sites }: Acquire, message: string, held?: string): StepSpec[] {
  const name = pathName(path);
  const args: StepSpec['args'] = held === undefined ? { name } : { name, held };
  return sites.map(({ unit, node }, i) =>
    i === sites.length - 1 ? { unit, node, message, args } : { unit, node, message: 'step-call', args: { name } },
  );
}

/** `T.method` or `function`, as the reader knows it. */
function functionName({ declaration }: DeclUnit): string {
  const name = declaration.names[0] ?? '';
  return declaration.recv === undefined ? name : `${declaration.recv}.${name}`;
}
