import { MODEL_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...MODEL_MESSAGES,
    send: {
      en: '`{name}` is nil because nothing has made it: this send{where} blocks for ever',
      'zh-cn': '`{name}` 从未被创建，因此为 nil：此发送{where}将永远阻塞',
    },
    receive: {
      en: '`{name}` is nil because nothing has made it: this receive{where} blocks for ever',
      'zh-cn': '`{name}` 从未被创建，因此为 nil：此接收{where}将永远阻塞',
    },
    range: {
      en: '`{name}` is nil because nothing has made it: this loop{where} blocks for ever',
      'zh-cn': '`{name}` 从未被创建，因此为 nil：此循环{where}将永远阻塞',
    },
    select: {
      en: 'the channels of this `select`{where} are nil: it blocks for ever',
      'zh-cn': '此 `select`{where} 的 channel 均为 nil：它将永远阻塞',
    },
    'unmade-send': {
      en: '`{func}` may leave `{name}` nil, and nothing asks for that before: this send then blocks for ever',
      'zh-cn': '`{func}` 可能让 `{name}` 保持为 nil，而此前没有检查：此发送将永远阻塞',
    },
    'unmade-receive': {
      en: '`{func}` may leave `{name}` nil, and nothing asks for that before: this receive then blocks for ever',
      'zh-cn': '`{func}` 可能让 `{name}` 保持为 nil，而此前没有检查：此接收将永远阻塞',
    },
    'unmade-range': {
      en: '`{func}` may leave `{name}` nil, and nothing asks for that before: this loop then blocks for ever',
      'zh-cn': '`{func}` 可能让 `{name}` 保持为 nil，而此前没有检查：此循环将永远阻塞',
    },
    'step-unmade-condition': {
      en: 'one outcome of this leaves `{name}` nil',
      'zh-cn': '此条件的一种结果会让 `{name}` 保持为 nil',
    },
    'step-unmade-option': {
      en: 'without the option this value has no `{name}`',
      'zh-cn': '未使用该选项时，此值没有 `{name}`',
    },
    'step-unmade-constructor': {
      en: 'this value is made without `{name}`',
      'zh-cn': '此值在构造时没有 `{name}`',
    },
    'step-made': { en: '`{name}` is made only here', 'zh-cn': '`{name}` 仅在此处创建' },
    'step-tested': { en: 'here it is reckoned with that it is nil', 'zh-cn': '此处考虑到了它可能为 nil' },
    'fix-guard-nil': { en: 'Only where `{condition}`', 'zh-cn': '仅在 `{condition}` 时执行' },
    'fix-until-nil': {
      en: 'End the loop when all channels are closed: `for {condition}`',
      'zh-cn': '所有 channel 都关闭后结束循环：`for {condition}`',
    },
    'fix-make-field': {
      en: 'Make the channel `{name}` where the value is made',
      'zh-cn': '在构造该值时创建 channel `{name}`',
    },
    'fix-make': { en: 'Make the channel `{name}`', 'zh-cn': '创建 channel `{name}`' },
  },
  docs: {
    summary: { en: 'A send or receive on a channel that is nil.', 'zh-cn': '对 nil channel 的发送或接收。' },
    why: {
      en: 'The zero value of a channel is nil, and a send or receive on a nil channel blocks for ever: it neither panics nor fails. That happens with `var ch chan T`, with a field that a constructor forgets, and with elements of `make([]chan T, n)`. It also happens with a field that is made for some values only, under a condition or by an option, where one method asks whether it is nil and another does not; and where a value is made without its channel and put into a map, list or field that holds others with it.',
      'zh-cn':
        'channel 的零值是 nil，对 nil channel 的发送和接收会永远阻塞，既不会 panic 也不会报错。常见于 `var ch chan T`、构造函数忘记初始化的字段，以及 `make([]chan T, n)` 的元素。也见于只为部分值创建的字段（在某个条件下或通过选项创建）：一个方法会检查它是否为 nil，另一个却没有检查；以及构造值时没有创建 channel，却把它放进存有带 channel 的值的 map、列表或字段中。',
    },
    silent: {
      en: '- the operation is one arm of a `select`: nil switches an arm off\n- the variable is tested for nil first\n- code that is not seen may set the variable\n- the channel is made and used under the same condition, which nobody changes in between\n- of a field that is made for some values only: no other place of the package reckons with nil and values with and without it are kept apart, a test on the way there (also in a caller or a helper) may tell the values apart, or the field is given something later',
      'zh-cn':
        '- 操作是 `select` 的一个分支：nil 用于停用分支\n- 变量先经过 nil 判断\n- 看不到的代码可能会给变量赋值\n- channel 在同一条件下创建和使用，其间没有代码改变该条件\n- 对于只为部分值创建的字段：包中没有其他地方考虑 nil，且带与不带 channel 的值分开存放；到达该处之前的判断（包括调用者或辅助函数中的判断）可能区分这些值；或该字段之后还会被赋值',
    },
    fix: {
      en: 'Make the channel where it is declared: `ch := make(chan T)`. Where values without it are meant to be, ask first: `if s.acks != nil { s.acks <- n }`.',
      'zh-cn':
        '在声明处创建 channel：`ch := make(chan T)`。如果确实允许没有 channel 的值，请先判断：`if s.acks != nil { s.acks <- n }`。',
    },
    bad: `package p

func wait(work func()) {
	var done chan struct{}
	go func() {
		work()
		done <- struct{}{}
	}()
	<-done
}
`,
    good: `package p

func wait(work func()) {
	done := make(chan struct{})
	go func() {
		work()
		done <- struct{}{}
	}()
	<-done
}
`,
  },
};
