import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    'never-ends': {
      en: 'this `break` leaves the `{what}`, not the loop on line {line}: after `{when}` the loop goes round again and never ends',
      'zh-cn': '这个 `break` 跳出的是 `{what}`，而不是第 {line} 行的循环：在 `{when}` 之后循环会继续执行，永远不会结束',
    },
    'goes-on': {
      en: 'this `break` leaves the `{what}`, not the loop on line {line}: after `{when}` the loop goes round again and spins',
      'zh-cn': '这个 `break` 跳出的是 `{what}`，而不是第 {line} 行的循环：在 `{when}` 之后循环会继续执行并空转',
    },
    'step-when': { en: 'here the code learns that it should stop', 'zh-cn': '代码在此得知应当停止' },
    'step-loop': { en: 'this loop goes on', 'zh-cn': '这个循环会继续执行' },
    'fix-leave-loop': { en: 'Leave the loop', 'zh-cn': '跳出循环' },
  },
  docs: {
    summary: {
      en: 'A `break` in a `select` or `switch` was meant to leave the loop around it.',
      'zh-cn': '`select` 或 `switch` 中的 `break` 本意是跳出外层循环。',
    },
    why: {
      en: 'An unlabelled `break` ends the innermost `for`, `switch` or `select`. In an arm of a `select` inside a loop it does nothing: the loop starts its next turn. The goroutine that was told to stop goes on, and since `ctx.Done()` or a closed channel stay ready, it usually spins at full speed.',
      'zh-cn':
        '不带标签的 `break` 结束的是最内层的 `for`、`switch` 或 `select`。写在循环内 `select` 的分支里，它不起任何作用：循环直接进入下一轮。被要求停止的 goroutine 会继续运行；由于 `ctx.Done()` 或已关闭的 channel 始终就绪，它往往会全速空转。',
    },
    silent: {
      en: '- the `break` has a label\n- the loop has a condition, or ends in another way that the `break` can lead to\n- the arm announces no end: it receives work, a tick or a wake-up, and no condition is there for the `break` alone\n- code follows that the `break` skips on purpose, in a loop that can end',
      'zh-cn':
        '- `break` 带有标签\n- 循环有条件，或在 `break` 之后能以其他方式结束\n- 该分支并不表示结束：它接收的是任务、定时信号或唤醒信号，且没有专为 `break` 而写的条件\n- `break` 有意跳过后面的代码，且循环可以结束',
    },
    fix: {
      en: 'Put a label on the loop and write `break label`, or `return` where nothing follows the loop.',
      'zh-cn': '给循环加上标签并写 `break 标签`；如果循环之后没有其他代码，直接写 `return`。',
    },
    bad: `package p

import "context"

func consume(ctx context.Context, jobs <-chan func()) {
	for {
		select {
		case <-ctx.Done():
			break
		case job := <-jobs:
			job()
		}
	}
}
`,
    good: `package p

import "context"

func consume(ctx context.Context, jobs <-chan func()) {
	for {
		select {
		case <-ctx.Done():
			return
		case job := <-jobs:
			job()
		}
	}
}
`,
  },
};
