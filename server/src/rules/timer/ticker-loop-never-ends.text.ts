import type { RuleText } from '../rule.ts';
import { ENDLESS_MESSAGES } from '../shared-text.ts';

export const text: RuleText = {
  messages: {
    ...ENDLESS_MESSAGES,
    'never-ends': {
      en: 'this goroutine never ends: its loop on line {line} waits for `{chan}`, which `Stop` does not close, and has no other way out',
      'zh-cn': '这个 goroutine 永远不会结束：第 {line} 行的循环等待 `{chan}`，而 `Stop` 不会关闭它，也没有其他退出途径',
    },
    'step-stopped': {
      en: 'the ticker is stopped here: no tick comes any more',
      'zh-cn': 'ticker 在此停止：不会再有 tick',
    },
    'step-awaited': {
      en: 'this waits for the goroutine, which does not end',
      'zh-cn': '此处等待该 goroutine，而它不会结束',
    },
    'fix-wrap-context': { en: 'End the goroutine when `{ctx}` is done', 'zh-cn': '在 `{ctx}` 结束时退出该 goroutine' },
    'fix-watch-signal': {
      en: 'End the goroutine when `{done}` is closed',
      'zh-cn': '在 `{done}` 被关闭时退出该 goroutine',
    },
  },
  docs: {
    summary: {
      en: 'A goroutine loops over the channel of a ticker and has no way out.',
      'zh-cn': 'goroutine 循环等待 ticker 的 channel，没有任何退出途径。',
    },
    why: {
      en: "The channel of a ticker is never closed. `Stop` only ends the ticks: `for range ticker.C` then waits for ever instead of doing its work. Go 1.23 collects tickers nobody refers to, but the goroutine in the loop does refer to its own, so both stay, in any version of Go.\n\nA warning needs evidence that the goroutine belongs to something that ends: a context or request in scope, a wait group that is told when it is done, an object with a method `Close`, `Stop`, `Shutdown` or `GracefulStop`, something that is put into a map from which the package deletes again, a start for each request, connection or message, or an exported function that starts one more with each call. Otherwise the finding is a hint, unless the rule's level is set: where the goroutine works on an object that outlives the function and has no such method, and where set-up code that only its package calls starts a goroutine that uses nothing which could end. It is a hint, too, where a command line starts the goroutine and no context is in scope, where it reads standard input, and where an exported function starts what works on variables of a package that nothing ends.",
      'zh-cn':
        'ticker 的 channel 永远不会关闭。`Stop` 只是不再发送：`for range ticker.C` 从此永远等待下去。Go 1.23 会回收无人引用的 ticker，但循环中的 goroutine 仍在引用自己的 ticker，因此在任何 Go 版本中两者都不会消失。\n\n只有存在证据表明该 goroutine 属于某个会结束的事物时才报告为警告：作用域内有 context 或请求、完成时会通知等待组、对象带有 `Close`、`Stop`、`Shutdown` 或 `GracefulStop` 方法、被放入一个之后会从中删除元素的 map、为每个请求、连接或消息启动，或者每次调用导出函数都会多启动一个。否则，除非设置了该规则的级别，仅以提示级别报告：goroutine 处理的对象比启动它的函数存活更久且没有上述方法，或者只在包内调用的初始化代码启动了一个不使用任何可结束之物的 goroutine。由命令行命令启动且作用域内没有 context 的 goroutine、读取标准输入的 goroutine，以及导出函数启动的、处理无法结束的包的包级变量的 goroutine，也仅为提示。',
    },
    silent: {
      en: '- the loop returns, breaks, panics or ends the process on some path\n- the goroutine is started once in the life of the process: from `main`, `init`, a package variable, a `sync.Once` of the package, or functions only called from there; unless a function stops the ticker and then waits for the goroutine\n- `//hygiene:daemon` stands on the `go` statement\n- in tests',
      'zh-cn':
        '- 循环在某条路径上返回、跳出、panic 或结束进程\n- 该 goroutine 在进程生命周期内只启动一次：由 `main`、`init`、包级变量、`sync.Once` 或只被它们调用的函数启动；除非有函数在停止 ticker 之后等待该 goroutine\n- `go` 语句上有 `//hygiene:daemon`\n- 测试代码中',
    },
    fix: {
      en: 'Wait for a context beside the ticker: `select` with `case <-ctx.Done(): return`, and `defer ticker.Stop()`.',
      'zh-cn':
        '在等待 ticker 的同时等待 context：在 `select` 中加入 `case <-ctx.Done(): return`，并写上 `defer ticker.Stop()`。',
    },
    bad: `package p

import (
	"context"
	"time"
)

func Refresh(ctx context.Context, reload func()) {
	go func() {
		ticker := time.NewTicker(time.Minute)
		defer ticker.Stop()
		for range ticker.C {
			reload()
		}
	}()
}
`,
    good: `package p

import (
	"context"
	"time"
)

func Refresh(ctx context.Context, reload func()) {
	go func() {
		ticker := time.NewTicker(time.Minute)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				reload()
			}
		}
	}()
}
`,
  },
};
