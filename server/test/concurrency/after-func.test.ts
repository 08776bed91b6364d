/** `context.AfterFunc`: its function runs, or was stopped, and who stops it is told which. */
import { deepStrictEqual } from 'node:assert';
import { toldLeaks } from './told-leaks.ts';

const told = (body: string): Promise<string[]> =>
  toldLeaks(`package p

import "context"

func f(ctx context.Context, work func() bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	gone := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { close(gone) })
${body}
}
`);

describe('concurrency: functions that run after a context', () => {
  it('are waited for where they were stopped', async () => {
    deepStrictEqual(await told('	stop()\n	<-gone'), ['close-skipped <-gone']);
    deepStrictEqual(await told('	if stop() {\n		<-gone\n	}'), ['close-skipped <-gone']);
  });

  it('are not waited for where they were stopped in time', async () => {
    deepStrictEqual(await told('	if !stop() {\n		<-gone\n	}'), []);
    deepStrictEqual(await told('	if work() && stop() {\n		return\n	}\n	cancel()\n	<-gone'), []);
  });

  it('are no goroutines that are left behind', async () => {
    deepStrictEqual(await told('	if work() {\n		stop()\n	}'), []);
  });
});
