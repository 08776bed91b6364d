import type { ApiFact, FactTable } from '../fact.ts';
import { each, under } from './define.ts';

const log: ApiFact = { borrows: [0] };
const logf: ApiFact = { borrows: [1] };
const stop: ApiFact = { neverReturns: true };

/** What `testing.T`, `B`, `F` and `TB` have in common. */
const common: FactTable = {
  ...each('Log Error', log),
  ...each('Logf Errorf', logf),
  ...each('Fatal Skip', { ...stop, ...log }),
  ...each('Fatalf Skipf', { ...stop, ...logf }),
  ...each('FailNow SkipNow', stop),
  Cleanup: { calls: [{ param: 0, when: 'atEnd' }] },
};

export const testingFacts: FactTable = {
  ...under('testing', {
    ...under('T', common),
    ...under('B', common),
    ...under('F', common),
    ...under('TB', common),
    ...each('T.Run B.Run', { startsGoroutine: true, calls: [{ param: 1, when: 'sync' }] }),
    'F.Fuzz': { startsGoroutine: true, calls: [{ param: 0, when: 'sync' }] },
    'B.RunParallel': { startsGoroutine: true, calls: [{ param: 0, when: 'sync' }] },
    Benchmark: { startsGoroutine: true, calls: [{ param: 0, when: 'sync' }] },
    AllocsPerRun: { calls: [{ param: 1, when: 'sync' }] },
  }),
  ...under('testing/synctest', {
    Test: { startsGoroutine: true, calls: [{ param: 1, when: 'sync' }] },
    Wait: { blocks: 'sync' },
  }),
  ...under('testing/quick', { ...each('Check', { calls: [{ param: 0, when: 'sync' }] }) }),
};
