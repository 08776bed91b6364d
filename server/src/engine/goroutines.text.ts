/** Words for how goroutines end: shown in hovers and code lenses and written into reports. */
import type { Localized } from '../rules/rule.ts';

/** Sentences. `{ways}` is a list made of `WAYS`, `{place}` of `PLACES`. */
export const SENTENCES = {
  completes: { en: 'This goroutine runs to completion.', 'zh-cn': '该 goroutine 会运行至结束。' },
  ends: { en: 'This goroutine ends when {ways}.', 'zh-cn': '该 goroutine 在{ways}时结束。' },
  earlier: {
    en: 'This goroutine ends at the latest when {ways}.',
    'zh-cn': '该 goroutine 最迟在{ways}时结束。',
  },
  elsewhere: {
    en: 'This goroutine runs to completion; on some ways it first waits until {ways}.',
    'zh-cn': '该 goroutine 会运行至结束；在某些路径上会先等待，直到{ways}。',
  },
  also: { en: ' It may also wait in {places}.', 'zh-cn': '它还可能在{places}等待。' },
  unknown: {
    en: 'How this goroutine ends is not known: the code it runs is not visible here.',
    'zh-cn': '不清楚该 goroutine 如何结束：它运行的代码在此不可见。',
  },
  daemon: {
    en: 'This goroutine lives as long as the process, as its comment says.',
    'zh-cn': '如注释所述，该 goroutine 与进程同生命周期。',
  },
  once: {
    en: 'This goroutine is started once and lives as long as the process: nothing ends the wait or loop in {place}.',
    'zh-cn': '该 goroutine 只启动一次，与进程同生命周期：没有什么能结束{place}的等待或循环。',
  },
  fatal: {
    en: 'This goroutine ends with the process only: {place} ends the program.',
    'zh-cn': '该 goroutine 只随进程结束：{place}会终止程序。',
  },
  'none-loop': {
    en: 'No end found: nothing leads out of the loop in {place}.',
    'zh-cn': '未发现结束途径：没有什么能离开{place}的循环。',
  },
  'none-parked': {
    en: 'No end found: the `select` in {place} waits for ever.',
    'zh-cn': '未发现结束途径：{place}的 `select` 会永远等待。',
  },
  'none-counterpart': {
    en: 'No end found: the goroutine waits in {place}, and {ways}.',
    'zh-cn': '未发现结束途径：该 goroutine 在{place}等待，而{ways}。',
  },
} satisfies Record<string, Localized>;

/** What ends a wait. */
export const WAYS = {
  done: { en: '`{what}` is done', 'zh-cn': ' `{what}` 结束' },
  closed: { en: '`{what}` is closed', 'zh-cn': ' `{what}` 被关闭' },
  received: { en: 'it has received from `{what}`', 'zh-cn': '从 `{what}` 接收成功' },
  sent: { en: 'it has sent on `{what}`', 'zh-cn': '向 `{what}` 发送成功' },
  time: { en: '`{what}` fires', 'zh-cn': ' `{what}` 到时' },
  returned: { en: '`{what}` returns', 'zh-cn': ' `{what}` 返回' },
  condition: { en: 'it leaves its loop', 'zh-cn': '离开其循环' },
} satisfies Record<string, Localized>;

/** What never happens. */
export const MISSING = {
  done: { en: '`{what}` is never done', 'zh-cn': '`{what}` 永远不会结束' },
  closed: { en: 'nobody closes `{what}`', 'zh-cn': '没有代码关闭 `{what}`' },
  received: { en: 'nobody sends on `{what}` or closes it', 'zh-cn': '没有代码向 `{what}` 发送或关闭它' },
  sent: { en: 'nobody receives from `{what}`', 'zh-cn': '没有代码从 `{what}` 接收' },
} satisfies Record<string, Localized>;

export const PLACES = {
  line: { en: 'line {line}', 'zh-cn': '第 {line} 行' },
  file: { en: '`{file}:{line}`', 'zh-cn': ' `{file}:{line}` ' },
  at: { en: '{what} ({place})', 'zh-cn': '{what}（{place}）' },
  closedAt: { en: '{what} ({place}, `close` in {close})', 'zh-cn': '{what}（{place}，`close` 在{close}）' },
} satisfies Record<string, Localized>;

/** A few words, without code marks. */
export const TITLES = {
  completes: { en: 'runs to completion', 'zh-cn': '运行至结束' },
  ends: { en: 'ends when {ways}', 'zh-cn': '在{ways}时结束' },
  elsewhere: { en: 'runs to completion, may wait until {ways}', 'zh-cn': '运行至结束，可能等待到{ways}' },
  unknown: { en: 'end not known', 'zh-cn': '结束途径不明' },
  process: { en: 'lives as long as the process', 'zh-cn': '与进程同生命周期' },
  none: { en: 'no end found', 'zh-cn': '未发现结束途径' },
} satisfies Record<string, Localized>;

export const OR: Localized = { en: ' or ', 'zh-cn': '或' };
export const COMMA: Localized = { en: ', ', 'zh-cn': '、' };
