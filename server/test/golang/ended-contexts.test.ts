import { equal, ok } from 'node:assert/strict';
import { isOverAtOnce } from '../../src/golang/ended-contexts.ts';
import { acquisitions } from '../../src/golang/resources.ts';
import { packageOf } from '../support/analysis.ts';

/** True when what `made` makes is over at once. */
async function isOver(made: string): Promise<boolean> {
  const { analysis, unit } = await packageOf({
    'a.go': `package p
import ("context"; "time")
func test(ctx context.Context, at int64, d time.Duration) { over, cancel := context.${made}; use(over, cancel) }`,
  });
  const [first] = acquisitions(analysis, unit('test'));
  ok(first, 'no context is made');
  return isOverAtOnce(analysis, first);
}

describe('contexts that are over when they are made', () => {
  for (const made of [
    'WithDeadline(ctx, time.Unix(0, 0))',
    'WithDeadline(ctx, time.Time{})',
    'WithDeadline(ctx, time.Now().Add(-5*time.Second))',
    'WithTimeout(ctx, 0)',
    'WithTimeout(ctx, -time.Minute)',
  ])
    it(made, async () => equal(await isOver(made), true));

  for (const made of [
    'WithDeadline(ctx, time.Unix(at, 0))',
    'WithDeadline(ctx, time.Now().Add(5*time.Second))',
    'WithTimeout(ctx, -d)',
    'WithCancel(ctx)',
  ])
    it(`not ${made}`, async () => equal(await isOver(made), false));
});
