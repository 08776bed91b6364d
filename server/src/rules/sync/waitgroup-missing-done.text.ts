import { COUNT_MESSAGES, DEFER_MESSAGES, MODEL_MESSAGES, PATH_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...MODEL_MESSAGES,
    ...COUNT_MESSAGES,
    ...DEFER_MESSAGES,
    ...PATH_MESSAGES,
    'return-without-done': {
      en: 'the goroutine returns on line {line} without `{name}.Done()`: `{name}.Wait()` then blocks for ever',
      'zh-cn': '该 goroutine 在第 {line} 行返回时没有调用 `{name}.Done()`：`{name}.Wait()` 将永远阻塞',
    },
    'end-without-done': {
      en: 'one way through this goroutine ends on line {line} without `{name}.Done()`: `{name}.Wait()` then blocks for ever',
      'zh-cn': '该 goroutine 有一条路径在第 {line} 行结束时没有调用 `{name}.Done()`：`{name}.Wait()` 将永远阻塞',
    },
    'never-done': {
      en: 'this goroutine is counted by `{name}` but nobody ever calls `{name}.Done()`: `{name}.Wait()` blocks for ever',
      'zh-cn': '该 goroutine 已计入 `{name}`，但没有任何地方调用 `{name}.Done()`：`{name}.Wait()` 将永远阻塞',
    },
    'wait-return-without-done': {
      en: '`{name}.Wait()` blocks for ever when the goroutine of line {go} returns on line {line} without `{name}.Done()`',
      'zh-cn': '第 {go} 行的 goroutine 在第 {line} 行返回时没有调用 `{name}.Done()`：此处的 `{name}.Wait()` 将永远阻塞',
    },
    'wait-end-without-done': {
      en: '`{name}.Wait()` blocks for ever when the goroutine of line {go} ends on line {line} without `{name}.Done()`',
      'zh-cn':
        '第 {go} 行的 goroutine 有一条路径在第 {line} 行结束时没有调用 `{name}.Done()`：此处的 `{name}.Wait()` 将永远阻塞',
    },
    'wait-never-done': {
      en: '`{name}.Wait()` blocks for ever: the goroutine of line {go} is counted, but nobody ever calls `{name}.Done()`',
      'zh-cn':
        '第 {go} 行的 goroutine 已计入 `{name}`，但没有任何地方调用 `{name}.Done()`：此处的 `{name}.Wait()` 将永远阻塞',
    },
    'panic-skips-done': {
      en: 'a panic that is recovered on line {line} skips this `{name}.Done()`, because it is not deferred: `{name}.Wait()` then blocks for ever',
      'zh-cn':
        '此处的 `{name}.Done()` 没有 defer，一旦发生 panic 并在第 {line} 行被 recover，它就会被跳过：`{name}.Wait()` 将永远阻塞',
    },
    'surplus-adds': {
      en: '`{name}` is counted up by {sum} in all but counted down at most {dones} time(s): `{name}.Wait()` blocks for ever',
      'zh-cn': '`{name}` 总共加了 {sum}，但最多只减 {dones} 次：`{name}.Wait()` 将永远阻塞',
    },
    'item-without-done': {
      en: 'this way drops what was received, which `{name}` counts since it was sent, without `{name}.Done()`: `{name}.Wait()` then blocks for ever',
      'zh-cn':
        '这条路径丢弃了收到的元素，却没有调用 `{name}.Done()`，而该元素在发送时已计入 `{name}`：`{name}.Wait()` 将永远阻塞',
    },
    'not-started': {
      en: 'the function returns here without having started the goroutine on line {go} that `{name}` counts since line {add}: `{name}.Wait()` then blocks for ever',
      'zh-cn':
        '函数在此返回，而第 {add} 行已计入 `{name}` 的 goroutine（第 {go} 行）并未启动：`{name}.Wait()` 将永远阻塞',
    },
    wait: {
      en: 'this wait for `{name}`{where} may last for ever: `{name}` is counted up more often than those who are left count it down',
      'zh-cn': '对 `{name}` 的等待{where}可能永远不会结束：`{name}` 增加的计数多于剩余 goroutine 所能减去的次数',
    },
    'step-recover': { en: 'a panic is recovered here', 'zh-cn': 'panic 在此被 recover' },
    'step-done': { en: '`{name}` is counted down here', 'zh-cn': '`{name}` 在此减一' },
    'step-add': { en: '`{name}` is counted up here', 'zh-cn': '`{name}` 在此加一' },
    'step-add-item': { en: 'what is sent is counted here', 'zh-cn': '发送的元素在此计入' },
    'step-wait': { en: 'this waits for all that is counted', 'zh-cn': '此处等待所有已计入的元素' },
    'step-go': {
      en: 'the goroutine that has to count down is started here',
      'zh-cn': '应负责减一的 goroutine 在此启动',
    },
    'fix-done-before': {
      en: 'Call `{call}` where the goroutine is not started',
      'zh-cn': '在没有启动 goroutine 的返回之前调用 `{call}`',
    },
    'fix-defer': { en: 'Begin the goroutine with `defer {call}`', 'zh-cn': '在 goroutine 开头写 `defer {call}`' },
  },
  docs: {
    summary: {
      en: 'A goroutine counted by a `WaitGroup` does not call `Done` on every way out.',
      'zh-cn': '计入 `WaitGroup` 的 goroutine 并非在每条退出路径上都调用 `Done`。',
    },
    why: {
      en: '`Wait` returns when `Done` was called as often as `Add` promised. A goroutine that returns early without `Done` leaves the counter above zero for good: whoever waits is stuck, together with all it holds.',
      'zh-cn':
        '只有 `Done` 的调用次数与 `Add` 的计数相符时，`Wait` 才会返回。goroutine 提前返回而没有调用 `Done`，计数就永远大于零：等待者及其持有的一切都会卡住。',
    },
    silent: {
      en: '- `Done` is deferred first, also by a deferred closure or a helper of the package\n- the group is passed on to code that may call `Done`\n- `Done` is called in a loop, once per item: the items are counted, not the goroutine; unless each is counted when it is sent, and a receiver drops some of them\n- the starter counts down itself\n- `Add(len(items) - 1)` leaves out one goroutine, and the way without `Done` is under a comparison such as `i == 0`',
      'zh-cn':
        '- 已在开头 defer `Done`，包括通过 defer 的闭包或包内辅助函数\n- group 被传给可能调用 `Done` 的代码\n- `Done` 在循环中按条目调用：计数的是条目而不是 goroutine；除非每个条目在发送时计入，而接收方丢弃了其中一些\n- 由启动者自己减计数\n- `Add(len(items) - 1)` 少计一个 goroutine，而没有 `Done` 的路径位于 `i == 0` 之类的比较之下',
    },
    fix: {
      en: 'Make `defer wg.Done()` the first statement of the goroutine; it also runs when the goroutine panics.',
      'zh-cn': '把 `defer wg.Done()` 作为 goroutine 的第一条语句；即使发生 panic 它也会执行。',
    },
    bad: `package p

import "sync"

func checkAll(hosts []string, ping func(string) error, report func(string)) {
	var wg sync.WaitGroup
	for _, host := range hosts {
		wg.Add(1)
		go func() {
			if err := ping(host); err != nil {
				return
			}
			report(host)
			wg.Done()
		}()
	}
	wg.Wait()
}
`,
    good: `package p

import "sync"

func checkAll(hosts []string, ping func(string) error, report func(string)) {
	var wg sync.WaitGroup
	for _, host := range hosts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := ping(host); err != nil {
				return
			}
			report(host)
		}()
	}
	wg.Wait()
}
`,
  },
};
