import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    'add-inside': {
      en: '`{name}.Add` runs inside the goroutine started on line {go} that it counts: `{name}.Wait` on line {wait} may come first, see nothing to wait for and return while the goroutine still runs',
      'zh-cn':
        '`{name}.Add` 在它所计数的 goroutine（第 {go} 行启动）内部执行：第 {wait} 行的 `{name}.Wait` 可能先执行，认为没有需要等待的任务而直接返回，此时 goroutine 仍在运行',
    },
    'add-inside-apart': {
      en: '`{name}.Add` runs inside the goroutine that it counts and that `{starter}` starts: `Wait` in `{waiter}` may come first, see nothing to wait for and return while the goroutine still runs',
      'zh-cn':
        '`{name}.Add` 在它所计数的、由 `{starter}` 启动的 goroutine 内部执行：`{waiter}` 中的 `Wait` 可能先执行，认为没有需要等待的任务而直接返回，此时 goroutine 仍在运行',
    },
    'step-go': { en: 'the goroutine is started here, uncounted', 'zh-cn': 'goroutine 在此启动，此时尚未计数' },
    'step-add': { en: '`{name}` is counted up here, some time later', 'zh-cn': '稍后才在此对 `{name}` 加一' },
    'step-wait': { en: '`{name}` may be waited for before that', 'zh-cn': '在此之前可能已经开始等待 `{name}`' },
    'fix-move': { en: 'Move `{name}.Add` before the `go` statement', 'zh-cn': '把 `{name}.Add` 移到 `go` 语句之前' },
    'fix-go': { en: 'Start the goroutine with `{name}.Go`', 'zh-cn': '改用 `{name}.Go` 启动 goroutine' },
  },
  docs: {
    summary: {
      en: '`WaitGroup.Add` is called inside the goroutine it counts, so `Wait` may return too early.',
      'zh-cn': '在被计数的 goroutine 内部调用 `WaitGroup.Add`，`Wait` 可能提前返回。',
    },
    why: {
      en: 'A new goroutine begins at some later time. When it is the goroutine itself that calls `Add`, `Wait` may already have found the counter at zero and returned: results are missing, and the goroutine goes on with things that its starter has closed. Whether it happens depends on the scheduler, so tests rarely show it.',
      'zh-cn':
        '新的 goroutine 会在之后某个时刻才开始执行。如果由它自己调用 `Add`，`Wait` 可能已经发现计数为零并返回：结果会缺失，而 goroutine 还会继续使用启动者已经关闭的东西。是否发生取决于调度，测试很难发现。',
    },
    silent: {
      en: '- an `Add` outside the goroutine keeps the counter above zero\n- the goroutine counts others, not itself: it has no `Done` of its own\n- `Wait` is called in the same goroutine as `Add`\n- a channel operation or another wait lies between the `go` statement and `Wait`\n- the `Wait` has returned before the goroutine is started',
      'zh-cn':
        '- goroutine 之外已有 `Add`，计数保持大于零\n- goroutine 统计的是别的 goroutine 而不是自己：自身没有 `Done`\n- `Wait` 与 `Add` 在同一个 goroutine 中调用\n- `go` 语句与 `Wait` 之间有 channel 操作或其他等待\n- `Wait` 在启动该 goroutine 之前就已返回',
    },
    fix: {
      en: 'Call `wg.Add(1)` before the `go` statement. From Go 1.25 on `wg.Go(func() { … })` does both.',
      'zh-cn': '在 `go` 语句之前调用 `wg.Add(1)`。从 Go 1.25 起，`wg.Go(func() { … })` 可一并完成。',
    },
    bad: `package p

import "sync"

func warmAll(caches []func()) {
	var wg sync.WaitGroup
	for _, warm := range caches {
		go func() {
			wg.Add(1)
			defer wg.Done()
			warm()
		}()
	}
	wg.Wait()
}
`,
    good: `package p

import "sync"

func warmAll(caches []func()) {
	var wg sync.WaitGroup
	for _, warm := range caches {
		wg.Add(1)
		go func() {
			defer wg.Done()
			warm()
		}()
	}
	wg.Wait()
}
`,
  },
};
