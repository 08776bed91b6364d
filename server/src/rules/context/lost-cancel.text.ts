import { PATH_MESSAGES, REPLACED_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...PATH_MESSAGES,
    ...REPLACED_MESSAGES,
    replaced: {
      en: 'what `{name}` held until here is not cancelled: `{method}` puts another one in its place, and nobody can call the old cancel function any more',
      'zh-cn': '`{name}` 此前保存的对象没有被取消：`{method}` 用另一个对象取代了它，再也没有人能调用旧的取消函数',
    },
    discarded: {
      en: 'the cancel function of `{call}` is discarded: the context and what waits for it stay alive until the parent is cancelled',
      'zh-cn': '`{call}` 返回的取消函数被丢弃：该 context 以及等待它的一切会一直存活，直到父 context 被取消',
    },
    'not-called': {
      en: '`{name}` is not called on every way out: at the return on line {line} the context of `{call}` leaks until its parent is cancelled',
      'zh-cn':
        '`{name}` 并非在每条路径上都被调用：在第 {line} 行返回时，`{call}` 的 context 会泄漏，直到父 context 被取消',
    },
    'discarded-timed': {
      en: 'the cancel function of `{call}` is discarded: the context, its timer and what waits for it stay until the deadline, however early the work is done',
      'zh-cn':
        '`{call}` 返回的取消函数被丢弃：无论工作多早完成，该 context、它的定时器以及等待它的一切都会保留到截止时间',
    },
    'discarded-pull': {
      en: 'the stop function of `{call}` is discarded: unless the sequence is read to its end, its coroutine stays for ever',
      'zh-cn': '`{call}` 返回的停止函数被丢弃：除非把序列读到末尾，否则它的协程会永远保留',
    },
    'not-called-timed': {
      en: '`{name}` is not called on every way out: at the return on line {line} the context of `{call}` and its timer leak until the deadline',
      'zh-cn':
        '`{name}` 并非在每条路径上都被调用：在第 {line} 行返回时，`{call}` 的 context 及其定时器会泄漏，直到截止时间',
    },
    'not-called-pull': {
      en: '`{name}` is not called on every way out: at the return on line {line} the coroutine of `{call}` may be left waiting for ever',
      'zh-cn': '`{name}` 并非在每条路径上都被调用：在第 {line} 行返回时，`{call}` 的协程可能永远等待下去',
    },
    'not-called-stop': {
      en: '`{name}` is not called on every way out: at the return on line {line} the goroutine that `{call}` has started is left behind, waiting for that call',
      'zh-cn':
        '`{name}` 并非在每条路径上都被调用：在第 {line} 行返回时，`{call}` 启动的 goroutine 被遗留下来，一直等待这次调用',
    },
    'discarded-stop': {
      en: 'the function that `{call}` returns is discarded: nothing else ends the goroutine that it has started',
      'zh-cn': '`{call}` 返回的函数被丢弃：没有别的东西能结束它启动的 goroutine',
    },
    'step-started': {
      en: '`{call}` starts the goroutine here',
      'zh-cn': '`{call}` 在此启动 goroutine',
    },
    'step-stop': {
      en: '`{name}` must be called to end the goroutine that starts here',
      'zh-cn': '必须调用 `{name}` 才能结束在此启动的 goroutine',
    },
    'discarded-unheld': {
      en: 'the cancel function of `{call}` is discarded: nothing holds this context or waits for it yet, but what does so one day will wait for ever',
      'zh-cn': '`{call}` 返回的取消函数被丢弃：目前没有任何东西引用或等待该 context，但将来等待它的代码会永远等下去',
    },
    'not-called-unheld': {
      en: '`{name}` is not called on every way out: at the return on line {line} nothing holds the context of `{call}` or waits for it yet, but what does so one day will wait for ever',
      'zh-cn':
        '`{name}` 并非在每条路径上都被调用：在第 {line} 行返回时，目前没有任何东西引用或等待 `{call}` 的 context，但将来等待它的代码会永远等下去',
    },
    'again-unheld': {
      en: '`{name}` is not called before `{call}` runs again: nothing holds the context or waits for it yet, but what does so one day will wait for ever',
      'zh-cn':
        '在再次执行 `{call}` 之前没有调用 `{name}`：目前没有任何东西引用或等待该 context，但将来等待它的代码会永远等下去',
    },
    again: {
      en: '`{name}` is not called before `{call}` runs again: each turn of the loop leaks a context',
      'zh-cn': '在再次执行 `{call}` 之前没有调用 `{name}`：循环每执行一次就泄漏一个 context',
    },
    overwritten: {
      en: '`{name}` is overwritten on line {line} before it was called: the context of `{call}` can no longer be cancelled',
      'zh-cn': '`{name}` 在被调用之前就在第 {line} 行被覆盖：`{call}` 的 context 再也无法取消',
    },
    'deferred-in-loop': {
      en: '`defer {name}()` never runs because the loop around it never ends: each turn leaks the context of `{call}`',
      'zh-cn': '`defer {name}()` 永远不会执行，因为外层循环不会结束：每次循环都会泄漏 `{call}` 的 context',
    },
    'kept-uncalled': {
      en: 'the cancel function of `{call}` is kept in `{name}`, which nothing reads: nobody can cancel the context any more, and what waits for its end stays',
      'zh-cn':
        '`{call}` 的取消函数保存在 `{name}` 中，但没有任何代码读取它：再也无法取消该 context，等待其结束的 goroutine 会一直留存',
    },
    'ended-uncalled': {
      en: '`{name}` is never called when `{method}` returns on line {line}: `{flag}` is set by then, and `{name}` is only called where it is not, so the context of `{call}` leaks until its parent is cancelled',
      'zh-cn':
        '当 `{method}` 在第 {line} 行返回后，`{name}` 永远不会被调用：此时 `{flag}` 已被设置，而只有在它未设置时才会调用 `{name}`，因此 `{call}` 的 context 会泄漏，直到父 context 被取消',
    },
    'step-ended': {
      en: 'from here on `{flag}` is set, and whoever comes later does nothing',
      'zh-cn': '从这里起 `{flag}` 已被设置，之后到来的调用者什么也不做',
    },
    'step-kept': {
      en: 'the context that is to be cancelled is made here',
      'zh-cn': '需要被取消的 context 在此创建',
    },
    'step-acquired': {
      en: '`{name}` must be called to release this context',
      'zh-cn': '必须调用 `{name}` 才能释放此 context',
    },
    'fix-defer': { en: 'Add `defer {name}()`', 'zh-cn': '添加 `defer {name}()`' },
    'fix-after-use': {
      en: 'Call `{name}()` behind line {line}, which needs the context last',
      'zh-cn': '在最后需要该 context 的第 {line} 行之后调用 `{name}()`',
    },
    'fix-before-continue': {
      en: 'Call `{name}()` before the `continue` on line {line}',
      'zh-cn': '在第 {line} 行的 `continue` 之前调用 `{name}()`',
    },
    'fix-closure': {
      en: 'Move the body of the loop into a function that defers `{name}()`',
      'zh-cn': '把循环体移到函数中，并在其中 `defer {name}()`',
    },
    'fix-before-return': {
      en: 'Call `{name}()` before the return on line {line}',
      'zh-cn': '在第 {line} 行返回之前调用 `{name}()`',
    },
    'fix-before-each': {
      en: 'Call `{name}()` before each of the {count} returns that lack it',
      'zh-cn': '在缺少 `{name}()` 的 {count} 个返回之前都调用它',
    },
  },
  docs: {
    summary: {
      en: 'The cancel function of a derived context is dropped or not called on some way out.',
      'zh-cn': '派生 context 的取消函数被丢弃，或在某条返回路径上没有被调用。',
    },
    why: {
      en: "A context made by `WithCancel`, `WithTimeout` or `WithDeadline` is registered with its parent. Until its cancel function runs, the parent keeps it, its timer keeps running, and every goroutine that waits for it stays. With a parent that lives as long as the process nothing ever cleans up.\n\nThe same holds for the stop functions of `signal.NotifyContext`, `context.AfterFunc` and `iter.Pull`, and for a function that one of the package, or of another package of the workspace, returns and that alone ends the goroutine which that has started.\n\nNothing is held by a context that `WithCancel` makes of a root context (`Background`, `TODO`, also through `WithValue`) and that nobody may wait for: where it is lost it was only tested with `Err`, used to derive another context, or returned beside an error. Such a finding is a hint, unless the rule's level is set.",
      'zh-cn':
        '由 `WithCancel`、`WithTimeout` 或 `WithDeadline` 创建的 context 会登记在父 context 上。在其取消函数执行之前，父 context 一直引用它，计时器一直运行，等待它的 goroutine 也不会结束。如果父 context 与进程同寿命，这些资源永远不会被回收。\n\n`signal.NotifyContext`、`context.AfterFunc` 和 `iter.Pull` 返回的停止函数也是如此；本包或工作区其他包的函数启动 goroutine 并返回唯一能结束它的函数时，同样如此。\n\n如果 context 由 `WithCancel` 从根 context（`Background`、`TODO`，也可经过 `WithValue`）派生，且没有代码会等待它，则不会占住任何东西：在丢失取消函数的路径上，它只被用于 `Err` 检查、派生其他 context 或与错误一起返回。除非设置了该规则的级别，此类结果仅以提示级别报告。',
    },
    silent: {
      en: '- the cancel function is returned, stored, passed on or captured: somebody else may call it, unless it goes into a field or variable of the package that nothing ever reads, or into a struct that the function drops on some way out, or it takes the place of another one that is known to be there and that others end when they take it out, or it is in a field that only the first one calls who ends the value, and that one may leave without the call\n- the way out ends the process or panics\n- the function never returns\n- the way out is a `select` arm that has received from `Done()` of the context or of its parent: it has ended',
      'zh-cn':
        '- 取消函数被返回、保存、传递或被闭包捕获：可能由别处调用，除非它被存入包内从未被读取的字段或变量，或存入函数在某条返回路径上丢弃的结构体，或取代了已知存在、别处取出时会结束的另一个，或所在字段只由第一个结束该值的调用者调用，而它可能没有调用就返回\n- 该路径以 panic 或进程退出结束\n- 函数永不返回\n- 返回路径是 `select` 中已从该 context 或其父 context 的 `Done()` 收到值的分支：它已经结束',
    },
    fix: {
      en: 'Write `defer cancel()` right after the call. Calling it twice is harmless. In a loop, move the body into a function so that the deferred call runs on each turn.',
      'zh-cn':
        '在调用之后立即写 `defer cancel()`，重复调用无害。在循环中，请把循环体移到单独的函数里，使 defer 在每次循环结束时执行。',
    },
    bad: `package p

import (
	"context"
	"time"
)

func fetch(parent context.Context, get func(context.Context) error) error {
	ctx, _ := context.WithTimeout(parent, 5*time.Second)
	return get(ctx)
}
`,
    good: `package p

import (
	"context"
	"time"
)

func fetch(parent context.Context, get func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(parent, 5*time.Second)
	defer cancel()
	return get(ctx)
}
`,
  },
};
