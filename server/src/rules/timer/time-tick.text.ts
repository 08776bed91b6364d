import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    left: {
      en: '`time.Tick` makes a ticker that nobody can stop: after this function has returned it goes on ticking for ever, one more for each call',
      'zh-cn': '`time.Tick` 创建的 ticker 无法停止：函数返回后它会永远触发下去，每调用一次就多一个',
    },
    again: {
      en: 'each turn of the loop on line {line} makes another ticker here that nobody can stop: all of them go on ticking for ever',
      'zh-cn': '第 {line} 行的循环每一轮都在此创建一个无法停止的 ticker：它们全都会永远触发下去',
    },
    garbage: {
      en: 'each turn of the loop on line {line} makes another ticker here, which is thrown away after one tick at most and starts its interval anew',
      'zh-cn': '第 {line} 行的循环每一轮都在此创建一个新的 ticker，它最多触发一次就被丢弃，而且每次都重新计时',
    },
    'fix-ticker': {
      en: 'Make one ticker with `time.NewTicker` and stop it',
      'zh-cn': '用 `time.NewTicker` 创建一个 ticker 并停止它',
    },
  },
  docs: {
    summary: {
      en: '`time.Tick` is used where its ticker is not needed for ever, or for each turn of a loop.',
      'zh-cn': '在不需要永久触发的地方，或在循环的每一轮中使用了 `time.Tick`。',
    },
    why: {
      en: '`time.Tick` returns the channel of a ticker and keeps the ticker to itself, so nobody can stop it. Before Go 1.23 it is never collected: each call of a function that uses it leaves one more ticker behind, which fires for nobody until the process ends.\n\nFrom Go 1.23 on such tickers are collected, and only a `time.Tick` that each turn of a loop evaluates anew is reported: every turn makes a ticker for a single tick, and its interval begins again, so a busy loop never sees it fire.',
      'zh-cn':
        '`time.Tick` 只返回 ticker 的 channel，因此无法停止它。在 Go 1.23 之前它永远不会被回收：每次调用使用它的函数都会多留下一个 ticker，直到进程结束都在为无人触发。\n\n从 Go 1.23 起这样的 ticker 会被回收，因此只报告循环每一轮都重新求值的 `time.Tick`：每一轮都为一次触发创建一个 ticker，并重新计时，繁忙的循环永远等不到它触发。',
    },
    silent: {
      en: '- the function never returns, or runs once in the life of the process\n- from Go 1.23 on, outside of loops\n- `for range time.Tick(d)` evaluates it once\n- the loop is left after the call\n- the channel is returned, stored, passed on or used by a closure',
      'zh-cn':
        '- 函数永不返回，或在进程生命周期内只运行一次\n- 从 Go 1.23 起，循环之外的使用\n- `for range time.Tick(d)` 只求值一次\n- 调用之后离开循环\n- channel 被返回、保存、传给别处或被闭包使用',
    },
    fix: {
      en: 'Make one ticker with `time.NewTicker`, before the loop, and write `defer ticker.Stop()`. To wait between turns, `time.Sleep` or a timer will do.',
      'zh-cn':
        '在循环之前用 `time.NewTicker` 创建一个 ticker，并写 `defer ticker.Stop()`。若只想在各轮之间等待，用 `time.Sleep` 或定时器即可。',
    },
    bad: `package p

import "time"

func watch(messages <-chan string, quit <-chan struct{}, handle func(string), report func()) {
	for {
		select {
		case m := <-messages:
			handle(m)
		case <-time.Tick(time.Minute):
			report()
		case <-quit:
			return
		}
	}
}
`,
    good: `package p

import "time"

func watch(messages <-chan string, quit <-chan struct{}, handle func(string), report func()) {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		select {
		case m := <-messages:
			handle(m)
		case <-ticker.C:
			report()
		case <-quit:
			return
		}
	}
}
`,
  },
};
