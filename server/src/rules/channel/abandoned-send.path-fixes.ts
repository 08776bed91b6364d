/** Repairs for a send that a way through the function leaves without a receiver. */
import { makeBuffered } from '../../fixes/make-buffered.ts';
import { selectWithDone } from '../../fixes/select-with-done.ts';
import type { LocalChannel } from '../../golang/local-channels.ts';
import { contextAtSend } from '../channel-fixes.ts';
import { endsWithSend, sendsOnce } from '../channel-room.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import type { Sender } from '../leaked-channel.ts';

/** Room for everything that is sent where each goroutine sends once; else giving up when a context in reach is done. */
export function pathFixes(
  { analysis, unit }: RuleContext,
  channel: LocalChannel,
  senders: readonly Sender[],
  sender: Sender,
): FixSpec[] {
  const fixes: FixSpec[] = [];
  const size = senders.every((s) => sendsOnce(analysis, { unit, channel }, s)) ? senders.length : undefined;
  if (size !== undefined)
    fixes.push({
      id: 'make-buffered',
      title: 'fix-buffer',
      args: { name: channel.object.name, size },
      preferred: true,
      safe: senders.every((s) => endsWithSend(analysis, s)),
      edits: makeBuffered(unit, channel.make, String(size)),
    });
  const { launch, sends } = sender;
  const [send] = sends;
  const ctx =
    send && sends.length === 1 && launch.body?.unit === unit ? contextAtSend(analysis, unit, launch, send) : undefined;
  if (send && ctx)
    fixes.push({
      id: 'select-with-context',
      title: 'fix-select',
      args: { ctx: ctx.name },
      preferred: size === undefined,
      edits: selectWithDone(unit, send, `${ctx.name}.Done()`),
    });
  return fixes;
}
