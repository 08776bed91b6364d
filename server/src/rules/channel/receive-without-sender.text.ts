import { DEFER_MESSAGES, GIVE_UP_MESSAGES, MODEL_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...MODEL_MESSAGES,
    ...DEFER_MESSAGES,
    ...GIVE_UP_MESSAGES,
    receive: {
      en: 'this receive from `{name}`{where} may wait for ever: everybody who could send to `{name}` or close it has ended or is blocked',
      'zh-cn': '从 `{name}` 的接收{where}可能永远等待：所有能向 `{name}` 发送或关闭它的 goroutine 都已结束或被阻塞',
    },
    context: {
      en: 'this wait for `{name}`{where} may never end: nobody is left who could cancel the context, and others wait for this goroutine',
      'zh-cn':
        '对 `{name}` 的等待{where}可能永远不会结束：再也没有人能取消该 context，而其他 goroutine 在等待此 goroutine',
    },
    forgotten: {
      en: 'this wait for `{name}`{where} never ends: nobody has the cancel function of the context any more, and so nobody can cancel it',
      'zh-cn': '对 `{name}` 的等待{where}永远不会结束：再也没有人持有该 context 的 cancel 函数，因此没有人能取消它',
    },
    ticks: {
      en: 'this wait{where} goes round for ever: only the timer still comes, nobody is left who could make another of its cases ready',
      'zh-cn': '此等待{where}会永远循环：只有定时器仍会触发，再也没有人能使其他分支就绪',
    },
    select: {
      en: 'this `select`{where} may wait for ever: nobody is left who could make one of its cases ready',
      'zh-cn': '此 `select`{where} 可能永远等待：再也没有人能使它的任何一个分支就绪',
    },
    unanswered: {
      en: 'this receive waits for ever: nothing in the package sends on `{name}` or closes it',
      'zh-cn': '此接收会永远等待：包中没有代码向 `{name}` 发送或将其关闭',
    },
    'step-made': { en: 'the channel is made here', 'zh-cn': 'channel 在这里创建' },
    'fix-buffer': { en: 'Give `{name}` a buffer of {size}', 'zh-cn': '为 `{name}` 设置容量为 {size} 的缓冲' },
  },
  docs: {
    summary: {
      en: 'A goroutine waits to receive although nobody is left who could send or close the channel.',
      'zh-cn': 'goroutine 等待接收，但再也没有人会发送或关闭该 channel。',
    },
    why: {
      en: 'A receive waits until somebody sends or closes the channel. When every goroutine that could do so has returned, perhaps on an error, or waits itself, the receive never ends: the goroutine stays for the life of the process, and whoever waits for it stays too.',
      'zh-cn':
        '接收会一直等待，直到有人发送或关闭该 channel。如果所有可能这样做的 goroutine 都已返回（例如因为出错），或自己也在等待，接收就永远不会结束：该 goroutine 会存活到进程结束，等待它的一方也是如此。',
    },
    silent: {
      en: '- the channel is returned, passed to code that is not seen, or kept where other code can use it\n- another arm of the `select` may become ready: a context, a `default`, a timer after which the code goes on or may leave its loop\n- a method of the type that holds the channel sends or closes\n- too many interleavings to look at all of them\n- `<-make(chan T)`, which waits on purpose like `select {}`\n- only a hint: the channel is made in the line before and has no other use, an endless loop that is started once in the life of the process receives, or a test sleeps for less than the limit of the sender',
      'zh-cn':
        '- channel 被返回、传给看不到的代码，或保存在其他代码可以使用的地方\n- `select` 的其他分支可能就绪：context、`default`，或触发后代码会继续前进或可能离开循环的定时器\n- 持有该 channel 的类型有方法会发送或关闭\n- 交错执行的情况太多，无法全部检查\n- `<-make(chan T)`：与 `select {}` 一样有意等待\n- 仅为提示：channel 在前一行创建且没有其他用途，由进程生命周期内只启动一次的无限循环接收，或测试的休眠短于发送方的时限',
    },
    fix: {
      en: 'Send or close on every way out of the goroutine that owns the channel: `defer close(done)` as its first statement is the usual form. Or wait in a `select` with a context.',
      'zh-cn':
        '在拥有该 channel 的 goroutine 的每条返回路径上发送或关闭：通常在开头写 `defer close(done)`。也可以在 `select` 中同时等待 context。',
    },
    bad: `package p

import "os"

func load(path string) {
	done := make(chan []byte)
	go func() {
		data, err := os.ReadFile(path)
		if err != nil {
			return
		}
		done <- data
	}()
	<-done
}
`,
    good: `package p

import "os"

func load(path string) {
	done := make(chan []byte)
	go func() {
		defer close(done)
		data, err := os.ReadFile(path)
		if err != nil {
			return
		}
		done <- data
	}()
	<-done
}
`,
  },
};
