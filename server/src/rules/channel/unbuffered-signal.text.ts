import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    unbuffered: {
      en: '`{name}` is unbuffered and `signal.Notify` does not wait: a signal that arrives while nobody is receiving is lost',
      'zh-cn': '`{name}` 没有缓冲，而 `signal.Notify` 不会等待：信号到达时若没有人在接收，就会丢失',
    },
    'step-made': { en: '`{name}` is made here without a buffer', 'zh-cn': '`{name}` 在此创建，没有缓冲' },
    'fix-buffer': { en: 'Give the channel a buffer of 1', 'zh-cn': '为 channel 设置容量为 1 的缓冲' },
  },
  docs: {
    summary: {
      en: '`signal.Notify` is given an unbuffered channel and may drop signals.',
      'zh-cn': '传给 `signal.Notify` 的 channel 没有缓冲，信号可能丢失。',
    },
    why: {
      en: 'The runtime sends signals without blocking: when the channel cannot take one at that moment, it is dropped. With an unbuffered channel that is whenever the receiver is not waiting yet or is busy. An interrupt that is lost means a shutdown that never begins, and goroutines that are never told to stop.',
      'zh-cn':
        '运行时以非阻塞方式发送信号：如果 channel 当时无法接收，信号就被丢弃。对于无缓冲 channel，只要接收方还没开始等待或正忙，就会丢失。丢失中断信号意味着关闭流程不会启动，goroutine 也得不到停止通知。',
    },
    silent: {
      en: '- the channel has a buffer\n- the channel comes from somewhere else: a parameter, a call, or more than one assignment\n- the channel is made in the call itself: nobody can receive from it, and it only keeps the signal from its default action',
      'zh-cn':
        '- channel 带有缓冲\n- channel 来自别处：参数、函数调用或多处赋值\n- channel 就在调用参数中创建：没有人能从它接收，只是为了阻止信号的默认动作',
    },
    fix: {
      en: 'Use `make(chan os.Signal, 1)`; one slot is enough for a notification. Or use `signal.NotifyContext`.',
      'zh-cn': '使用 `make(chan os.Signal, 1)`，一个槽位足以保存一次通知；也可以使用 `signal.NotifyContext`。',
    },
    bad: `package p

import (
	"os"
	"os/signal"
)

func waitForInterrupt() {
	interrupts := make(chan os.Signal)
	signal.Notify(interrupts, os.Interrupt)
	<-interrupts
}
`,
    good: `package p

import (
	"os"
	"os/signal"
)

func waitForInterrupt() {
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	<-interrupts
}
`,
  },
};
