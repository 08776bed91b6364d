import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    'per-message': {
      en: 'the loop on line {line} starts a goroutine for each value it receives, and nothing limits how many run at once: when they come faster than they are worked off, memory grows without a bound',
      'zh-cn':
        '第 {line} 行的循环为收到的每个值启动一个 goroutine，且不限制同时运行的数量：到达速度超过处理速度时，内存会无限增长',
    },
    'per-item': {
      en: 'the loop on line {line} starts a goroutine that waits for a peer for each item of `{source}`, and nothing limits how many run at once: a long list opens as many connections',
      'zh-cn':
        '第 {line} 行的循环为 `{source}` 的每一项启动一个等待对端的 goroutine，且不限制同时运行的数量：列表很长时会打开同样多的连接',
    },
    'fix-set-limit': { en: 'Limit the group: `{group}.SetLimit`', 'zh-cn': '限制并发数量：`{group}.SetLimit`' },
  },
  docs: {
    summary: {
      en: 'A loop starts a goroutine for each thing that comes, and nothing limits how many run at once.',
      'zh-cn': '循环为到来的每一项启动一个 goroutine，且不限制同时运行的数量。',
    },
    why: {
      en: 'A goroutine is cheap, but what it holds is not: buffers, connections, file descriptors. Where input decides how many there are, a burst or a slow peer lets them pile up until the process runs out of memory or descriptors, and the peer is hit by all of them at once.',
      'zh-cn':
        'goroutine 本身很便宜，但它持有的缓冲区、连接和文件描述符并不便宜。当数量由输入决定时，突发流量或缓慢的对端会使它们堆积，直到进程耗尽内存或描述符，而且对端会同时受到所有请求的冲击。',
    },
    silent: {
      en: '- the loop sends on a channel, receives another value, or calls `Acquire`, `Wait`, `Allow` or the like: that may be a limit\n- the goroutine takes a place before it works: it calls `Acquire`, or sends on or receives from a channel whose values mean nothing\n- the group has a limit, or comes from elsewhere\n- the loop goes over a list that is no parameter, or the goroutine does not use the item or waits for no network, database or process\n- signals, servers, and loops that accept connections\n- the loop is left after the first one\n- `//hygiene:daemon` stands on the `go` statement\n- in tests',
      'zh-cn':
        '- 循环向 channel 发送、接收其他值，或调用 `Acquire`、`Wait`、`Allow` 等：它们可能就是限制\n- goroutine 在工作之前先占用名额：调用 `Acquire`，或在值没有意义的 channel 上发送或接收\n- 组已设置限制，或来自别处\n- 循环遍历的列表不是参数，或者 goroutine 没有使用该项、不等待网络、数据库或进程\n- 信号、服务器，以及接受连接的循环\n- 启动第一个之后就离开循环\n- `go` 语句上有 `//hygiene:daemon`\n- 测试代码中',
    },
    fix: {
      en: 'Use `errgroup.Group` with `SetLimit`, a fixed number of workers that receive from the channel, or a buffered channel as a semaphore.',
      'zh-cn':
        '使用带 `SetLimit` 的 `errgroup.Group`、固定数量的 worker 从 channel 接收，或用带缓冲的 channel 作为信号量。',
    },
    bad: `package p

func Serve(messages <-chan string, handle func(string)) {
	for m := range messages {
		go handle(m)
	}
}
`,
    good: `package p

func Serve(messages <-chan string, handle func(string)) {
	limit := make(chan struct{}, 10)
	for m := range messages {
		limit <- struct{}{}
		go func() {
			defer func() { <-limit }()
			handle(m)
		}()
	}
}
`,
  },
};
