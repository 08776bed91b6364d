import { PATH_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

const { 'step-again': _again, 'step-overwritten': _overwritten, ...STEPS } = PATH_MESSAGES;

export const text: RuleText = {
  messages: {
    ...STEPS,
    'not-waited-at-return': {
      en: 'the function may return on line {line} without `{name}.Wait`: the goroutine started here then goes on unattended, and its error is lost',
      'zh-cn':
        '函数可能在第 {line} 行返回而没有调用 `{name}.Wait`：此处启动的 goroutine 将无人看管地继续运行，其错误也会丢失',
    },
    'not-waited-at-end': {
      en: 'the function may end on line {line} without `{name}.Wait`: the goroutine started here then goes on unattended, and its error is lost',
      'zh-cn':
        '函数可能在第 {line} 行结束而没有调用 `{name}.Wait`：此处启动的 goroutine 将无人看管地继续运行，其错误也会丢失',
    },
    'context-unused': {
      en: 'no member of `{name}` uses the context that ends when one of them fails, line {line} passes on `{parent}` instead: the others go on although the result is not wanted any more',
      'zh-cn':
        '`{name}` 的成员都没有使用会在其中一个失败时结束的 context，第 {line} 行传递的仍是 `{parent}`：即使结果已不再需要，其余成员仍会继续运行',
    },
    'step-go': { en: '`{name}` starts a goroutine here', 'zh-cn': '`{name}` 在此启动 goroutine' },
    'step-derived': { en: 'the context of `{name}` is made here', 'zh-cn': '`{name}` 的 context 在此创建' },
    'step-parent': {
      en: '`{parent}` does not end when another member fails',
      'zh-cn': '其他成员失败时 `{parent}` 不会结束',
    },
    'fix-return-wait': {
      en: 'Return `{name}.Wait()` on line {line}',
      'zh-cn': '在第 {line} 行返回 `{name}.Wait()`',
    },
  },
  docs: {
    summary: {
      en: 'An `errgroup` is not waited for on some way out, or its members ignore the context made for them.',
      'zh-cn': '`errgroup` 在某条返回路径上没有等待，或其成员没有使用为它们创建的 context。',
    },
    why: {
      en: '`Wait` is what an `errgroup.Group` is for: it blocks until all members have returned and gives the first error. A function that returns without it leaves goroutines behind that use what it has closed, and nobody hears of their errors. The context of `errgroup.WithContext` is not cancelled either until `Wait` returns or a member fails.\n\nThat context ends when the first member fails, so that the others can stop. Members that go on using the context it was made from never hear of it.',
      'zh-cn':
        '`errgroup.Group` 的意义就在于 `Wait`：它会阻塞到所有成员返回，并给出第一个错误。函数不调用它就返回，会留下仍在使用已关闭资源的 goroutine，它们的错误也无人知晓。`errgroup.WithContext` 的 context 在 `Wait` 返回或某个成员失败之前也不会被取消。\n\n该 context 会在第一个成员失败时结束，以便其余成员停止。仍使用其父 context 的成员永远得不到通知。',
    },
    silent: {
      en: '- the group is a field, a parameter, or is stored, returned or passed on\n- `Wait` is deferred, or called by a function literal that may run elsewhere or later\n- the way out panics or ends the process; `main` waits for something else before it returns\n- the way out is taken because a wait such as `Acquire` has failed with the context that all members watch as well\n- a member uses the context of the group, or the context is passed to something members may use\n- no member passes on the context from which that of the group was made\n- every member returns nil on all ways: nobody can fail\n- only a hint: the way out returns an error, and the members wait for nothing or for a context that a deferred cancel ends, from which that of the group is made, if any; the context of the group is discarded with `_`, and no member waits for the other',
      'zh-cn':
        '- 该 group 是字段、参数，或被保存、返回、传递\n- `Wait` 被 defer，或在可能于别处或稍后运行的函数字面量中调用\n- 该路径以 panic 或进程退出结束；`main` 在返回前等待了别的东西\n- 走该路径是因为 `Acquire` 之类的等待随 context 结束而失败，而所有成员也监听该 context\n- 某个成员使用了 group 的 context，或该 context 被传给成员可能使用的东西\n- 没有成员传递 group context 的父 context\n- 所有成员在每条路径上都返回 nil：不会有成员失败\n- 仅为提示：该路径返回错误，且成员不等待任何东西，或只等待由 defer 的 cancel 结束的 context（group 若有自己的 context，也由它派生）；group 的 context 被 `_` 丢弃，且没有成员等待另一个 context',
    },
    fix: {
      en: 'End with `return g.Wait()`. On an early return cancel the context that the members watch, and wait for them.',
      'zh-cn': '以 `return g.Wait()` 结束。若提前返回，请取消成员所监听的 context，并等待它们结束。',
    },
    bad: `package p

import "golang.org/x/sync/errgroup"

func saveAll(records []string, save func(record string) error) error {
	var g errgroup.Group
	for _, record := range records {
		g.Go(func() error {
			return save(record)
		})
	}
	return nil
}
`,
    good: `package p

import "golang.org/x/sync/errgroup"

func saveAll(records []string, save func(record string) error) error {
	var g errgroup.Group
	for _, record := range records {
		g.Go(func() error {
			return save(record)
		})
	}
	return g.Wait()
}
`,
  },
};
