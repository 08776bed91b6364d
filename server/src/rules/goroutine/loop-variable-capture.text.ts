import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    goroutine: {
      en: 'the goroutine may read `{name}` when the loop on line {line} has gone on: before Go 1.22 all turns share one variable',
      'zh-cn':
        'goroutine 读取 `{name}` 时，第 {line} 行的循环可能已经继续执行：在 Go 1.22 之前，所有迭代共用同一个变量',
    },
    deferred: {
      en: 'the deferred function reads `{name}` after the loop on line {line} has ended, so every one sees the last value: before Go 1.22 all turns share one variable',
      'zh-cn':
        '延迟函数在第 {line} 行的循环结束之后才读取 `{name}`，因此看到的都是最后一个值：在 Go 1.22 之前，所有迭代共用同一个变量',
    },
    'step-variable': { en: '`{name}` is one variable for the whole loop', 'zh-cn': '整个循环共用同一个变量 `{name}`' },
    'step-later': { en: 'this function runs while the loop goes on', 'zh-cn': '循环继续执行时，这个函数才运行' },
    'step-deferred': {
      en: 'this function runs at the end of the function around the loop',
      'zh-cn': '外层函数结束时，这个函数才运行',
    },
    'fix-copy': { en: 'Copy: `{names} := {names}`', 'zh-cn': '复制变量：`{names} := {names}`' },
  },
  docs: {
    summary: {
      en: 'A goroutine or deferred function captures a loop variable that the next turn changes (before Go 1.22).',
      'zh-cn': 'goroutine 或延迟函数捕获了会被下一次迭代修改的循环变量（Go 1.22 之前）。',
    },
    why: {
      en: 'Until Go 1.21 a loop has one variable that each turn assigns to. A goroutine that captures it most often runs when the loop has moved on: several goroutines work on the last element, others on none, and reading while the loop writes is a data race.\n\nWith `go 1.22` or later in go.mod each turn has a variable of its own, and the rule is off.',
      'zh-cn':
        '在 Go 1.21 及更早版本中，循环只有一个变量，每次迭代都对它赋值。捕获它的 goroutine 往往在循环继续之后才运行：多个 goroutine 处理最后一个元素，其他元素则无人处理；循环写入的同时读取它还是数据竞争。\n\n如果 go.mod 中是 `go 1.22` 或更高版本，每次迭代都有自己的变量，本规则随之关闭。',
    },
    silent: {
      en: '- Go 1.22 or later, or an unknown version\n- the variable is passed as an argument, or copied first (`v := v`)\n- the turn waits for the goroutine before it ends\n- the loop ends right after the statement (`break`, `return`)',
      'zh-cn':
        '- Go 1.22 或更高版本，或版本未知\n- 变量作为参数传递，或事先复制（`v := v`）\n- 本次迭代在结束前等待该 goroutine\n- 循环在该语句之后立即结束（`break`、`return`）',
    },
    fix: {
      en: 'Write `v := v` before the statement, pass the variable as an argument, or raise the `go` line of go.mod to 1.22.',
      'zh-cn': '在该语句之前写 `v := v`，或把变量作为参数传入，或将 go.mod 中的 `go` 版本提高到 1.22。',
    },
    bad: `//go:build go1.21

package p

import "sync"

func fetchAll(urls []string, fetch func(string)) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fetch(url)
		}()
	}
	wg.Wait()
}
`,
    good: `//go:build go1.21

package p

import "sync"

func fetchAll(urls []string, fetch func(string)) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func(url string) {
			defer wg.Done()
			fetch(url)
		}(url)
	}
	wg.Wait()
}
`,
  },
};
