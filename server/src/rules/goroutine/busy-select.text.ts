import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    spins: {
      en: 'This `default` does nothing, so the loop on line {line} never waits: it turns as fast as it can and keeps a processor busy until another case is ready',
      'zh-cn':
        '该 `default` 什么也不做，第 {line} 行的循环因此从不等待：它会全速空转，占满一个处理器，直到其他分支就绪',
    },
    'spins-unless': {
      en: 'This `default` does something only when `{cond}`: otherwise the loop on line {line} never waits, turns as fast as it can and keeps a processor busy until another case is ready',
      'zh-cn':
        '该 `default` 只在 `{cond}` 时才有动作：否则第 {line} 行的循环从不等待，会全速空转，占满一个处理器，直到其他分支就绪',
    },
    'spins-while': {
      en: 'This `default` does nothing as long as `{cond}`: the loop on line {line} never waits then, turns as fast as it can and keeps a processor busy until another case is ready',
      'zh-cn':
        '只要 `{cond}`，该 `default` 就什么也不做：此时第 {line} 行的循环从不等待，会全速空转，占满一个处理器，直到其他分支就绪',
    },
    'step-condition': {
      en: 'What the `default` calls looks at this and returns',
      'zh-cn': '`default` 调用的函数检查这里后就返回',
    },
    'step-loop': { en: 'The loop starts over at once', 'zh-cn': '循环立即重新开始' },
    'step-select': {
      en: 'The `select` does not wait for its other cases, because it has a `default`',
      'zh-cn': '由于有 `default`，该 `select` 不会等待其他分支',
    },
    'fix-drop': { en: 'Remove the `default`, so that the loop waits', 'zh-cn': '删除 `default`，让循环等待' },
  },
  docs: {
    summary: {
      en: 'A loop turns around a `select` whose `default` does nothing: it burns a processor instead of waiting.',
      'zh-cn': '循环中的 `select` 带有什么也不做的 `default`：它会空转消耗处理器，而不是等待。',
    },
    why: {
      en: 'A `select` without `default` sleeps until one of its cases can go on, and costs nothing meanwhile. With a `default` it never sleeps. In a loop that has nothing else to do this is a spin: one processor is fully busy, on a machine with few of them other goroutines get less, and the goroutine that would make a case ready may be one of these.',
      'zh-cn':
        '没有 `default` 的 `select` 会休眠到某个分支可以继续为止，期间没有任何开销。带上 `default` 后它从不休眠。如果循环里没有其他事情可做，就成了空转：一个处理器被完全占满，在处理器很少的机器上其他 goroutine 分到的时间更少，而能让某个分支就绪的 goroutine 可能正是其中之一。',
    },
    silent: {
      en: '- `default` does something in any case, or asks a function whether there is something to do: work, `time.Sleep`, `runtime.Gosched`, or leaves the loop\n- the loop does anything beside the `select`\n- the loop counts its turns, ranges over something, or its condition calls a function\n- `continue` in the `default` names another loop',
      'zh-cn':
        '- `default` 中总有实际动作，或调用函数询问是否有事可做：干活、`time.Sleep`、`runtime.Gosched`，或离开循环\n- 循环在 `select` 之外还做其他事情\n- 循环有计数、是 range 循环，或其条件调用了函数\n- `default` 里的 `continue` 带有另一个循环的标签',
    },
    fix: {
      en: 'Remove the `default`. If the loop is to look at something else from time to time, wait for that as well: `case <-ticker.C:`.',
      'zh-cn': '删除 `default`。如果循环需要不时查看别的东西，也为它加一个等待分支：`case <-ticker.C:`。',
    },
    bad: `package p

func work(jobs <-chan func(), done <-chan struct{}) {
	for {
		select {
		case job := <-jobs:
			job()
		case <-done:
			return
		default:
		}
	}
}
`,
    good: `package p

func work(jobs <-chan func(), done <-chan struct{}) {
	for {
		select {
		case job := <-jobs:
			job()
		case <-done:
			return
		}
	}
}
`,
  },
};
