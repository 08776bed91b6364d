/** Texts that several rules use. */
import type { Localized } from './rule.ts';

/** Messages that `pathSteps` in `witness.ts` needs. Spread them into a rule's `messages`. */
export const PATH_MESSAGES = {
  'step-when': { en: 'when `{cond}` holds', 'zh-cn': '当 `{cond}` 成立时' },
  'step-unless': { en: 'when `{cond}` does not hold', 'zh-cn': '当 `{cond}` 不成立时' },
  'step-comm': { en: 'the `select` goes on with `{comm}`', 'zh-cn': '`select` 选择 `{comm}` 继续' },
  'step-default': { en: 'the `select` goes on with `default`', 'zh-cn': '`select` 选择 `default` 继续' },
  'step-return': { en: 'the function returns here', 'zh-cn': '函数在此返回' },
  'step-end': { en: 'the function ends here', 'zh-cn': '函数在此结束' },
  'step-again': { en: 'the loop comes round and does it again', 'zh-cn': '循环再次执行到这里' },
  'step-overwritten': { en: 'the variable gets a new value here', 'zh-cn': '变量在此被重新赋值' },
} satisfies Record<string, Localized>;

/** Messages that `reportReplaced` in `replaced-resource.ts` needs. */
export const REPLACED_MESSAGES = {
  'step-first': { en: 'a new value starts with this', 'zh-cn': '新建的值最初使用它' },
  'step-filled': { en: 'from here on the field holds one', 'zh-cn': '从这里起该字段已持有一个' },
  'step-each-call': { en: 'each call puts one into the field', 'zh-cn': '每次调用都会向该字段放入一个' },
  'step-next': { en: 'this is the one that takes its place', 'zh-cn': '取代它的就是这一个' },
  'step-taken-out': { en: 'what is taken out of it is released here', 'zh-cn': '从中取出的值在此被释放' },
  'fix-close-old': { en: 'Release the old one first: `{call}`', 'zh-cn': '先释放旧的：`{call}`' },
} satisfies Record<string, Localized>;

/** Messages that `endlessSteps` in `endless-report.ts` needs. */
export const ENDLESS_MESSAGES = {
  'step-calls': {
    en: 'the goroutine calls this function, which does not return',
    'zh-cn': 'goroutine 调用了这个不会返回的函数',
  },
  'step-loop': {
    en: 'no `return`, `break` or panic leads out of here',
    'zh-cn': '没有 `return`、`break` 或 panic 可以离开这里',
  },
} satisfies Record<string, Localized>;

/** The titles that `stop-producer.ts`, `keep-cancel.ts` and `close-instead.ts` in `leak-repairs/` need. */
export const STOP_MESSAGES = {
  'fix-stop': { en: 'Give up sending on `{done}`', 'zh-cn': '在 `{done}` 就绪时放弃发送' },
  'fix-stop-either': {
    en: 'Give up sending on `{done}` or `{other}`',
    'zh-cn': '在 `{done}` 或 `{other}` 就绪时放弃发送',
  },
  'fix-keep-cancel': {
    en: 'Pass on `{ctx}` with its cancellation',
    'zh-cn': '传递保留取消信号的 `{ctx}`',
  },
  'fix-close-instead': {
    en: 'Close `{name}` instead of sending: that never waits, and reaches all who receive',
    'zh-cn': '关闭 `{name}` 而不是发送：关闭从不阻塞，且所有接收方都能得知',
  },
  'fix-stop-producer': {
    en: 'End the sender with `{name}` when the receiving function returns',
    'zh-cn': '接收方函数返回时用 `{name}` 结束发送方',
  },
} satisfies Record<string, Localized>;

