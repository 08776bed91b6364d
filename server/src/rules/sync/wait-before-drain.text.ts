import { DEFER_MESSAGES, MODEL_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...DEFER_MESSAGES,
    ...MODEL_MESSAGES,
    blocked: {
      en: 'this wait for `{name}`{where} may last for ever: a goroutine it waits for is blocked on line {line}, and what would let that one go on comes only after the wait',
      'zh-cn':
        '对 `{name}` 的等待{where}可能永远不会结束：它所等待的 goroutine 阻塞在第 {line} 行，而能让后者继续执行的操作在等待之后才会发生',
    },
    wait: {
      en: 'this wait for `{name}`{where} may last for ever: a goroutine it waits for is blocked, and what would let that one go on comes only after the wait',
      'zh-cn':
        '对 `{name}` 的等待{where}可能永远不会结束：它所等待的 goroutine 被阻塞，而能让后者继续执行的操作在等待之后才会发生',
    },
    room: {
      en: 'this wait for `{name}` lasts for ever once more than {room} values are sent on `{channel}`: then the goroutines it waits for are blocked on line {line}, and nobody receives before the wait is over',
      'zh-cn':
        '一旦在 `{channel}` 上发送的值超过 {room} 个，对 `{name}` 的等待就永远不会结束：它所等待的 goroutine 会阻塞在第 {line} 行，而在等待结束之前没有人接收',
    },
    handler: {
      en: '`{call}` waits for ever for a handler that has come to line {line}: `{name}`, which it waits for, is closed only after this call',
      'zh-cn': '`{call}` 会永远等待一个执行到第 {line} 行的处理函数：它所等待的 `{name}` 在此调用之后才会关闭',
    },
    subtests: {
      en: 'this wait for `{name}` lasts for ever: what would end it comes in a subtest after `t.Parallel()` on line {line}, and such a subtest goes on only when the function of its parent test has returned',
      'zh-cn':
        '对 `{name}` 的等待永远不会结束：能结束它的操作在子测试中位于第 {line} 行的 `t.Parallel()` 之后，而这样的子测试要等父测试的函数返回后才会继续',
    },
    cancel: {
      en: '`{call}` waits for ever: a goroutine that it waits for ends only when its context is cancelled, and the deferred `{cancel}` comes only after this call',
      'zh-cn':
        '`{call}` 会永远等待：它所等待的 goroutine 只在其 context 被取消时结束，而被 defer 的 `{cancel}` 在此调用之后才会执行',
    },
    'step-waits-for-it': { en: 'this waits for that goroutine', 'zh-cn': '此处等待该 goroutine' },
    'step-cancelled-later': {
      en: 'its context is cancelled here, when the function returns',
      'zh-cn': '它的 context 在此取消，即函数返回时',
    },
    'fix-cancel-first': { en: 'Call `{cancel}` before the wait', 'zh-cn': '在等待之前调用 `{cancel}`' },
    'step-subtest': { en: 'the subtest is started here', 'zh-cn': '子测试在此启动' },
    'step-parallel': {
      en: 'here it stops until the function of its parent has returned',
      'zh-cn': '它在此暂停，直到父测试的函数返回',
    },
    'step-after-parallel': { en: 'this comes only after that', 'zh-cn': '此操作在那之后才会发生' },
    'step-handler-waits': { en: 'the handler waits here', 'zh-cn': '处理函数在此等待' },
    'step-closed-behind': { en: 'the channel is closed here', 'zh-cn': 'channel 在此关闭' },
    'step-closed-later': {
      en: 'this runs later: what is deferred first comes last, and what is left to the end of the test after all that',
      'zh-cn': '此调用执行得更晚：先 defer 的后执行，而留到测试结束的清理在所有 defer 之后',
    },
    'step-received-after': {
      en: 'what would make room comes only after the wait',
      'zh-cn': '能腾出空间的接收在等待之后才会发生',
    },
    'fix-in-goroutine': {
      en: 'Run `{call}` and `{close}` in a goroutine of their own',
      'zh-cn': '在单独的 goroutine 中执行 `{call}` 和 `{close}`',
    },
    'fix-buffer': { en: 'Give `{name}` a buffer of {size}', 'zh-cn': '为 `{name}` 设置容量为 {size} 的缓冲' },
    'fix-close-first': { en: 'Move `{close}` before `{call}`', 'zh-cn': '把 `{close}` 移到 `{call}` 之前' },
    'fix-after-receives': {
      en: 'Move `{call}` behind the statement that receives',
      'zh-cn': '把 `{call}` 移到接收语句之后',
    },
  },
  docs: {
    summary: {
      en: '`Wait` comes before the receive, send or close that lets the goroutines it waits for finish.',
      'zh-cn': '`Wait` 出现在让被等待的 goroutine 得以结束的接收、发送或关闭之前。',
    },
    why: {
      en: 'A goroutine that sends on a channel without room ends when somebody has received, and one that ranges over a channel ends when it is closed. When the receives or the `close` come after `wg.Wait()`, the two sides wait for each other: `Wait` for the goroutines, the goroutines for what comes after `Wait`. With a buffer it works until there are more values than room.\n\nThe end of an `httptest.Server`, and `Shutdown` with a context that never ends, wait for handlers in the same way. A subtest that calls `t.Parallel` goes on only when the function of its parent has returned, so that function cannot wait for it. And a cancel function that is deferred is called only when the wait for what it ends is over.',
      'zh-cn':
        '在没有空余缓冲的 channel 上发送的 goroutine，要等有人接收才能结束；对 channel 做 range 的 goroutine，要等 channel 关闭才能结束。如果接收或 `close` 写在 `wg.Wait()` 之后，双方就会互相等待：`Wait` 等 goroutine，goroutine 等 `Wait` 之后的操作。加上缓冲后，只要值的数量超过缓冲就仍会卡住。\n\n`httptest.Server` 的结束，以及使用永不结束的 context 调用的 `Shutdown`，同样会等待处理函数。调用了 `t.Parallel` 的子测试要等父测试的函数返回后才会继续，因此父测试的函数不能等待它。被 defer 的取消函数也要等到等待结束后才会调用。',
    },
    silent: {
      en: '- the channel has room for all that is sent, or another goroutine receives; or its room is a number and how many values there are is settled or limited in the code\n- `Wait` stands in a goroutine of its own\n- the send is one of several arms of a `select`, and another may become ready\n- somebody else closes the channel, or it is handed to code that is not seen\n- the goroutine that blocks is not counted in the group\n- a handler waits in a `select`, or the channel is also closed or sent on where that may come before the end of the server\n- the parallel subtests that a test waits for stand in a group, `t.Run("group", …)`, for which that `Run` waits; the wait stands in `t.Cleanup`; or something else may end it',
      'zh-cn':
        '- channel 的缓冲足以容纳所有发送的值，或由另一个 goroutine 接收；或者缓冲是一个数字，而值的数量在代码中是确定的或受限的\n- `Wait` 在单独的 goroutine 中\n- 发送是 `select` 的分支之一，而其他分支可能就绪\n- channel 由别处关闭，或交给了看不到的代码\n- 被阻塞的 goroutine 并未计入该 group\n- 处理函数在 `select` 中等待，或 channel 也可能在服务器结束之前被关闭或收到值\n- 测试等待的并行子测试位于一个组 `t.Run("group", …)` 中，该 `Run` 会等待它们；等待写在 `t.Cleanup` 中；或有别的操作可能结束等待',
    },
    fix: {
      en: 'Wait and close in a goroutine of its own, `go func() { wg.Wait(); close(ch) }()`, and receive meanwhile. Workers that range over a queue need its `close` before the `Wait`.',
      'zh-cn':
        '在单独的 goroutine 中等待并关闭：`go func() { wg.Wait(); close(ch) }()`，同时进行接收。对队列做 range 的 worker 需要在 `Wait` 之前关闭队列。',
    },
    bad: `package p

import "sync"

func sizes(names []string, size func(string) int) int {
	results := make(chan int)
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- size(name)
		}()
	}
	wg.Wait()
	close(results)
	total := 0
	for n := range results {
		total += n
	}
	return total
}
`,
    good: `package p

import "sync"

func sizes(names []string, size func(string) int) int {
	results := make(chan int)
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- size(name)
		}()
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	total := 0
	for n := range results {
		total += n
	}
	return total
}
`,
  },
};
