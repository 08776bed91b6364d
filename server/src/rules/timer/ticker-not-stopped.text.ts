import { PATH_MESSAGES, REPLACED_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...PATH_MESSAGES,
    ...REPLACED_MESSAGES,
    replaced: {
      en: 'what `{name}` held until here goes on ticking: `{method}` puts another ticker in its place, and nobody can stop the old one any more',
      'zh-cn': '`{name}` 此前保存的 ticker 会继续触发：`{method}` 用另一个 ticker 取代了它，再也没有人能停止旧的那个',
    },
    'not-stopped': {
      en: '`{name}` is not stopped on every way out: after the return on line {line} it goes on ticking',
      'zh-cn': '`{name}` 并非在每条路径上都被停止：在第 {line} 行返回之后它仍会继续触发',
    },
    'former-stopped': {
      en: 'the `defer` on line {stop} stops the ticker that `{name}` held there, not this one: after the return on line {line} it goes on ticking',
      'zh-cn':
        '第 {stop} 行的 `defer` 停止的是 `{name}` 当时持有的 ticker，而不是这一个：在第 {line} 行返回之后它仍会继续触发',
    },
    again: {
      en: '`{name}` is not stopped before the loop makes the next ticker: each turn leaves one ticking',
      'zh-cn': '在循环创建下一个 ticker 之前没有停止 `{name}`：每次循环都会留下一个仍在触发的 ticker',
    },
    overwritten: {
      en: '`{name}` is overwritten on line {line} before it was stopped: the old ticker goes on ticking',
      'zh-cn': '`{name}` 在停止之前就在第 {line} 行被覆盖：旧的 ticker 会继续触发',
    },
    'no-handle': {
      en: 'the ticker made by `{call}` is kept nowhere, so nobody can stop it: it goes on ticking after the function has returned',
      'zh-cn': '`{call}` 创建的 ticker 没有保存下来，因此无法停止：函数返回后它仍会继续触发',
    },
    'left-by-goroutine': {
      en: '`{name}` is used by the goroutine of line {line} only, and that ends without stopping it: it goes on ticking',
      'zh-cn': '`{name}` 只被第 {line} 行启动的 goroutine 使用，而该 goroutine 结束时没有停止它：它仍会继续触发',
    },
    'field-after-function': {
      en: 'the ticker in `{name}` is stopped nowhere: it goes on ticking after the goroutine of `{func}` has ended on line {line}',
      'zh-cn': '`{name}` 中的 ticker 从未被停止：`{func}` 的 goroutine 在第 {line} 行结束之后它仍会继续触发',
    },
    'field-after-literal': {
      en: 'the ticker in `{name}` is stopped nowhere: it goes on ticking after the goroutine of line {start} has ended on line {line}',
      'zh-cn': '`{name}` 中的 ticker 从未被停止：第 {start} 行启动的 goroutine 在第 {line} 行结束之后它仍会继续触发',
    },
    'field-after-method': {
      en: 'the ticker in `{name}` is stopped nowhere: it goes on ticking after `{method}`',
      'zh-cn': '`{name}` 中的 ticker 从未被停止：`{method}` 之后它仍会继续触发',
    },
    'step-only-user': {
      en: 'only this goroutine waits for the ticks',
      'zh-cn': '只有这个 goroutine 等待 ticker 的触发',
    },
    'step-loop-ends': { en: 'it ends here', 'zh-cn': '它在此结束' },
    'step-ends': { en: 'the value that has the ticker ends here', 'zh-cn': '持有 ticker 的值在此结束' },
    'step-goroutine': { en: 'only this goroutine uses `{name}`', 'zh-cn': '只有这个 goroutine 使用 `{name}`' },
    'step-started': { en: 'the ticker starts here', 'zh-cn': 'ticker 在此启动' },
    'fix-defer-stop': { en: 'Add `defer {name}.Stop()`', 'zh-cn': '添加 `defer {name}.Stop()`' },
    'fix-reset': {
      en: 'Change the interval with `{name}.Reset`',
      'zh-cn': '用 `{name}.Reset` 改变间隔',
    },
    'fix-stop-in-method': { en: 'Add `{name}.Stop()` to `{method}`', 'zh-cn': '在 `{method}` 中添加 `{name}.Stop()`' },
    'fix-hoist': { en: 'Keep the ticker in `{name}` and stop it', 'zh-cn': '将 ticker 保存到 `{name}` 并在结束时停止' },
  },
  docs: {
    summary: {
      en: 'A ticker is not stopped on some way out of the function, or stays in a field where nothing stops it, or where another one takes its place.',
      'zh-cn': 'ticker 在函数的某条返回路径上没有被停止，或保存在字段中却从未被停止，或在字段中被另一个取代。',
    },
    why: {
      en: 'A ticker is kept by the runtime and fires until `Stop` is called, whether anybody listens or not. Before Go 1.23 a forgotten ticker is never collected: each call of the function leaves one more behind, and the timers of the process fire more and more often for nobody.\n\nFrom Go 1.23 on the garbage collector takes tickers that nothing refers to, so the finding is only a hint there; until then the ticker still fires.',
      'zh-cn':
        'ticker 由运行时持有，无论是否有人接收，在调用 `Stop` 之前都会不断触发。在 Go 1.23 之前，被遗忘的 ticker 永远不会被回收：函数每调用一次就多留下一个，进程中的定时器越来越多，却无人使用。\n\n从 Go 1.23 起，垃圾回收器会回收无人引用的 ticker，因此那里只作为提示；但在被回收之前它仍会触发。',
    },
    silent: {
      en: '- the ticker is returned, passed on, used by a closure that runs later, or stored where the package does not see all that happens to it: only an unexported field of one of its types that is used for ticks and `Reset` alone is looked at, and only where its value ends, by `Close` or the like or with the one goroutine that waits for the ticks, and a struct that the function has made for itself and drops on some way out\n- the function never ends, or runs once in the life of the process\n- `Stop` is deferred, directly or in a closure, or called by a helper, and the variable gets no other ticker before that',
      'zh-cn':
        '- ticker 被返回、传递、被稍后运行的闭包使用，或保存在包内无法看到全部用法的地方：只检查包内类型的未导出字段，且该字段只用于接收和 `Reset`，并且持有它的值会结束（通过 `Close` 等方法，或随唯一等待触发的 goroutine 一起结束），以及函数自己创建并在某条返回路径上丢弃的结构体\n- 函数永不结束，或在进程生命周期内只运行一次\n- `Stop` 已被 defer（直接或在闭包中），或由辅助函数调用，且在此之前该变量没有被赋予另一个 ticker',
    },
    fix: {
      en: 'Write `defer ticker.Stop()` right after the ticker is made. In a loop, make one ticker before the loop and use `Reset`. A ticker in a field is stopped by the goroutine that waits for it, or by the method that ends the value.',
      'zh-cn':
        '在创建 ticker 之后立即写 `defer ticker.Stop()`。在循环中，请在循环之前创建一个 ticker 并使用 `Reset`。字段中的 ticker 由等待它的 goroutine 停止，或由结束该值的方法停止。',
    },
    bad: `package p

import (
	"errors"
	"time"
)

func waitUntil(ready func() bool) error {
	ticker := time.NewTicker(50 * time.Millisecond)
	for range 100 {
		<-ticker.C
		if ready() {
			return nil
		}
	}
	return errors.New("not ready")
}
`,
    good: `package p

import (
	"errors"
	"time"
)

func waitUntil(ready func() bool) error {
	ticker := time.NewTicker(50 * time.Millisecond)
	defer ticker.Stop()
	for range 100 {
		<-ticker.C
		if ready() {
			return nil
		}
	}
	return errors.New("not ready")
}
`,
  },
};
