import { MODEL_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...MODEL_MESSAGES,
    range: {
      en: 'nobody closes `{name}`: this loop{where} waits for ever when the last value has been received',
      'zh-cn': '没有人关闭 `{name}`：收到最后一个值之后，此循环{where}将永远等待',
    },
    'fix-close': { en: 'Close `{name}` when everything is sent', 'zh-cn': '全部发送完后关闭 `{name}`' },
  },
  docs: {
    summary: {
      en: '`for range` over a channel that nobody closes.',
      'zh-cn': '对没有人关闭的 channel 使用 `for range`。',
    },
    why: {
      en: '`for v := range ch` ends only when `ch` is closed. When all senders are done and none of them closes the channel, the loop waits for one more value that never comes, and so does everybody who waits for the loop.',
      'zh-cn':
        '`for v := range ch` 只有在 `ch` 被关闭时才结束。如果所有发送方都已完成却没有人关闭 channel，循环就会等待一个永远不会来的值，等待该循环的一方也是如此。',
    },
    silent: {
      en: '- the loop is left by `break` or `return`\n- an exported method of the type that holds the channel closes it\n- the channel is returned, stored or passed to code that is not seen, so that somebody else may close it\n- another arm of the `select` may become ready\n- too many interleavings to look at all of them',
      'zh-cn':
        '- 循环通过 `break` 或 `return` 离开\n- 持有该 channel 的类型有导出的方法会关闭它\n- channel 被返回、保存或传给看不到的代码，可能由别处关闭\n- `select` 的其他分支可能就绪\n- 交错执行的情况太多，无法全部检查',
    },
    fix: {
      en: 'Let the only sender close: `defer close(ch)` as its first statement. With several senders, wait for all of them first: `go func() { wg.Wait(); close(ch) }()`.',
      'zh-cn':
        '由唯一的发送方关闭：把 `defer close(ch)` 作为第一条语句。有多个发送方时先等待全部完成：`go func() { wg.Wait(); close(ch) }()`。',
    },
    bad: `package p

func sum(numbers []int) (total int) {
	squares := make(chan int)
	go func() {
		for _, n := range numbers {
			squares <- n * n
		}
	}()
	for s := range squares {
		total += s
	}
	return total
}
`,
    good: `package p

func sum(numbers []int) (total int) {
	squares := make(chan int)
	go func() {
		defer close(squares)
		for _, n := range numbers {
			squares <- n * n
		}
	}()
	for s := range squares {
		total += s
	}
	return total
}
`,
  },
};
