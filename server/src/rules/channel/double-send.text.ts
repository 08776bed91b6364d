import { MODEL_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...MODEL_MESSAGES,
    send: {
      en: 'this goroutine has sent on `{name}` already, at line {line}, and nobody is left to receive a second value: this send{where} blocks for ever',
      'zh-cn': '该 goroutine 已在第 {line} 行向 `{name}` 发送过，再也没有人接收第二个值：此发送{where}将永远阻塞',
    },
    again: {
      en: 'this goroutine has sent on `{name}` already, and nobody is left to receive a second value: this send{where} blocks for ever',
      'zh-cn': '该 goroutine 已向 `{name}` 发送过，再也没有人接收第二个值：此发送{where}将永远阻塞',
    },
    select: {
      en: 'this `select`{where} may wait for ever: nobody is left who could receive what it sends, or make another case ready',
      'zh-cn': '此 `select`{where} 可能永远等待：再也没有人能接收它发送的值，或使其他分支就绪',
    },
    'fix-return': { en: 'Return after the send at line {line}', 'zh-cn': '在第 {line} 行的发送之后返回' },
    'fix-buffer': { en: 'Give `{name}` a buffer of {size}', 'zh-cn': '为 `{name}` 设置容量为 {size} 的缓冲' },
  },
  docs: {
    summary: {
      en: 'A goroutine sends a second value on a channel from which one value is received.',
      'zh-cn': 'goroutine 向只会被接收一次的 channel 发送了第二个值。',
    },
    why: {
      en: 'The classic case is a missing `return`: the goroutine reports an error on the channel and goes on to send its result as well. The receiver takes the error and leaves, and the second send waits for ever.',
      'zh-cn':
        '典型情形是漏写 `return`：goroutine 把错误发送到 channel 之后继续执行，又发送结果。接收方取走错误后离开，第二次发送便永远等待。',
    },
    silent: {
      en: '- the channel has room for every value\n- both values are received\n- the two sends exclude each other\n- the channel is returned, stored or passed to code that is not seen, so that somebody else may receive\n- the send is one arm of a `select` and another arm may become ready\n- too many interleavings to look at all of them',
      'zh-cn':
        '- channel 的容量足以容纳每个值\n- 两个值都会被接收\n- 两次发送互斥\n- channel 被返回、保存或传给看不到的代码，可能由别处接收\n- 发送是 `select` 的一个分支，且其他分支可能就绪\n- 交错执行的情况太多，无法全部检查',
    },
    fix: {
      en: 'Return after the first send. Where both values are meant, receive both or give the channel room for them.',
      'zh-cn': '在第一次发送之后返回。如果确实要发送两个值，则应都接收，或让 channel 的容量足以容纳它们。',
    },
    bad: `package p

func check(run func() error) error {
	verdict := make(chan error)
	go func() {
		if err := run(); err != nil {
			verdict <- err
		}
		verdict <- nil
	}()
	return <-verdict
}
`,
    good: `package p

func check(run func() error) error {
	verdict := make(chan error)
	go func() {
		if err := run(); err != nil {
			verdict <- err
			return
		}
		verdict <- nil
	}()
	return <-verdict
}
`,
  },
};
