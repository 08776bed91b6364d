import type { ApiFact, FactTable } from '../fact.ts';
import { each, under } from './define.ts';

const withCancel: ApiFact = { acquires: { result: 1, release: ['()'], kind: 'cancel' }, takesContext: 0 };

export const contextFacts: FactTable = {
  ...under('context', {
    ...each('WithCancel WithCancelCause WithDeadline WithDeadlineCause WithTimeout WithTimeoutCause', withCancel),
    ...each('WithValue WithoutCancel Cause', { takesContext: 0 }),
    AfterFunc: {
      acquires: { result: 0, release: ['()'], kind: 'stop' },
      takesContext: 0,
      startsGoroutine: true,
      calls: [{ param: 1, when: 'async' }],
    },
  }),
  ...under('golang.org/x/net/context', {
    ...each('WithCancel WithDeadline WithTimeout', withCancel),
    WithValue: { takesContext: 0 },
  }),
  'os/signal.NotifyContext': {
    acquires: { result: 1, release: ['()'], kind: 'stop' },
    takesContext: 0,
    startsGoroutine: true,
  },
  // The sequence runs on a coroutine of its own, which stays parked until the sequence ends or stop is called.
  ...each('iter.Pull iter.Pull2', {
    acquires: { result: 1, release: ['()'], kind: 'stop' },
    startsGoroutine: true,
    calls: [{ param: 0, when: 'async' }],
  }),
};
