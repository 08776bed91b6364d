import { MODEL_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...MODEL_MESSAGES,
    send: {
      en: '`{name}` may be closed by now: this send{where} panics',
      'zh-cn': '此时 `{name}` 可能已关闭：此发送{where}会 panic',
    },
  },
  docs: {
    summary: { en: 'A send on a channel that may be closed already.', 'zh-cn': '向可能已关闭的 channel 发送。' },
    why: {
      en: 'A send on a closed channel panics, which ends the process unless it is recovered. It mostly happens when the receiver closes, or one of several senders: the others do not know and go on sending.',
      'zh-cn':
        '向已关闭的 channel 发送会 panic；如果没有 recover，进程将终止。多半发生在由接收方关闭，或由多个发送方之一关闭时：其余发送方并不知情，仍在发送。',
    },
    silent: {
      en: '- a lock, a `sync.Once`, a `WaitGroup` or a receive puts the operations in order\n- the channel is passed to or comes from code that is not seen\n- too many interleavings to look at all of them\n- a count kept with `sync/atomic` functions lets the channel be closed',
      'zh-cn':
        '- 锁、`sync.Once`、`WaitGroup` 或接收操作保证了先后顺序\n- channel 来自或传给看不到的代码\n- 交错执行的情况太多，无法全部检查\n- 由 `sync/atomic` 函数维护的计数决定何时关闭 channel',
    },
    fix: {
      en: 'Let only the sender close, when it has sent everything. With several senders, close after waiting for all of them; to make senders stop, close another channel or cancel a context instead.',
      'zh-cn':
        '只由发送方在全部发送完后关闭。有多个发送方时，等待它们全部结束后再关闭；要让发送方停止，应关闭另一个 channel 或取消 context。',
    },
    bad: `package p

func first(jobs []func() int) int {
	results := make(chan int)
	for _, job := range jobs {
		go func() { results <- job() }()
	}
	defer close(results)
	return <-results
}
`,
    good: `package p

func first(jobs []func() int) int {
	results := make(chan int, len(jobs))
	for _, job := range jobs {
		go func() { results <- job() }()
	}
	return <-results
}
`,
  },
};
