import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    guard: {
      en: 'nobody can stop this timer: when the function is done sooner, the timer keeps `{name}` and all that its function holds until `{limit}` is over, for each call',
      'zh-cn':
        '没有人能停止这个定时器：即使函数提前完成，定时器也会一直持有 `{name}` 及其函数引用的一切，直到 `{limit}` 到期，每次调用都是如此',
    },
    request: {
      en: 'nobody can stop this timer: it keeps the request of `{name}` until `{limit}` is over, and its function then uses it after the handler has returned',
      'zh-cn':
        '没有人能停止这个定时器：它会一直持有 `{name}` 所属的请求，直到 `{limit}` 到期，届时处理函数早已返回，其函数却仍在使用该请求',
    },
    entry: {
      en: 'nobody can stop this timer: when `{name}` has been taken out of `{map}`, the timer goes on holding it, and all that it refers to, until `{limit}` is over',
      'zh-cn':
        '没有人能停止这个定时器：`{name}` 从 `{map}` 中移除之后，定时器仍会一直持有它及其引用的一切，直到 `{limit}` 到期',
    },
    'step-stored': { en: '`{name}` is put into `{map}` here', 'zh-cn': '`{name}` 在此放入 `{map}`' },
    'step-removed': {
      en: 'other code than that of the timer takes it out here, and leaves the timer running',
      'zh-cn': '定时器之外的代码在此将其移除，而定时器仍在运行',
    },
    'step-holds': { en: 'the function of the timer holds `{name}`', 'zh-cn': '定时器的函数持有 `{name}`' },
    'fix-keep': {
      en: 'Keep the timer and add `defer {name}.Stop()`',
      'zh-cn': '保存该定时器，并添加 `defer {name}.Stop()`',
    },
  },
  docs: {
    summary: {
      en: 'The timer of `time.AfterFunc` is dropped, so that it holds what its function uses until it fires.',
      'zh-cn': '`time.AfterFunc` 返回的定时器被丢弃，它会一直持有其函数所用的一切，直到触发。',
    },
    why: {
      en: 'A time limit set with `time.AfterFunc(limit, …)` runs out some time after a call that has gone well. Until then the run time holds the timer, the timer its function, and the function every variable it mentions: the channel, the connection, the buffer. With a limit of a minute and a thousand calls a second, sixty thousand of them are held at any time; then a function runs for each, to end what is over. A handler that leaves such a timer behind has its request used after it has returned.',
      'zh-cn':
        '用 `time.AfterFunc(limit, …)` 设置的时限，会在调用顺利结束之后的某个时刻才到期。在此之前，运行时持有定时器，定时器持有其函数，函数又持有它提到的每个变量：channel、连接、缓冲区。若时限为一分钟、每秒一千次调用，任何时刻都有六万份被占着；到期后还要逐个运行函数，去结束早已结束的事情。如果是处理函数留下这样的定时器，请求会在它返回之后仍被使用。',
    },
    silent: {
      en: '- the timer is kept: whoever has it may stop it (`timer-not-stopped` looks at those)\n- a constant of at most 10 seconds\n- the function of the timer does something that is to happen in any case, such as removing an entry of a map; unless its function holds the entry itself for five minutes or longer, and other code may take that out sooner\n- what it ends is returned, stored or sent, or belongs to the caller: the limit is for its whole life\n- code that runs once in the life of the process, and tests',
      'zh-cn':
        '- 定时器被保存：持有者可以停止它（由 `timer-not-stopped` 检查）\n- 不超过 10 秒的常量\n- 定时器的函数所做的事无论如何都要发生，例如删除 map 中的一项；除非其函数会持有该项本身五分钟或更久，而其他代码可能更早将其移除\n- 它要结束的东西被返回、保存或发送，或属于调用方：时限针对的是其整个生命期\n- 在进程生命周期内只执行一次的代码，以及测试',
    },
    fix: {
      en: 'Keep the timer and stop it when the function is done: `timer := time.AfterFunc(…)`, `defer timer.Stop()`. Often a context with a timeout says the same with less code.',
      'zh-cn':
        '保存定时器，并在函数完成时停止它：`timer := time.AfterFunc(…)`、`defer timer.Stop()`。很多时候，带超时的 context 可以用更少的代码做到同样的事。',
    },
    bad: `package p

import (
	"errors"
	"time"
)

func Within(limit time.Duration, work func() error) error {
	result := make(chan error, 2)
	time.AfterFunc(limit, func() {
		result <- errors.New("took too long")
	})
	go func() { result <- work() }()
	return <-result
}
`,
    good: `package p

import (
	"errors"
	"time"
)

func Within(limit time.Duration, work func() error) error {
	result := make(chan error, 2)
	timer := time.AfterFunc(limit, func() {
		result <- errors.New("took too long")
	})
	defer timer.Stop()
	go func() { result <- work() }()
	return <-result
}
`,
  },
};
