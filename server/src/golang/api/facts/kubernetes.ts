/** The Kubernetes client: watches go on until they are stopped, informers until their channel is closed. */
import { WATCHING } from '../third-party/kubernetes.ts';
import type { ApiFact, FactTable } from '../fact.ts';
import { each, under } from './define.ts';

const stop = { result: 0, error: 1, release: ['Stop'], kind: 'subscription' } as const;
const watches: ApiFact = { acquires: stop, blocks: 'io', takesContext: 0 };
const runs: ApiFact = { blocks: 'sync' };

const typed = (...kinds: Record<string, string>[]): FactTable =>
  each(kinds.flatMap((k) => Object.values(k).map((name) => `${name}Interface.Watch`)).join(' '), watches);

export const kubernetesFacts: FactTable = {
  ...under('k8s.io/client-go/kubernetes/typed/core/v1', typed(WATCHING.core, WATCHING.coreCluster)),
  ...under('k8s.io/client-go/kubernetes/typed/apps/v1', typed(WATCHING.apps)),
  ...under('k8s.io/client-go/kubernetes/typed/batch/v1', typed(WATCHING.batch)),
  ...under('k8s.io/client-go/tools/watch', {
    NewRetryWatcher: { acquires: stop, startsGoroutine: true },
    NewRetryWatcherWithContext: { acquires: stop, startsGoroutine: true, takesContext: 0 },
  }),
  ...under('k8s.io/client-go/tools/cache', {
    ...each('Controller.Run SharedInformer.Run', runs),
    WaitForCacheSync: { ...runs, borrows: [0, 1] },
  }),
  ...under('k8s.io/client-go/informers.SharedInformerFactory', {
    Start: { startsGoroutine: true, keepsWithoutClosing: [0] },
    StartWithContext: { startsGoroutine: true, takesContext: 0 },
    WaitForCacheSync: { ...runs, borrows: [0] },
    Shutdown: runs,
  }),
};
