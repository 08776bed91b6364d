import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    sleep: {
      en: 'the loop on line {line} goes on after `{ctx}` is done: `{what}` does not wake for it, and nothing else in the loop looks at it',
      'zh-cn': '`{ctx}` 结束后第 {line} 行的循环仍会继续：`{what}` 不会因此被唤醒，循环中也没有其他代码检查它',
    },
    'sleep-late': {
      en: '`{what}` sleeps on after `{ctx}` is done, so this loop ends late',
      'zh-cn': '`{ctx}` 结束后 `{what}` 仍继续休眠，因此该循环会延迟结束',
    },
    send: {
      en: 'this send does not give up when `{ctx}` is done: if nobody receives from `{chan}` any more, it blocks forever although the loop watches `{ctx}`',
      'zh-cn': '`{ctx}` 结束时此发送不会放弃：如果不再有人从 `{chan}` 接收，即使循环在监视 `{ctx}`，它也会永远阻塞',
    },
    receive: {
      en: 'this receive does not give up when `{ctx}` is done: while nothing is sent on `{chan}`, it blocks although the loop watches `{ctx}`',
      'zh-cn': '`{ctx}` 结束时此接收不会放弃：只要没有人向 `{chan}` 发送，即使循环在监视 `{ctx}`，它也会一直阻塞',
    },
    'step-watched': { en: 'the loop ends with `{ctx}` here', 'zh-cn': '循环在此随 `{ctx}` 结束' },
    'fix-watch': { en: 'Give up when `{ctx}` is done', 'zh-cn': '在 `{ctx}` 结束时放弃等待' },
  },
  docs: {
    summary: {
      en: 'A loop of a function that has a context waits where the end of the context cannot reach it.',
      'zh-cn': '函数有 context，但其循环中的等待无法被 context 的结束打断。',
    },
    why: {
      en: 'A function that takes a context promises to return soon after the context is done. `time.Sleep`, a plain send and a plain receive know nothing of it.\n\nA loop that sleeps between attempts goes on with them after the caller has left. A worker that ends with its context but sends its results with a plain `out <- result` blocks for ever when the receiver, who ends with the same context, leaves first: the goroutine and all it holds are leaked.\n\nLoops that turn a fixed number of times, that look at the clock or limit the length of their sleep, and those that look at the context before each turn, come to their end after a while; a sleep in them is a hint. It is none in a loop that counts attempts with the context, as many as a variable says or so many that they take a minute: once the context is done they all fail, one after the other.',
      'zh-cn':
        '接受 context 的函数承诺在 context 结束后尽快返回。而 `time.Sleep`、普通的发送和接收对 context 一无所知。\n\n在重试之间休眠的循环，即使调用方已经离开也会继续执行。随 context 结束、却用普通的 `out <- result` 发送结果的 worker，当同样随 context 结束的接收方先离开时会永远阻塞：该 goroutine 及其持有的一切都会泄漏。\n\n循环次数固定、检查时钟或限制休眠时长的循环，以及每次循环都检查 context 的循环，过一段时间会自行结束；其中的休眠仅以提示级别报告。但如果循环用该 context 计数重试，次数由变量决定或总时长达到一分钟，则不是提示：context 结束后所有尝试都会依次失败。',
    },
    silent: {
      en: '- the context is no parameter of the function, or of the function around a literal that mentions it\n- the sleep is shorter than a second, and the loop looks at the context, leaves for the error of a call that gets it, or turns a fixed number of times\n- the code runs after the context is done: it cleans up\n- sends outside of loops that look at the context, and sends before the loop is left\n- the channel has a buffer, has receivers in sight that do not leave with a context, is received from in the same function, or came with a request that waits for the answer\n- goroutines that nothing ends (see `goroutine-never-exits`), and sends of which rules on channels speak\n- receives, but for those in loops that look at the context, from a field on which only exported methods of its type send and which only they close\n- in tests\n\nIt is a hint where the loop ends late but ends, where receivers are not seen, and where nobody can end the context or it ends with the process.',
      'zh-cn':
        '- context 不是该函数的参数，也不是提到它的函数字面量外层函数的参数\n- 休眠短于一秒，并且循环会检查 context、因得到它的调用出错而离开，或循环次数固定\n- 代码在 context 结束之后运行：它在做清理\n- 不在检查 context 的循环中的发送，以及离开循环前的发送\n- channel 有缓冲、其可见的接收方不会随 context 离开、在同一函数中接收，或者随等待答复的请求一起传来\n- 无法结束的 goroutine（见 `goroutine-never-exits`），以及由 channel 规则报告的发送\n- 接收操作，除非循环会检查 context，且接收自只由其类型的导出方法发送和关闭的字段\n- 测试代码中\n\n如果循环只是结束得晚、看不到接收方、没有人能结束该 context，或它随进程一起结束，则只给出提示。',
    },
    fix: {
      en: 'Wait in a `select` with an arm `case <-ctx.Done(): return ctx.Err()`; instead of `time.Sleep(d)` the other arm receives from `time.After(d)` or from a timer.',
      'zh-cn':
        '在 `select` 中等待，并加入分支 `case <-ctx.Done(): return ctx.Err()`；原来的 `time.Sleep(d)` 改为另一个分支从 `time.After(d)` 或定时器接收。',
    },
    bad: `package p

import (
	"context"
	"time"
)

func WaitUntil(ctx context.Context, ready func() bool) {
	for !ready() {
		time.Sleep(time.Second)
	}
}
`,
    good: `package p

import (
	"context"
	"time"
)

func WaitUntil(ctx context.Context, ready func() bool) {
	for !ready() {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
		}
	}
}
`,
  },
};
