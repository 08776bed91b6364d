import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    goroutine: {
      en: 'this `{cancel}()` is never reached: its goroutine waits on line {line} until `{ctx}` is cancelled, and nothing else cancels it, so the goroutine stays for ever',
      'zh-cn':
        '这里的 `{cancel}()` 永远不会执行：它所在的 goroutine 在第 {line} 行等待 `{ctx}` 被取消，而没有别处会取消它，因此该 goroutine 会一直留存',
    },
    own: {
      en: 'this `{cancel}()` is never reached: the function waits on line {line} until `{ctx}` is cancelled, and nothing else cancels it, so it never returns',
      'zh-cn':
        '这里的 `{cancel}()` 永远不会执行：该函数在第 {line} 行等待 `{ctx}` 被取消，而没有别处会取消它，因此永远不会返回',
    },
    'step-made': {
      en: '`{ctx}` is made here from a context that nobody can cancel and that has no deadline',
      'zh-cn': '`{ctx}` 在此创建，其父 context 无人能取消，也没有截止时间',
    },
    'step-waits': { en: 'only the end of `{ctx}` ends this wait', 'zh-cn': '只有 `{ctx}` 结束，这里的等待才会结束' },
    'fix-owner': {
      en: 'Add `defer {cancel}()` where the context is made',
      'zh-cn': '在创建 context 的地方添加 `defer {cancel}()`',
    },
  },
  docs: {
    summary: {
      en: 'The only call of a cancel function comes after a wait for the very context that it cancels.',
      'zh-cn': '取消函数唯一的一次调用，排在对它所取消的那个 context 的等待之后。',
    },
    why: {
      en: 'A goroutine that says `defer cancel()` and then waits for `<-ctx.Done()` waits for itself: it would cancel the context when it ends, and it ends when the context is cancelled. The code looks complete, as the cancel function is called and the loop has its `case <-ctx.Done()`, so `go vet` is content as well. But when the context was made from `context.Background()`, nobody is left to end it: the goroutine, and all that it holds, stays until the process ends.',
      'zh-cn':
        '一个 goroutine 写了 `defer cancel()`，随后又等待 `<-ctx.Done()`，就是在等自己：它结束时才取消 context，而 context 被取消它才会结束。代码看上去很完整——取消函数被调用了，循环里也有 `case <-ctx.Done()`，`go vet` 也不会报告。但如果该 context 来自 `context.Background()`，就再也没有人能结束它：这个 goroutine 及其持有的一切会一直留到进程结束。',
    },
    silent: {
      en: '- the cancel function is also called elsewhere on a way that leads to the goroutine or on from its start, or is returned, stored or passed on\n- the context is made from one that a caller may cancel, or that ends by a deadline or a signal\n- the wait has another way out: a channel that somebody may send on or close, a timer, a condition, an error that ends the loop\n- the loop may end the process\n- code that runs once in the life of the process, unless it goes on after waiting for the goroutine to end, and `//hygiene:daemon`',
      'zh-cn':
        '- 在通往该 goroutine 或启动它之后的路径上，取消函数还在别处被调用，或被返回、保存、传给别处\n- 该 context 派生自可能被调用者取消的 context，或会因截止时间、信号而结束\n- 等待还有别的出路：可能有人发送或关闭的 channel、定时器、条件、使循环结束的错误\n- 循环可能结束整个进程\n- 在进程生命周期内只执行一次的代码（除非它在等待该 goroutine 结束后还要继续执行），以及 `//hygiene:daemon`',
    },
    fix: {
      en: 'Cancel the context from the code that owns the goroutine: `defer cancel()` in the function that makes the context, or `cancel()` in its `Close` or `Stop`. Where nobody owns it, give the context a deadline with `context.WithTimeout`.',
      'zh-cn':
        '由拥有该 goroutine 的代码来取消 context：在创建 context 的函数中写 `defer cancel()`，或在其 `Close`、`Stop` 中调用 `cancel()`。如果没有所有者，就用 `context.WithTimeout` 给 context 一个截止时间。',
    },
    bad: `package p

import (
	"context"
	"time"
)

func watch(refresh func()) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel()
		t := time.NewTicker(time.Minute)
		defer t.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				refresh()
			}
		}
	}()
}
`,
    good: `package p

import (
	"context"
	"time"
)

func watch(refresh func()) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		t := time.NewTicker(time.Minute)
		defer t.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				refresh()
			}
		}
	}()
	return cancel
}
`,
  },
};
