/** Every rule, by group and id. */
import type { Rule } from './rule.ts';
import { abandonedSend } from './channel/abandoned-send.ts';
import { closeSkipped } from './channel/close-skipped.ts';
import { doubleClose } from './channel/double-close.ts';
import { doubleSend } from './channel/double-send.ts';
import { ignoredChannelResult } from './channel/ignored-channel-result.ts';
import { neverClosedRange } from './channel/never-closed-range.ts';
import { nilChannel } from './channel/nil-channel.ts';
import { producerOutlivesConsumer } from './channel/producer-outlives-consumer.ts';
import { receiveWithoutSender } from './channel/receive-without-sender.ts';
import { sendAfterClose } from './channel/send-after-close.ts';
import { surplusSenders } from './channel/surplus-senders.ts';
import { unbufferedSignal } from './channel/unbuffered-signal.ts';
import { cancelNeverReached } from './context/cancel-never-reached.ts';
import { contextIgnoredWhileBlocking } from './context/context-ignored-while-blocking.ts';
import { contextInStruct } from './context/context-in-struct.ts';
import { contextNotPropagated } from './context/context-not-propagated.ts';
import { detachedHandlerGoroutine } from './context/detached-handler-goroutine.ts';
import { growingContext } from './context/growing-context.ts';
import { handlerWithoutDeadline } from './context/handler-without-deadline.ts';
import { lostCancel } from './context/lost-cancel.ts';
import { missingContextVariant } from './context/missing-context-variant.ts';
import { nilContext } from './context/nil-context.ts';
import { zeroTimeout } from './context/zero-timeout.ts';
import { breakInsideSelect } from './goroutine/break-inside-select.ts';
import { busySelect } from './goroutine/busy-select.ts';
import { emptySelect } from './goroutine/empty-select.ts';
import { deferredInEndlessGoroutine } from './goroutine/deferred-in-endless-goroutine.ts';
import { fatalInGoroutine } from './goroutine/fatal-in-goroutine.ts';
import { fireAndForget } from './goroutine/fire-and-forget.ts';
import { goroutineNeverExits } from './goroutine/goroutine-never-exits.ts';
import { goroutineWithoutOwner } from './goroutine/goroutine-without-owner.ts';
import { loopVariableCapture } from './goroutine/loop-variable-capture.ts';
import { serverWithoutShutdown } from './goroutine/server-without-shutdown.ts';
import { startWithoutStop } from './goroutine/start-without-stop.ts';
import { testsWithoutLeakCheck } from './goroutine/tests-without-leak-check.ts';
import { unboundedGoroutines } from './goroutine/unbounded-goroutines.ts';
import { clientWithoutTimeout } from './resource/client-without-timeout.ts';
import { closeBeforeErrorCheck } from './resource/close-before-error-check.ts';
import { connWithoutDeadline } from './resource/conn-without-deadline.ts';
import { dbPoolUnbounded } from './resource/db-pool-unbounded.ts';
import { deferInLoop } from './resource/defer-in-loop.ts';
import { processNotWaited } from './resource/process-not-waited.ts';
import { resourceNotClosed } from './resource/resource-not-closed.ts';
import { responseBodyNotClosed } from './resource/response-body-not-closed.ts';
import { rowsNotClosed } from './resource/rows-not-closed.ts';
import { transportPerRequest } from './resource/transport-per-request.ts';
import { unusedSuppression } from './suppression/unused-suppression.ts';
import { blockingUnderLock } from './sync/blocking-under-lock.ts';
import { condWait } from './sync/cond-wait.ts';
import { copiedLock } from './sync/copied-lock.ts';
import { doubleLock } from './sync/double-lock.ts';
import { errgroupNotWaited } from './sync/errgroup-not-waited.ts';
import { ignoredLoadorstore } from './sync/ignored-loadorstore.ts';
import { lockOrder } from './sync/lock-order.ts';
import { missingUnlock } from './sync/missing-unlock.ts';
import { onceRecursion } from './sync/once-recursion.ts';
import { stalePoolObject } from './sync/stale-pool-object.ts';
import { waitBeforeDrain } from './sync/wait-before-drain.ts';
import { waitInSpawnLoop } from './sync/wait-in-spawn-loop.ts';
import { waitgroupAddInside } from './sync/waitgroup-add-inside.ts';
import { waitgroupMissingDone } from './sync/waitgroup-missing-done.ts';
import { wrongUnlock } from './sync/wrong-unlock.ts';
import { afterfuncLeak } from './timer/afterfunc-leak.ts';
import { sleepAsSync } from './timer/sleep-as-sync.ts';
import { tickerLoopNeverEnds } from './timer/ticker-loop-never-ends.ts';
import { tickerNotStopped } from './timer/ticker-not-stopped.ts';
import { timeAfterInLoop } from './timer/time-after-in-loop.ts';
import { timeTick } from './timer/time-tick.ts';
import { timerNotStopped } from './timer/timer-not-stopped.ts';

export const RULES: readonly Rule[] = [
  abandonedSend,
  closeSkipped,
  doubleClose,
  doubleSend,
  ignoredChannelResult,
  neverClosedRange,
  nilChannel,
  producerOutlivesConsumer,
  receiveWithoutSender,
  sendAfterClose,
  surplusSenders,
  unbufferedSignal,
  cancelNeverReached,
  contextIgnoredWhileBlocking,
  contextInStruct,
  contextNotPropagated,
  detachedHandlerGoroutine,
  growingContext,
  handlerWithoutDeadline,
  lostCancel,
  missingContextVariant,
  nilContext,
  zeroTimeout,
  breakInsideSelect,
  busySelect,
  deferredInEndlessGoroutine,
  emptySelect,
  fatalInGoroutine,
  fireAndForget,
  goroutineNeverExits,
  goroutineWithoutOwner,
  loopVariableCapture,
  serverWithoutShutdown,
  startWithoutStop,
  testsWithoutLeakCheck,
  unboundedGoroutines,
  clientWithoutTimeout,
  closeBeforeErrorCheck,
  connWithoutDeadline,
  dbPoolUnbounded,
  deferInLoop,
  processNotWaited,
  resourceNotClosed,
  responseBodyNotClosed,
  rowsNotClosed,
  transportPerRequest,
  unusedSuppression,
  blockingUnderLock,
  condWait,
  copiedLock,
  doubleLock,
  errgroupNotWaited,
  ignoredLoadorstore,
  lockOrder,
  missingUnlock,
  onceRecursion,
  stalePoolObject,
  waitBeforeDrain,
  waitInSpawnLoop,
  waitgroupAddInside,
  waitgroupMissingDone,
  wrongUnlock,
  afterfuncLeak,
  sleepAsSync,
  tickerLoopNeverEnds,
  tickerNotStopped,
  timeAfterInLoop,
  timeTick,
  timerNotStopped,
];

const byId = new Map(RULES.map((r) => [r.meta.id, r]));

/** The rule with that id, or undefined. */
export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}
