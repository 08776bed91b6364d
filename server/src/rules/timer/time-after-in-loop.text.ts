import { PATH_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    'step-when': PATH_MESSAGES['step-when'],
    'step-unless': PATH_MESSAGES['step-unless'],
    left: {
      en: 'each turn of the loop on line {line} makes a timer here, and a turn that ends otherwise leaves it behind: it stays in memory until its {limit} have passed, so busy loops pile up timers',
      'zh-cn':
        '第 {line} 行的循环每一轮都在此创建一个定时器，若该轮以其他方式结束，它会留下：在 {limit} 到期之前一直占用内存，循环繁忙时定时器会大量堆积',
    },
    garbage: {
      en: 'each turn of the loop on line {line} makes a timer here, and a turn that ends otherwise throws it away unused: one timer that is set anew with `Reset` does without the garbage',
      'zh-cn':
        '第 {line} 行的循环每一轮都在此创建一个定时器，若该轮以其他方式结束，它未经使用就被丢弃：用 `Reset` 重设同一个定时器可以避免这些垃圾',
    },
    'step-other': {
      en: 'the `select` goes on here, and the timer stays',
      'zh-cn': '`select` 从这里继续，定时器被留下',
    },
    'fix-reuse': {
      en: 'Make one timer before the loop and `Reset` it on each turn',
      'zh-cn': '在循环前创建一个定时器，每一轮用 `Reset` 重设',
    },
  },
  docs: {
    summary: {
      en: '`time.After` in a loop makes a timer on each turn and leaves it behind.',
      'zh-cn': '循环中的 `time.After` 每一轮都创建一个定时器并将其留下。',
    },
    why: {
      en: "`time.After` makes a new timer each time it is evaluated. In `select { case m := <-messages: …; case <-time.After(time.Minute): … }` every message leaves a timer of a minute behind. Before Go 1.23 it cannot be collected until it fires: a thousand messages a second keep sixty thousand timers, with their channels, in memory and in the runtime's heap of timers.\n\nFrom Go 1.23 on such timers are collected, so the finding is only a hint there.",
      'zh-cn':
        '`time.After` 每次求值都会创建一个新的定时器。在 `select { case m := <-messages: …; case <-time.After(time.Minute): … }` 中，每条消息都会留下一个一分钟的定时器。在 Go 1.23 之前，它在触发之前不能被回收：每秒一千条消息就会有六万个定时器及其 channel 留在内存和运行时的定时器堆中。\n\n从 Go 1.23 起这些定时器会被回收，因此那里只作为提示。',
    },
    silent: {
      en: '- every other way on leaves the loop, as when a retry waits for `ctx.Done()`: one timer at most is left; or goes on to another `select` that leaves it for the same channel\n- the other arms are those of a context that is done or of a channel that is only ever closed\n- the loop waits for the timer and nothing else\n- the loop is counted or goes over a slice or map: it leaves no more timers than there are elements\n- the channel is passed on or used by a closure\n- tests, which make few turns\n\nThe finding is a warning for limits known to be a minute or more, and a hint for others.',
      'zh-cn':
        '- 其他分支都会离开循环（例如重试时等待 `ctx.Done()`）：最多留下一个定时器；或继续执行到因同一 channel 而离开循环的另一个 `select`\n- 其他分支是已结束的 context 或只会被关闭的 channel\n- 循环只等待该定时器\n- 计数循环，或遍历 slice、map 的循环：留下的定时器不会多于元素个数\n- channel 被传给别处或被闭包使用\n- 测试：循环次数很少\n\n已知不少于一分钟的时限为警告，其余仅为提示。',
    },
    fix: {
      en: 'Make one timer before the loop and `Reset` it before the `select`. Before Go 1.23, stop it and empty its channel first.',
      'zh-cn': '在循环前创建一个定时器，并在 `select` 之前 `Reset`。在 Go 1.23 之前，需要先停止它并清空其 channel。',
    },
    bad: `package p

import "time"

func watch(messages <-chan string, quit <-chan struct{}, handle func(string), idle func()) {
	for {
		select {
		case m := <-messages:
			handle(m)
		case <-time.After(time.Minute):
			idle()
		case <-quit:
			return
		}
	}
}
`,
    good: `package p

import "time"

func watch(messages <-chan string, quit <-chan struct{}, handle func(string), idle func()) {
	timer := time.NewTimer(time.Minute)
	defer timer.Stop()
	for {
		timer.Reset(time.Minute)
		select {
		case m := <-messages:
			handle(m)
		case <-timer.C:
			idle()
		case <-quit:
			return
		}
	}
}
`,
  },
};
