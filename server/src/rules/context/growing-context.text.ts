import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    grows: {
      en: '`{ctx}` is derived from the `{ctx}` of the turn before: the chain of contexts grows with each turn of the loop on line {line}, is never freed while it runs, and every lookup takes longer',
      'zh-cn':
        '`{ctx}` 由上一轮循环的 `{ctx}` 派生：第 {line} 行的循环每执行一次，context 链就增长一层，循环期间不会释放，查找也越来越慢',
    },
    'grows-timed': {
      en: '`{ctx}` is derived from the `{ctx}` of the turn before: the limit of an early turn of the loop on line {line} ends the contexts of all later ones, and the chain grows with each turn',
      'zh-cn':
        '`{ctx}` 由上一轮循环的 `{ctx}` 派生：第 {line} 行的循环中较早一轮的时限会结束之后所有轮次的 context，并且 context 链每轮增长一层',
    },
    'grows-cancelled': {
      en: '`{ctx}` is derived from the `{ctx}` of the turn before: once one turn of the loop on line {line} has cancelled its context, all later turns start with one that is over',
      'zh-cn':
        '`{ctx}` 由上一轮循环的 `{ctx}` 派生：第 {line} 行的循环只要有一轮取消了自己的 context，之后每一轮得到的都是已经结束的 context',
    },
    'step-loop': {
      en: 'each turn of this loop derives from what the turn before has left in `{ctx}`',
      'zh-cn': '此循环的每一轮都从上一轮留在 `{ctx}` 中的 context 派生',
    },
    'fix-declare': { en: 'Declare a `{ctx}` for each turn with `:=`', 'zh-cn': '用 `:=` 为每一轮声明单独的 `{ctx}`' },
  },
  docs: {
    summary: {
      en: 'A context is derived from itself on each turn of a loop, so that the chain grows.',
      'zh-cn': '循环的每一轮都从上一轮的 context 派生，context 链不断增长。',
    },
    why: {
      en: 'A derived context keeps its parent. `ctx = context.WithValue(ctx, key, v)` in a loop therefore keeps the contexts of all turns: memory grows with every message handled, and `Value` walks a longer and longer chain.\n\nWith `WithTimeout`, `WithCancel` or `errgroup.WithContext` it also stops working: a context ends with its parent, so when one turn is over, all later turns begin with a context that has ended.',
      'zh-cn':
        '派生的 context 会引用其父 context。因此循环中的 `ctx = context.WithValue(ctx, key, v)` 会保留每一轮的 context：每处理一条消息内存就增长一点，`Value` 要遍历的链也越来越长。\n\n对于 `WithTimeout`、`WithCancel` 或 `errgroup.WithContext`，程序还会出错：context 随父 context 一起结束，因此一轮结束之后，之后每一轮开始时得到的 context 都已经结束。',
    },
    silent: {
      en: '- the loop gives the variable another value, too\n- the variable is declared inside the loop\n- the statement runs under a condition, as in a loop over options, other than one in an endless loop that asks whether the turn has a value; or the loop is left after it\n- the key of `WithValue` differs from turn to turn: a context with many values is being made\n- nothing in the loop uses the context',
      'zh-cn':
        '- 循环中还会给该变量赋其他值\n- 变量在循环内声明\n- 语句在条件之下执行（例如遍历选项的循环），除非是无终止条件的循环中只判断本轮是否有值的条件；或执行后离开循环\n- `WithValue` 的键每轮不同：是在构造一个带有多个值的 context\n- 循环中没有使用该 context',
    },
    fix: {
      en: 'Declare a new variable for each turn with `:=`, so that every turn derives from the context outside the loop.',
      'zh-cn': '用 `:=` 为每一轮声明新变量，使每一轮都从循环外的 context 派生。',
    },
    bad: `package p

import "context"

type key struct{}

func serve(ctx context.Context, ids <-chan string, handle func(context.Context)) {
	for id := range ids {
		ctx = context.WithValue(ctx, key{}, id)
		handle(ctx)
	}
}
`,
    good: `package p

import "context"

type key struct{}

func serve(ctx context.Context, ids <-chan string, handle func(context.Context)) {
	for id := range ids {
		ctx := context.WithValue(ctx, key{}, id)
		handle(ctx)
	}
}
`,
  },
};
