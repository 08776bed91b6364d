import { DEFER_MESSAGES, MODEL_MESSAGES, STOP_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...MODEL_MESSAGES,
    ...DEFER_MESSAGES,
    ...STOP_MESSAGES,
    left: {
      en: 'this send{where} blocks for ever once the receiver of `{name}` has left, as it may at line {line} before everything is sent',
      'zh-cn': '一旦 `{name}` 的接收方离开（它可能在全部发送完之前于第 {line} 行离开），此发送{where}就会永远阻塞',
    },
    send: {
      en: 'this send{where} blocks for ever once the receiver of `{name}` stops receiving before everything is sent',
      'zh-cn': '一旦 `{name}` 的接收方在全部发送完之前停止接收，此发送{where}就会永远阻塞',
    },
    select: {
      en: 'this `select`{where} may wait for ever: nobody is left who could receive what it sends, or make another case ready',
      'zh-cn': '此 `select`{where} 可能永远等待：再也没有人能接收它发送的值，或使其他分支就绪',
    },
    'fix-select': { en: 'Give up sending when `{ctx}` is done', 'zh-cn': '在 `{ctx}` 结束时放弃发送' },
  },
  docs: {
    summary: {
      en: 'A goroutine sends one value after the other, and its receiver may stop before the last one.',
      'zh-cn': 'goroutine 依次发送多个值，而接收方可能在最后一个之前就停止。',
    },
    why: {
      en: 'A producer that sends in a loop waits at each send until somebody receives. When the consumer leaves its loop early, by `break`, `return` or an error, the producer stays at its next send for ever, together with the file, rows or connection it reads from.',
      'zh-cn':
        '在循环中发送的生产者每次发送都会等待接收。如果消费者因 `break`、`return` 或错误提前离开循环，生产者就会永远停在下一次发送处，它所读取的文件、查询结果或连接也随之滞留。',
    },
    silent: {
      en: '- the channel has room for all that is sent\n- the consumer receives what is left before it leaves\n- the channel is returned, stored or passed to code that is not seen, so that somebody else may receive\n- the send is one arm of a `select` and another arm may become ready\n- too many interleavings to look at all of them',
      'zh-cn':
        '- channel 的容量足以容纳所有发送的值\n- 消费者在离开之前接收完剩余的值\n- channel 被返回、保存或传给看不到的代码，可能由别处接收\n- 发送是 `select` 的一个分支，且其他分支可能就绪\n- 交错执行的情况太多，无法全部检查',
    },
    fix: {
      en: 'Send in a `select` with a context or a quit channel that the consumer cancels or closes when it leaves. For few values, `make(chan T, len(items))`.',
      'zh-cn':
        '在 `select` 中发送，同时监听消费者离开时会取消或关闭的 context 或退出 channel。值不多时可用 `make(chan T, len(items))`。',
    },
    bad: `package p

func contains(names func() string, want string) bool {
	out := make(chan string)
	go func() {
		for {
			out <- names()
		}
	}()
	for name := range out {
		if name == want {
			return true
		}
	}
	return false
}
`,
    good: `package p

func contains(names func() string, want string) bool {
	out, quit := make(chan string), make(chan struct{})
	defer close(quit)
	go func() {
		for {
			select {
			case out <- names():
			case <-quit:
				return
			}
		}
	}()
	for name := range out {
		if name == want {
			return true
		}
	}
	return false
}
`,
  },
};
