import { PATH_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...PATH_MESSAGES,
    left: {
      en: '`{name}` is not stopped on every way out: after the return on line {line} it stays in memory until it fires for nobody',
      'zh-cn': '`{name}` 并非在每条路径上都被停止：在第 {line} 行返回之后，它会一直占用内存，直到触发，而无人接收',
    },
    again: {
      en: '`{name}` is not stopped before the loop makes the next timer: each turn leaves one that stays in memory until it fires',
      'zh-cn': '在循环创建下一个定时器之前没有停止 `{name}`：每一轮都会留下一个，直到触发之前一直占用内存',
    },
    overwritten: {
      en: '`{name}` gets another timer on line {line} before it was stopped: the old one stays in memory until it fires for nobody',
      'zh-cn': '`{name}` 在停止之前就在第 {line} 行被换成另一个定时器：旧的会一直占用内存，直到触发，而无人接收',
    },
    'func-left': {
      en: '`{name}` is stopped on other ways but not here: after the return on line {line} its function still runs when the time is up',
      'zh-cn': '`{name}` 在其他路径上被停止，这里却没有：在第 {line} 行返回之后，时间一到它的函数仍会运行',
    },
    'func-again': {
      en: '`{name}` is not stopped before the loop makes the next timer: the function of the old one still runs when its time is up',
      'zh-cn': '在循环创建下一个定时器之前没有停止 `{name}`：旧定时器的函数到时仍会运行',
    },
    'func-overwritten': {
      en: '`{name}` gets another timer on line {line} before it was stopped: the function of the old one still runs when its time is up',
      'zh-cn': '`{name}` 在停止之前就在第 {line} 行被换成另一个定时器：旧定时器的函数到时仍会运行',
    },
    'entry-left': {
      en: '`{func}` takes a value out of `{map}` and leaves its timer `{field}` running, which `{other}` stops: the function of the timer still runs when the time is up',
      'zh-cn':
        '`{func}` 从 `{map}` 中取走一个值，却让它的定时器 `{field}` 继续运行，而 `{other}` 会停止它：时间一到，定时器的函数仍会运行',
    },
    'step-entry-stopped': { en: 'here the timer is stopped', 'zh-cn': '此处停止了定时器' },
    'step-entry-left': {
      en: 'here the value leaves `{map}`, and its timer goes on',
      'zh-cn': '此处该值离开 `{map}`，而定时器仍在运行',
    },
    'step-started': { en: 'the timer starts here', 'zh-cn': '定时器在此启动' },
    'fix-defer-stop': { en: 'Add `defer {name}.Stop()`', 'zh-cn': '添加 `defer {name}.Stop()`' },
  },
  docs: {
    summary: {
      en: 'A timer that has not fired is not stopped on some way out of the function.',
      'zh-cn': '尚未触发的定时器在函数的某条返回路径上没有被停止。',
    },
    why: {
      en: 'A function waits for an answer or a timer, whichever comes first. When the answer comes, the timer goes on: before Go 1.23 it stays in memory with its channel until it fires, and a busy function with a long limit keeps thousands of them. From Go 1.23 on it is collected, so the finding is only a hint there.\n\nThe timer of `time.AfterFunc` is not collected in any version: its function runs when the time is up, although the work it was to watch is done.',
      'zh-cn':
        '函数等待结果或定时器，以先到者为准。结果先到时，定时器仍在运行：在 Go 1.23 之前，它和它的 channel 在触发之前一直占用内存，时限较长的繁忙函数会积累成千上万个。从 Go 1.23 起它会被回收，因此那里只作为提示。\n\n`time.AfterFunc` 的定时器在任何版本中都不会被回收：即使它要监视的工作已经完成，时间一到它的函数仍会运行。',
    },
    silent: {
      en: '- the timer has fired: somebody has received from its channel on that way\n- `Stop` is deferred, or called by a helper\n- the timer is returned, stored (unless it belongs to a value in a map, and only some of the functions that take a value out stop it), passed on or used by a closure, or another goroutine waits for it\n- the timer of `time.AfterFunc` is stopped nowhere: its function is meant to run\n- a constant limit of at most a second\n- the function runs once in the life of the process; tests\n\nIt is a hint where the limit is not known to be a minute or more.',
      'zh-cn':
        '- 定时器已经触发：该路径上已从其 channel 接收\n- `Stop` 已被 defer，或由辅助函数调用\n- 定时器被返回、保存（除非它属于 map 中的某个值，而取出该值的函数中只有一部分会停止它）、传给别处、被闭包使用，或有其他 goroutine 等待它\n- `time.AfterFunc` 的定时器从未被停止：其函数本来就要运行\n- 不超过一秒的常量时限\n- 函数在进程生命周期内只运行一次；测试\n\n如果不能确定时限不少于一分钟，则只给出提示。',
    },
    fix: {
      en: 'Write `defer timer.Stop()` right after the timer is made. In a loop, make one timer before the loop and use `Reset`.',
      'zh-cn': '在创建定时器之后立即写 `defer timer.Stop()`。在循环中，请在循环之前创建一个定时器并使用 `Reset`。',
    },
    bad: `package p

import (
	"errors"
	"time"
)

func await(answers <-chan int, limit time.Duration) (int, error) {
	timer := time.NewTimer(limit)
	select {
	case n := <-answers:
		return n, nil
	case <-timer.C:
		return 0, errors.New("no answer")
	}
}
`,
    good: `package p

import (
	"errors"
	"time"
)

func await(answers <-chan int, limit time.Duration) (int, error) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case n := <-answers:
		return n, nil
	case <-timer.C:
		return 0, errors.New("no answer")
	}
}
`,
  },
};
