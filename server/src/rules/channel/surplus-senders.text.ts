import { MODEL_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...MODEL_MESSAGES,
    send: {
      en: 'more goroutines send on `{name}` than values are received: this send{where} blocks for ever in those that come too late',
      'zh-cn': '向 `{name}` 发送的 goroutine 多于被接收的值：来得太晚的 goroutine 会永远阻塞在此发送{where}',
    },
    select: {
      en: 'this `select`{where} may wait for ever: nobody is left who could receive what it sends, or make another case ready',
      'zh-cn': '此 `select`{where} 可能永远等待：再也没有人能接收它发送的值，或使其他分支就绪',
    },
    'fix-buffer': { en: 'Give `{name}` a buffer of {size}', 'zh-cn': '为 `{name}` 设置容量为 {size} 的缓冲' },
    'fix-select': { en: 'Give up sending when `{ctx}` is done', 'zh-cn': '在 `{ctx}` 结束时放弃发送' },
  },
  docs: {
    summary: {
      en: 'Several goroutines send on one channel, of which fewer values are received.',
      'zh-cn': '多个 goroutine 向同一个 channel 发送，而被接收的值更少。',
    },
    why: {
      en: 'Every send on an unbuffered channel needs a receive. Where several goroutines race and only the first answer is taken, or the receiver leaves at the first error, all the others wait for a receiver that does not come. Each call leaves some of them behind.',
      'zh-cn':
        '向无缓冲 channel 的每次发送都需要一次接收。当多个 goroutine 竞争而只取第一个结果，或接收方遇到第一个错误就离开时，其余的都会等待永远不会来的接收方。每次调用都会遗留一些 goroutine。',
    },
    silent: {
      en: '- the channel has room for all that is sent\n- everything is received in the end, also by another goroutine\n- the channel is returned, stored or passed to code that is not seen, so that somebody else may receive\n- the send is one arm of a `select` and another arm may become ready\n- too many interleavings to look at all of them',
      'zh-cn':
        '- channel 的容量足以容纳所有发送的值\n- 所有值最终都会被接收，包括由其他 goroutine 接收\n- channel 被返回、保存或传给看不到的代码，可能由别处接收\n- 发送是 `select` 的一个分支，且其他分支可能就绪\n- 交错执行的情况太多，无法全部检查',
    },
    fix: {
      en: 'Give the channel room for all senders: `make(chan T, len(items))`. Or let them select on `ctx.Done()` and cancel when the answer is there.',
      'zh-cn':
        '让 channel 的容量等于发送方的数量：`make(chan T, len(items))`。也可以让发送方用 `select` 同时监听 `ctx.Done()`，得到结果后取消。',
    },
    bad: `package p

func fastest(mirrors []string, fetch func(string) string) string {
	answers := make(chan string)
	for _, m := range mirrors {
		go func() { answers <- fetch(m) }()
	}
	return <-answers
}
`,
    good: `package p

func fastest(mirrors []string, fetch func(string) string) string {
	answers := make(chan string, len(mirrors))
	for _, m := range mirrors {
		go func() { answers <- fetch(m) }()
	}
	return <-answers
}
`,
  },
};
