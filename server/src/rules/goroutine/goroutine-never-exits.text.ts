import type { RuleText } from '../rule.ts';
import { ENDLESS_MESSAGES } from '../shared-text.ts';

export const text: RuleText = {
  messages: {
    ...ENDLESS_MESSAGES,
    waits: {
      en: 'this goroutine never ends: its loop on line {line} waits for {waits} again and again and has no way out',
      'zh-cn': '这个 goroutine 永远不会结束：第 {line} 行的循环反复等待 {waits}，没有任何退出途径',
    },
    closed: {
      en: 'this goroutine never ends: once `{chan}` is closed, its loop on line {line} gets zero values from it without waiting and goes round for ever',
      'zh-cn': '这个 goroutine 永远不会结束：`{chan}` 关闭之后，第 {line} 行的循环会不停地从中得到零值，一直空转',
    },
    works: {
      en: 'this goroutine never ends: its loop on line {line} has no way out',
      'zh-cn': '这个 goroutine 永远不会结束：第 {line} 行的循环没有任何退出途径',
    },
    parked: {
      en: 'this goroutine never ends: the `select {}` on line {line} waits for nothing and can never go on',
      'zh-cn': '这个 goroutine 永远不会结束：第 {line} 行的 `select {}` 什么也不等待，永远无法继续',
    },
    'not-signalled': {
      en: 'this goroutine never ends: only {names} would let it leave line {line}, and nothing in the package sends on it or closes it',
      'zh-cn': '这个 goroutine 永远不会结束：只有 {names} 能让它离开第 {line} 行，但包中没有代码向其发送或将其关闭',
    },
    'not-closed': {
      en: 'this goroutine never ends: line {line} goes on until {names} is closed, and nothing in the package closes it',
      'zh-cn': '这个 goroutine 永远不会结束：第 {line} 行要等到 {names} 被关闭才会结束，但包中没有代码关闭它',
    },
    'not-received': {
      en: 'this goroutine never ends: it leaves line {line} only when somebody receives from {names}, and nothing in the package does',
      'zh-cn': '这个 goroutine 永远不会结束：只有从 {names} 接收才能让它离开第 {line} 行，但包中没有代码这样做',
    },
    'never-done': {
      en: 'this goroutine never ends: it leaves line {line} only when {names} is done, which comes from `context.Background()` or `TODO()` and never is',
      'zh-cn':
        '这个 goroutine 永远不会结束：只有 {names} 结束才能让它离开第 {line} 行，而它来自 `context.Background()` 或 `TODO()`，永远不会结束',
    },
    replaced: {
      en: 'the goroutine started on line {line} never ends once `{method}` is called: it waits for the channel that `{name}` held until here, and nobody can close that any more',
      'zh-cn':
        '调用 `{method}` 之后，第 {line} 行启动的 goroutine 永远不会结束：它等待 `{name}` 此前保存的 channel，而再也没有人能关闭那个 channel',
    },
    'replaced-cancel': {
      en: 'the goroutine started on line {line} never ends once `{method}` is called: its context is cancelled by the function that `{name}` held until here, and nobody can call that any more',
      'zh-cn':
        '调用 `{method}` 之后，第 {line} 行启动的 goroutine 永远不会结束：它的 context 要靠 `{name}` 此前保存的函数取消，而再也没有人能调用那个函数',
    },
    'replaced-again': {
      en: 'the goroutine started on line {line} never ends once `{method}` is called again: it waits for the channel that `{name}` held until here, and nobody can close that any more',
      'zh-cn':
        '再次调用 `{method}` 之后，第 {line} 行启动的 goroutine 永远不会结束：它等待 `{name}` 此前保存的 channel，而再也没有人能关闭那个 channel',
    },
    'replaced-cancel-again': {
      en: 'the goroutine started on line {line} never ends once `{method}` is called again: its context is cancelled by the function that `{name}` held until here, and nobody can call that any more',
      'zh-cn':
        '再次调用 `{method}` 之后，第 {line} 行启动的 goroutine 永远不会结束：它的 context 要靠 `{name}` 此前保存的函数取消，而再也没有人能调用那个函数',
    },
    'replaced-cancel-parent': {
      en: 'the goroutine started on line {line} goes on after the next call of `{method}`, until the context that it was given there ends: what cancels it was in `{name}` until here, and nobody can call that any more',
      'zh-cn':
        '再次调用 `{method}` 之后，第 {line} 行启动的 goroutine 会继续运行，直到当时传入的 context 结束：取消它的函数此前保存在 `{name}` 中，而再也没有人能调用它',
    },
    dropped: {
      en: 'this goroutine never ends once `{method}` has deleted from `{map}` on line {line}: only `{call}` ends it, which is called wherever else an entry is taken out, and which nobody can call any more',
      'zh-cn':
        '一旦 `{method}` 在第 {line} 行从 `{map}` 中删除，这个 goroutine 就永远不会结束：只有 `{call}` 能结束它，其他取出条目的地方都会调用它，而此后再也没有人能调用',
    },
    'dropped-parent': {
      en: 'this goroutine goes on after `{method}` has deleted from `{map}` on line {line}, until the parent of its context ends: `{call}` would end it, which is called wherever else an entry is taken out, and which nobody can call any more',
      'zh-cn':
        '`{method}` 在第 {line} 行从 `{map}` 中删除之后，这个 goroutine 会继续运行，直到其父 context 结束：本应由 `{call}` 结束它，其他取出条目的地方都会调用它，而此后再也没有人能调用',
    },
    'step-dropped': { en: 'the entry is taken out here and not ended', 'zh-cn': '条目在此被取出，但没有结束它' },
    'step-taken-out': { en: 'what is taken out is ended here', 'zh-cn': '在此取出的条目会被结束' },
    'fix-end-dropped': {
      en: 'Call `{call}` before the deletion on line {line}',
      'zh-cn': '在第 {line} 行删除之前调用 `{call}`',
    },
    'step-first': { en: 'a new value starts with this', 'zh-cn': '新建的值最初使用它' },
    'step-made': { en: 'each call makes a new one here', 'zh-cn': '每次调用都在这里新建一个' },
    'step-old-user': { en: 'this goroutine is given the old one', 'zh-cn': '该 goroutine 拿到的是旧的' },
    'fix-end-old': { en: 'End the old goroutine first: `{call}`', 'zh-cn': '先结束旧的 goroutine：`{call}`' },
    'step-wait': { en: 'the goroutine stays here', 'zh-cn': 'goroutine 停留在这里' },
    'step-signal': { en: 'only this would let it go on', 'zh-cn': '只有这里能让它继续' },
    'fix-until-closed': {
      en: 'End the loop when `{chan}` is closed',
      'zh-cn': '在 `{chan}` 被关闭时结束循环',
    },
    'fix-until-nil': {
      en: 'End the loop when all channels are closed: `for {condition}`',
      'zh-cn': '所有 channel 都关闭后结束循环：`for {condition}`',
    },
    'fix-wrap-context': { en: 'End the goroutine when `{ctx}` is done', 'zh-cn': '在 `{ctx}` 结束时退出该 goroutine' },
    'fix-watch-signal': {
      en: 'End the goroutine when `{done}` is closed',
      'zh-cn': '在 `{done}` 被关闭时退出该 goroutine',
    },
  },
  docs: {
    summary: {
      en: 'A goroutine runs into a loop that nothing can make it leave, or that waits for what never happens.',
      'zh-cn': 'goroutine 进入了一个无法退出的循环，或等待永远不会发生的事情。',
    },
    why: {
      en: "A goroutine cannot be stopped from outside: it ends only when its function returns. A loop without `return`, `break` or an arm for a done channel therefore keeps the goroutine, its stack and all it refers to until the process ends. Where the function that starts it is called again, for a connection, a request or a reload, one more is left behind each time.\n\nClosing the channel it receives from does not help: a receive from a closed channel returns at once, and the loop spins.\n\nA way out that is never taken is none: `case <-s.quit: return` where nothing in the package closes `quit` or sends on it, `for range s.jobs` where nothing closes `jobs`, `case <-ctx.Done()` of `context.Background()`.\n\nA warning needs evidence that the goroutine belongs to something that ends: a context or request in scope, a wait group that is told when it is done, an object with a method `Close`, `Stop`, `Shutdown` or `GracefulStop`, something that is put into a map from which the package deletes again, a start for each request, connection or message, or an exported function that starts one more with each call. Otherwise the finding is a hint, unless the rule's level is set: where the goroutine works on an object that outlives the function and has no such method, and where set-up code that only its package calls starts a goroutine that uses nothing which could end. It is a hint, too, where a command line starts the goroutine and no context is in scope, where it reads standard input, and where an exported function starts what works on variables of a package that nothing ends.",
      'zh-cn':
        '无法从外部停止一个 goroutine：只有它的函数返回时它才会结束。如果循环没有 `return`、`break`，也没有等待结束信号的分支，该 goroutine、它的栈以及它引用的一切都会保留到进程结束。如果启动它的函数会被再次调用（每个连接、每个请求或每次重新加载），每次都会多留下一个。\n\n关闭它所接收的 channel 也无济于事：从已关闭的 channel 接收会立即返回，循环只会空转。\n\n永远不会走到的出口等于没有出口：包中没有代码关闭 `quit` 或向其发送的 `case <-s.quit: return`，没有代码关闭 `jobs` 的 `for range s.jobs`，以及 `context.Background()` 的 `case <-ctx.Done()`。\n\n只有存在证据表明该 goroutine 属于某个会结束的事物时才报告为警告：作用域内有 context 或请求、完成时会通知等待组、对象带有 `Close`、`Stop`、`Shutdown` 或 `GracefulStop` 方法、被放入一个之后会从中删除元素的 map、为每个请求、连接或消息启动，或者每次调用导出函数都会多启动一个。否则，除非设置了该规则的级别，仅以提示级别报告：goroutine 处理的对象比启动它的函数存活更久且没有上述方法，或者只在包内调用的初始化代码启动了一个不使用任何可结束之物的 goroutine。由命令行命令启动且作用域内没有 context 的 goroutine、读取标准输入的 goroutine，以及导出函数启动的、处理无法结束的包的包级变量的 goroutine，也仅为提示。',
    },
    silent: {
      en: '- the goroutine is started once in the life of the process: from `main`, `init`, a package variable, a `sync.Once` of the package, or functions only called from there\n- `//hygiene:daemon` stands on the `go` statement\n- the loop can return, break, panic or end the process; a blocking call whose error leads out counts\n- the goroutine starts itself again after a panic: it is reported where it is started first\n- `for range ch`: it ends when the channel is closed; nor what waits for a channel that code outside of the package could close or send on\n- the body is not visible\n- in tests\n- loops over a ticker (see `ticker-loop-never-ends`)',
      'zh-cn':
        '- 该 goroutine 在进程生命周期内只启动一次：由 `main`、`init`、包级变量、包级的 `sync.Once` 或只被它们调用的函数启动\n- `go` 语句上有 `//hygiene:daemon`\n- 循环可以返回、跳出、panic 或结束进程；出错时会退出的阻塞调用也算\n- goroutine 在 panic 之后重新启动自己：只在首次启动处报告\n- `for range ch`：channel 关闭后循环结束；等待的 channel 可能由包外代码关闭或发送时也不报告\n- 看不到函数体\n- 测试代码中\n- 等待 ticker 的循环（见 `ticker-loop-never-ends`）',
    },
    fix: {
      en: 'Give the goroutine a context and leave the loop when it is done: `case <-ctx.Done(): return`. Where the goroutine is meant to live as long as the process, say so with `//hygiene:daemon reason`.',
      'zh-cn':
        '把 context 交给 goroutine，并在其结束时离开循环：`case <-ctx.Done(): return`。如果该 goroutine 本应与进程同寿命，请用 `//hygiene:daemon 原因` 注明。',
    },
    bad: `package p

import "context"

func Consume(ctx context.Context, jobs <-chan func()) {
	go func() {
		for {
			select {
			case job := <-jobs:
				job()
			}
		}
	}()
}
`,
    good: `package p

import "context"

func Consume(ctx context.Context, jobs <-chan func()) {
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case job := <-jobs:
				job()
			}
		}
	}()
}
`,
  },
};
