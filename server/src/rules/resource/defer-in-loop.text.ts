import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    'piles-up': {
      en: 'a deferred call runs when the function returns, not at the end of the turn: until then the loop on line {line} leaves one more `{name}` unreleased with each turn',
      'zh-cn':
        'defer 的调用要等函数返回才执行，而不是在本轮循环结束时：在此之前，第 {line} 行的循环每一轮都会多留下一个未释放的 `{name}`',
    },
    endless: {
      en: 'this deferred call never runs, because the loop on line {line} never ends: each turn leaves one more `{name}` unreleased',
      'zh-cn': '这里 defer 的调用永远不会执行，因为第 {line} 行的循环永不结束：每一轮都会多留下一个未释放的 `{name}`',
    },
    'step-acquired': {
      en: '`{name}` is acquired here, anew on each turn',
      'zh-cn': '`{name}` 在此获取，每一轮都会重新获取',
    },
    'fix-closure': {
      en: 'Wrap the body of the loop in a function',
      'zh-cn': '把循环体包进一个函数',
    },
  },
  docs: {
    summary: {
      en: 'What a loop acquires on each turn is released by a `defer`, which runs only when the function returns.',
      'zh-cn': '循环每一轮获取的资源用 `defer` 释放，而它要等函数返回才执行。',
    },
    why: {
      en: '`defer` belongs to the function, not to the block it stands in. In a loop over files, `defer f.Close()` closes none of them until the last one has been read: with enough turns the process runs out of file descriptors, connections of a pool or memory, in production, where the list is longer than in the test. In a loop that never ends, nothing is ever released.',
      'zh-cn':
        '`defer` 属于整个函数，而不是它所在的代码块。在遍历文件的循环中写 `defer f.Close()`，在读完最后一个文件之前一个都不会关闭：轮数足够多时，进程会耗尽文件描述符、连接池中的连接或内存，而且往往是在生产环境里，因为那里的列表比测试中的长。如果循环永不结束，就什么也不会被释放。',
    },
    silent: {
      en: '- the loop is left after the `defer` on every way: it finds the one thing it looks for\n- the loop has at most 16 turns, as its text tells: values that are written down, an array, a constant limit\n- the thing outlives the turn: it is kept in a slice, map, field or channel, or used by a goroutine\n- a function literal around the body, which ends with the turn\n- the turn releases it itself, or reads its rows to their end: the `defer` is for early returns\n- tests\n- locks, and cancel functions in a loop that never ends, of which `lost-cancel` speaks\n\nThe cancel function of a time limit is a hint: its timer lets go of it. In a process that ends soon, `main` and what a command line runs, files and connections are a hint, since it may run out of them before that; of other things nothing is said there.\n\nA warning in a loop that never ends, where the deferred call never runs; elsewhere information.',
      'zh-cn':
        '- `defer` 之后每条路径都会离开循环：它只是在找某一个东西\n- 从代码可知循环最多 16 轮：写在代码里的值、数组、常量上限\n- 该资源的使用超出本轮循环：保存在 slice、map、字段或 channel 中，或被 goroutine 使用\n- 循环体外包着函数字面量，它随每一轮结束\n- 本轮自己释放了它，或把行读到了末尾：`defer` 只用于提前返回\n- 测试\n- 锁，以及永不结束的循环中的取消函数（由 `lost-cancel` 报告）\n\n时限的取消函数只给出提示：定时器会释放它。在很快结束的进程中（`main` 和命令行运行的函数），文件和连接只给出提示，因为进程结束前可能就已用尽；其他资源不报告。\n\n在永不结束的循环中，defer 的调用永远不会执行，为警告；其他情况为信息。',
    },
    fix: {
      en: 'Move the body of the loop into a function of its own, or into a literal that is called at once; its `defer` runs at the end of each turn. The fix does so where no `break` or `return` leaves the loop.',
      'zh-cn':
        '把循环体移到单独的函数中，或放进立即调用的函数字面量里，这样其中的 `defer` 会在每一轮结束时执行。当没有 `break` 或 `return` 离开循环时，修复会这样改写。',
    },
    bad: `package p

import (
	"bufio"
	"os"
)

func Lines(names []string) (n int, err error) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return 0, err
		}
		defer f.Close()
		s := bufio.NewScanner(f)
		for s.Scan() {
			n++
		}
	}
	return n, nil
}
`,
    good: `package p

import (
	"bufio"
	"os"
)

func Lines(names []string) (n int, err error) {
	for _, name := range names {
		m, err := lines(name)
		if err != nil {
			return 0, err
		}
		n += m
	}
	return n, nil
}

func lines(name string) (n int, err error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	for s.Scan() {
		n++
	}
	return n, s.Err()
}
`,
  },
};
