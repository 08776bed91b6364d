/** Locks, groups and other ways in which goroutines wait for each other: sync, golang.org/x/sync. */
import type { ApiFact, FactTable, Opens } from '../fact.ts';
import { each, under } from './define.ts';

const spawn: ApiFact = { startsGoroutine: true, calls: [{ param: 0, when: 'async' }] };

function lock(release: string): Opens {
  return { on: 'receiver', release: [release], kind: 'lock' };
}

export const syncFacts: FactTable = {
  ...under('sync', {
    ...each('Mutex.Lock RWMutex.Lock Locker.Lock', { opens: lock('Unlock'), blocks: 'sync' }),
    'RWMutex.RLock': { opens: lock('RUnlock'), blocks: 'sync' },
    ...each('Mutex.TryLock RWMutex.TryLock', { opens: { ...lock('Unlock'), ifTrue: true } }),
    'RWMutex.TryRLock': { opens: { ...lock('RUnlock'), ifTrue: true } },
    ...each('Mutex.Unlock RWMutex.Unlock RWMutex.RUnlock Locker.Unlock', { releasesReceiver: 'always' }),
    ...each('WaitGroup.Wait Cond.Wait', { blocks: 'sync' }),
    'WaitGroup.Go': spawn,
    'Once.Do': { calls: [{ param: 0, when: 'sync' }] },
    ...each('OnceFunc OnceValue OnceValues', { calls: [{ param: 0, when: 'async' }] }),
    'Map.Range': { calls: [{ param: 0, when: 'sync' }] },
  }),
  ...under('golang.org/x/sync/errgroup', {
    WithContext: { takesContext: 0, acquires: { result: 0, release: ['Wait'], kind: 'group' } },
    ...each('Group.Go Group.TryGo', spawn),
    'Group.Wait': { blocks: 'sync', releasesReceiver: 'always' },
  }),
  ...under('golang.org/x/sync/semaphore', {
    'Weighted.Acquire': {
      opens: { on: 'receiver', release: ['Release'], kind: 'lock', error: 0 },
      blocks: 'sync',
      takesContext: 0,
    },
    'Weighted.TryAcquire': {
      opens: { on: 'receiver', release: ['Release'], kind: 'lock', ifTrue: true },
    },
  }),
  ...under('golang.org/x/sync/singleflight', {
    'Group.Do': { blocks: 'sync', calls: [{ param: 1, when: 'sync' }] },
    'Group.DoChan': { startsGoroutine: true, calls: [{ param: 1, when: 'async' }] },
  }),
};
