import type { RuleText } from '../rule.ts';
import { ENDLESS_MESSAGES, MODEL_MESSAGES } from '../shared-text.ts';

export const text: RuleText = {
  messages: {
    ...ENDLESS_MESSAGES,
    'step-start': MODEL_MESSAGES['step-start'],
    done: {
      en: 'this deferred call never runs, because the goroutine never gets past line {line}: whoever waits for `{what}` waits forever',
      'zh-cn': '这个 defer 调用永远不会执行，因为 goroutine 永远无法越过第 {line} 行：等待 `{what}` 的一方将永远等待',
    },
    close: {
      en: 'this deferred call never runs, because the goroutine never gets past line {line}: whoever waits for `{what}` to be closed waits forever',
      'zh-cn':
        '这个 defer 调用永远不会执行，因为 goroutine 永远无法越过第 {line} 行：等待 `{what}` 关闭的一方将永远等待',
    },
    release: {
      en: 'the deferred `{what}` never runs, because the goroutine never gets past line {line}',
      'zh-cn': 'defer 的 `{what}` 永远不会执行，因为 goroutine 永远无法越过第 {line} 行',
    },
    'fix-wrap-context': { en: 'End the goroutine when `{ctx}` is done', 'zh-cn': '在 `{ctx}` 结束时退出该 goroutine' },
    'fix-watch-signal': {
      en: 'End the goroutine when `{done}` is closed',
      'zh-cn': '在 `{done}` 被关闭时退出该 goroutine',
    },
  },
  docs: {
    summary: {
      en: 'A goroutine defers a call and then never returns, so the call never runs.',
      'zh-cn': 'goroutine 用 defer 推迟了一个调用，却永远不返回，因此该调用永远不会执行。',
    },
    why: {
      en: 'Deferred calls run when their function returns. Where every way through the function leads into a loop that nothing leaves, the function does not return, and `wg.Done()`, `close(ch)` or `Close()` never runs: `wg.Wait()` and loops over the channel wait forever, and what should be released is kept.\n\nWhere the goroutine itself is reported by `goroutine-never-exits`, `ticker-loop-never-ends` or `break-inside-select`, this is a hint that names one more effect of the same defect. It is a warning where the goroutine may live as long as the process, but code of the package goes on only after the deferred call.',
      'zh-cn':
        'defer 的调用在其所在函数返回时执行。如果函数的所有路径都进入一个无法离开的循环，函数就不会返回，`wg.Done()`、`close(ch)` 或 `Close()` 也就永远不会执行：`wg.Wait()` 和对该 channel 的遍历会永远等待，应当释放的资源也会一直保留。\n\n如果该 goroutine 本身已由 `goroutine-never-exits`、`ticker-loop-never-ends` 或 `break-inside-select` 报告，这里只以提示级别指出同一缺陷的另一个后果。如果该 goroutine 可以与进程同寿命，但包内有代码要等 defer 的调用执行后才能继续，则报告为警告。',
    },
    silent: {
      en: '- some way leads out of the function, or a call may end the goroutine or panic\n- another deferred call may recover from a panic, or is not known\n- the goroutine lives as long as the process, and no statement follows a wait for the deferred call\n- the function also runs outside of goroutines, or nothing is known of who runs it\n- `//hygiene:daemon` stands on the `go` statement\n- in tests',
      'zh-cn':
        '- 函数存在出口，或某个调用可能结束该 goroutine 或 panic\n- 另一个 defer 的调用可能从 panic 中恢复，或无法得知它做什么\n- goroutine 与进程同寿命，且没有任何语句跟在对该调用的等待之后\n- 该函数也在 goroutine 之外运行，或无法得知由谁运行\n- `go` 语句上有 `//hygiene:daemon`\n- 测试代码中',
    },
    fix: {
      en: 'Give the loop a way out, such as `case <-ctx.Done(): return`. Where the call belongs to one round of the loop, move the body of the loop into a function and defer there.',
      'zh-cn':
        '给循环一个出口，例如 `case <-ctx.Done(): return`。如果该调用属于循环的每一轮，请把循环体移入一个函数，在其中使用 defer。',
    },
    bad: `package p

import "sync"

func Run(jobs <-chan func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for {
			job := <-jobs
			job()
		}
	}()
	wg.Wait()
}
`,
    good: `package p

import "sync"

func Run(jobs <-chan func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for job := range jobs {
			job()
		}
	}()
	wg.Wait()
}
`,
  },
};
