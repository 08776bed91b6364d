import type { FactTable } from '../fact.ts';
import { under } from './define.ts';

export const timeFacts: FactTable = under('time', {
  NewTicker: { acquires: { result: 0, release: ['Stop'], kind: 'ticker' } },
  NewTimer: { acquires: { result: 0, release: ['Stop'], kind: 'timer' } },
  AfterFunc: {
    acquires: { result: 0, release: ['Stop'], kind: 'timer' },
    startsGoroutine: true,
    calls: [{ param: 1, when: 'async' }],
  },
  Sleep: { blocks: 'time' },
});
