import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    'over-at-once': {
      en: 'the limit of `{call}` is `{value}`, so the context is over before anything can use it, and every call it is passed to fails',
      'zh-cn': '`{call}` 的时限为 `{value}`，该 context 在被使用之前就已结束，所有收到它的调用都会失败',
    },
    panics: {
      en: '`{call}` panics because its interval `{value}` is not positive',
      'zh-cn': '`{call}` 的间隔 `{value}` 不是正数，会 panic',
    },
    'never-ticks': {
      en: '`{call}` returns nil because its interval `{value}` is not positive: whoever receives from that waits for ever',
      'zh-cn': '`{call}` 的间隔 `{value}` 不是正数，因此返回 nil：从中接收会永远等待',
    },
    'no-unit': {
      en: '`{value}` has no unit, so `{taker}` gets {nanoseconds} ns, which is over at once: a plain number counts nanoseconds',
      'zh-cn': '`{value}` 没有单位，因此 `{taker}` 得到的是 {nanoseconds} 纳秒，瞬间就会结束：不带单位的数字表示纳秒',
    },
    'fix-unit': { en: 'Write `{value}`', 'zh-cn': '改为 `{value}`' },
  },
  docs: {
    summary: {
      en: 'A timeout or interval is zero, negative, or a number without a unit, which counts nanoseconds.',
      'zh-cn': '超时或间隔为零、为负，或是没有单位的数字（表示纳秒）。',
    },
    why: {
      en: '`time.Duration` counts nanoseconds. `context.WithTimeout(ctx, 30)` therefore gives a context that is over after 30 ns, long before the first packet is sent, and `time.Sleep(10)` in a loop does not pause it: the loop takes a whole core. The code compiles, because a plain number fits any duration.\n\nA limit of zero or below does not mean "no limit": `WithTimeout` returns a context that is over already, `NewTicker` panics, and `Tick` returns a nil channel, from which a goroutine receives for ever.',
      'zh-cn':
        '`time.Duration` 以纳秒计数。因此 `context.WithTimeout(ctx, 30)` 得到的 context 在 30 纳秒后就结束，远早于发出第一个数据包；循环中的 `time.Sleep(10)` 并不会让循环停顿，而是占满一个 CPU 核。这样的代码可以编译，因为不带单位的数字可以赋给任何 duration。\n\n零或负的时限并不表示“不限时”：`WithTimeout` 返回已经结束的 context，`NewTicker` 会 panic，`Tick` 返回 nil channel，从中接收的 goroutine 会永远等待。',
    },
    silent: {
      en: '- the number has a unit, or is written as `1e9`\n- the number is larger than 100000: it was counted in nanoseconds on purpose\n- the value is not constant\n- `time.Sleep(0)`, `time.After(0)` and the like, which are over at once on purpose, and fields that are zero\n- a timer that is stopped at once, to be set later\n- in tests: limits of zero or below, fields, and plain numbers up to 10',
      'zh-cn':
        '- 数字带有单位，或写作 `1e9`\n- 数字大于 100000：显然有意以纳秒计\n- 值不是常量\n- `time.Sleep(0)`、`time.After(0)` 等有意立即结束的写法，以及值为零的字段\n- 创建后立即停止、以后再设置的定时器\n- 测试中：零或负的时限、字段，以及不超过 10 的数字',
    },
    fix: {
      en: 'Multiply by a unit: `30 * time.Second`. Where no limit is wanted, use `context.WithCancel`.',
      'zh-cn': '乘以单位：`30 * time.Second`。如果不需要时限，请使用 `context.WithCancel`。',
    },
    bad: `package p

import (
	"context"
	"time"
)

const timeout = 30

func fetch(parent context.Context, get func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(parent, timeout)
	defer cancel()
	err := get(ctx)
	if err != nil {
		time.Sleep(10)
		err = get(ctx)
	}
	return err
}
`,
    good: `package p

import (
	"context"
	"time"
)

const timeout = 30 * time.Second

func fetch(parent context.Context, get func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(parent, timeout)
	defer cancel()
	err := get(ctx)
	if err != nil {
		time.Sleep(10 * time.Millisecond)
		err = get(ctx)
	}
	return err
}
`,
  },
};