/** The titles that `wake.ts` in `leak-repairs/` needs. */
export const WAKE_MESSAGES = {
  'fix-broadcast': {
    en: 'Wake all who wait for `{name}`: `Broadcast` instead of `Signal`',
    'zh-cn': '用 `Broadcast` 代替 `Signal`，唤醒所有等待 `{name}` 的 goroutine',
  },
  'fix-wake': {
    en: 'Call `{call}` after the change on line {line}',
    'zh-cn': '在第 {line} 行的修改之后调用 `{call}`',
  },
} satisfies Record<string, Localized>;

/** The title that `count-each.ts` in `leak-repairs/` needs. */
export const COUNT_MESSAGES = {
  'fix-count-each': {
    en: 'Count each goroutine where it is started: `{call}` instead of the call on line {line}',
    'zh-cn': '在启动每个 goroutine 的地方计数：用 `{call}` 代替第 {line} 行的调用',
  },
} satisfies Record<string, Localized>;

/** The titles that `releaseOnEveryWay` in `leak-repairs/defer-release.ts` needs. */
export const DEFER_MESSAGES = {
  'fix-defer-call': {
    en: 'Run `{call}` on every way out, with `defer`',
    'zh-cn': '用 `defer` 在每条返回路径上执行 `{call}`',
  },
  'fix-call-before-return': {
    en: 'Call `{call}` on the way out on line {line}, too',
    'zh-cn': '在第 {line} 行离开之前也调用 `{call}`',
  },
  'fix-call-before-each': {
    en: 'Call `{call}` on each of the {count} ways out that lack it',
    'zh-cn': '在缺少 `{call}` 的 {count} 条路径上都调用它',
  },
} satisfies Record<string, Localized>;

/** Title of the fix of `leak-repairs/give-up.ts`. */
export const GIVE_UP_MESSAGES = {
  'fix-give-up': { en: 'Give up when `{ctx}` is done', 'zh-cn': '在 `{ctx}` 结束时放弃等待' },
} satisfies Record<string, Localized>;

/** Messages that `reportLeaks` in `model-report.ts` needs: the steps of a witness. */
export const MODEL_MESSAGES = {
  'step-start': { en: 'this goroutine is started here', 'zh-cn': '该 goroutine 在此启动' },
  'step-send': { en: 'this send goes through', 'zh-cn': '此发送完成' },
  'step-receive': { en: 'this receive gets its value', 'zh-cn': '此接收得到了值' },
  'step-close': { en: 'the channel is closed here', 'zh-cn': 'channel 在此关闭' },
  'step-lock': { en: 'the lock is taken here', 'zh-cn': '锁在此被获取' },
  'step-call': { en: 'this call leads to the wait', 'zh-cn': '此调用最终进入该等待' },
  'step-cancel': { en: 'the context is cancelled here', 'zh-cn': 'context 在此被取消' },
  'step-fires': {
    en: 'this fires: a timer runs out or the context is done',
    'zh-cn': '此处触发：定时器到期或 context 结束',
  },
  'step-default': { en: 'nobody is ready, so `default` is taken', 'zh-cn': '没有一方就绪，因此执行 `default`' },
  'step-signal': {
    en: 'the signal comes here, while nobody waits for it or for another one',
    'zh-cn': '信号在此发出，此时没有人在等待它，或唤醒了别人',
  },
  'step-departs': {
    en: 'this goroutine leaves here without having done what is waited for',
    'zh-cn': '该 goroutine 在此离开，没有完成所等待的操作',
  },
  'step-made': { en: 'the channel is made here', 'zh-cn': 'channel 在此创建' },
  'step-returned': { en: 'this goroutine ends here', 'zh-cn': '该 goroutine 在此结束' },
  'step-also-blocked': { en: 'meanwhile another goroutine waits here', 'zh-cn': '与此同时，另一个 goroutine 在此等待' },
  'step-blocked': { en: 'nobody is left who could end this wait', 'zh-cn': '再也没有人能结束此处的等待' },
  'step-panics': { en: 'this panics', 'zh-cn': '此处 panic' },
} satisfies Record<string, Localized>;
