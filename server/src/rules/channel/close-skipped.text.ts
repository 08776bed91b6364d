import { DEFER_MESSAGES, MODEL_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...MODEL_MESSAGES,
    ...DEFER_MESSAGES,
    range: {
      en: 'this loop waits until `{name}` is closed{where}, but not every way out of the code that should do so closes it: it may wait for ever',
      'zh-cn': '此循环等待 `{name}` 被关闭{where}，但负责关闭的代码并非在每条返回路径上都关闭它：可能永远等待',
    },
    receive: {
      en: 'this receive waits until `{name}` is closed{where}, but not every way out of the code that should do so closes it: it may wait for ever',
      'zh-cn': '此接收等待 `{name}` 被关闭{where}，但负责关闭的代码并非在每条返回路径上都关闭它：可能永远等待',
    },
    select: {
      en: 'this `select`{where} may wait for ever: a channel it waits for is not closed on every way out of the code that should close it',
      'zh-cn': '此 `select`{where} 可能永远等待：它等待的某个 channel 并非在负责关闭它的代码的每条返回路径上都被关闭',
    },
    'fix-defer': {
      en: 'Close `{name}` with `defer`, on every way out',
      'zh-cn': '用 `defer` 在每条返回路径上关闭 `{name}`',
    },
  },
  docs: {
    summary: {
      en: 'A channel is closed on some ways out of a goroutine and not on others.',
      'zh-cn': 'channel 在 goroutine 的某些返回路径上被关闭，在其他路径上没有。',
    },
    why: {
      en: '`close` at the end of a goroutine is skipped by every `return` before it. Whoever waits for the channel to be closed, in a `for range` loop or with a single receive, then waits for ever: mostly on an error, where nobody tests.',
      'zh-cn':
        '写在 goroutine 末尾的 `close` 会被之前的任何 `return` 跳过。等待该 channel 关闭的一方（`for range` 循环或单次接收）将永远等待，而且多半发生在没有测试的出错路径上。',
    },
    silent: {
      en: '- every way out closes the channel\n- whoever waits has another way to learn of the end\n- the channel is returned, stored or passed to code that is not seen, so that somebody else may close it\n- another arm of the `select` may become ready\n- too many interleavings to look at all of them',
      'zh-cn':
        '- 每条返回路径都会关闭 channel\n- 等待方有其他途径得知结束\n- channel 被返回、保存或传给看不到的代码，可能由别处关闭\n- `select` 的其他分支可能就绪\n- 交错执行的情况太多，无法全部检查',
    },
    fix: {
      en: '`defer close(ch)` as the first statement of the goroutine that sends.',
      'zh-cn': '在负责发送的 goroutine 中把 `defer close(ch)` 作为第一条语句。',
    },
    bad: `package p

import "os"

func read(path string) (all []byte) {
	parts := make(chan []byte)
	go func() {
		b, err := os.ReadFile(path)
		if err != nil {
			return
		}
		parts <- b
		close(parts)
	}()
	for p := range parts {
		all = append(all, p...)
	}
	return all
}
`,
    good: `package p

import "os"

func read(path string) (all []byte) {
	parts := make(chan []byte)
	go func() {
		defer close(parts)
		b, err := os.ReadFile(path)
		if err != nil {
			return
		}
		parts <- b
	}()
	for p := range parts {
		all = append(all, p...)
	}
	return all
}
`,
  },
};
