import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ignored: {
      en: 'nobody keeps the channel that `{func}` returns: the goroutine that sends on it blocks for ever at line {line}',
      'zh-cn': '没有人保存 `{func}` 返回的 channel：向它发送的 goroutine 将永远阻塞在第 {line} 行',
    },
    'step-go': { en: 'the goroutine is started here', 'zh-cn': 'goroutine 在此启动' },
    'step-send': { en: 'it waits here for a receiver', 'zh-cn': '它在此等待接收方' },
  },
  docs: {
    summary: {
      en: 'The channel that a function returns is dropped, although a goroutine sends on it.',
      'zh-cn': '丢弃了函数返回的 channel，而有 goroutine 会向它发送。',
    },
    why: {
      en: 'A function that starts a goroutine and returns an unbuffered channel with its result relies on its caller to receive. When the caller drops the channel, the goroutine waits at its first send for ever.',
      'zh-cn':
        '启动 goroutine 并返回无缓冲 channel 的函数依赖调用方来接收。如果调用方丢弃该 channel，goroutine 就会永远停在第一次发送处。',
    },
    silent: {
      en: '- the channel has a buffer, or the send is one arm of a `select`\n- the channel is also stored or received from elsewhere\n- the function is declared in another file',
      'zh-cn':
        '- channel 有缓冲，或发送是 `select` 的一个分支\n- channel 还被保存，或在别处被接收\n- 该函数在其他文件中声明',
    },
    fix: {
      en: 'Receive from the channel, or let the function make it with room for the result: `make(chan T, 1)`.',
      'zh-cn': '从该 channel 接收，或让该函数创建有空间存放结果的 channel：`make(chan T, 1)`。',
    },
    bad: `package p

func start(work func() error) <-chan error {
	done := make(chan error)
	go func() { done <- work() }()
	return done
}

func run(work func() error) {
	start(work)
}
`,
    good: `package p

func start(work func() error) <-chan error {
	done := make(chan error, 1)
	go func() { done <- work() }()
	return done
}

func run(work func() error) {
	start(work)
}
`,
  },
};
