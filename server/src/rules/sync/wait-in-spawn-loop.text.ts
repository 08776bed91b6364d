import { COUNT_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...COUNT_MESSAGES,
    'one-by-one': {
      en: '`{name}.Wait` stands inside the loop: each turn waits for the goroutine it has just started on line {go}, so the goroutines run one after the other and the loop is no faster than without them',
      'zh-cn':
        '`{name}.Wait` 位于循环内部：每一轮都会等待刚在第 {go} 行启动的 goroutine 结束，因此这些 goroutine 只能依次执行，并不比不用 goroutine 更快',
    },
    'waits-for-later': {
      en: '`{name}` was counted up on line {add} for the goroutines of all turns of the loop on line {loop}, but each turn waits here: the first one waits for goroutines that only later turns would start, for ever',
      'zh-cn':
        '`{name}` 已在第 {add} 行为第 {loop} 行循环的所有轮次计数，但每一轮都在此等待：第一轮会永远等待那些要到后面的轮次才会启动的 goroutine',
    },
    'step-add': { en: '`{name}` counts the goroutines of all turns', 'zh-cn': '`{name}` 为所有轮次的 goroutine 计数' },
    'step-call': { en: 'each turn calls what starts the goroutine', 'zh-cn': '每一轮都调用启动 goroutine 的函数' },
    'step-go': { en: 'each turn of the loop starts one goroutine', 'zh-cn': '循环的每一轮启动一个 goroutine' },
    'step-wait': {
      en: '`{name}` is waited for before the next turn',
      'zh-cn': '在进入下一轮之前等待 `{name}`',
    },
    'step-loop': { en: 'only then does the loop go on', 'zh-cn': '之后循环才继续' },
    'fix-move': { en: 'Move `{name}.Wait` behind the loop', 'zh-cn': '把 `{name}.Wait` 移到循环之后' },
  },
  docs: {
    summary: {
      en: '`WaitGroup.Wait` inside the loop that starts the goroutines makes them run one after the other.',
      'zh-cn': '在启动 goroutine 的循环内部调用 `WaitGroup.Wait`，会使它们依次执行。',
    },
    why: {
      en: 'The loop starts a goroutine, waits for it to end, and only then starts the next one. There is never more than one at a time: the program pays for goroutines and gets nothing for them, and one that hangs stops all that should have run beside it. When the group was counted up for all of them beforehand, the first turn even waits for ever. Nearly always `Wait` was meant to stand behind the loop.',
      'zh-cn':
        '循环启动一个 goroutine，等它结束，然后才启动下一个。任何时刻都只有一个在运行：付出了 goroutine 的开销却没有得到并发，而且其中一个卡住就会阻挡其余本应同时运行的任务。如果事先已为全部 goroutine 计数，第一轮甚至会永远等待。绝大多数情况下，`Wait` 本应写在循环之后。',
    },
    silent: {
      en: '- a turn starts two or more goroutines, in an inner loop or one by one\n- `Wait` is called under a condition, such as at the end of a batch\n- the group is declared inside the loop\n- the loop has work of its own to do between the `go` statement and `Wait`\n- the goroutine is not counted by this group, or starts others\n- the loop decides after the wait whether to go on, or runs the same thing again for ever\n- test code, where the order is meant',
      'zh-cn':
        '- 一轮循环启动两个或更多 goroutine（在内层循环中或逐个启动）\n- `Wait` 有条件地调用，例如在一个批次结束时\n- 该 `WaitGroup` 在循环内部声明\n- 在 `go` 语句与 `Wait` 之间循环自己还有工作要做\n- goroutine 不由该 `WaitGroup` 计数，或还会启动别的 goroutine\n- 循环在等待之后决定是否继续，或无限地重新运行同一任务\n- 测试代码：其中的先后顺序是有意安排的',
    },
    fix: {
      en: 'Call `Wait` once, behind the loop. To limit how many goroutines run at a time use a semaphore or `errgroup.Group.SetLimit`; where the work has to be done in order, call it without `go`.',
      'zh-cn':
        '在循环之后调用一次 `Wait`。如果要限制并发数量，请使用信号量或 `errgroup.Group.SetLimit`；如果任务必须依次执行，直接调用即可，不需要 `go`。',
    },
    bad: `package p

import "sync"

func checkAll(hosts []string, check func(host string)) {
	var wg sync.WaitGroup
	for _, host := range hosts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			check(host)
		}()
		wg.Wait()
	}
}
`,
    good: `package p

import "sync"

func checkAll(hosts []string, check func(host string)) {
	var wg sync.WaitGroup
	for _, host := range hosts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			check(host)
		}()
	}
	wg.Wait()
}
`,
  },
};
