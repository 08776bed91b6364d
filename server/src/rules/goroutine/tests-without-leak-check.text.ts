import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    unchecked: {
      en: 'this package starts goroutines (line {line} of `{file}`), and none of its tests looks whether some are left when they have passed, so a goroutine that never ends goes unnoticed until it fills the memory of a program',
      'zh-cn':
        '该包会启动 goroutine（`{file}` 第 {line} 行），但没有任何测试检查测试通过之后是否有残留：永不结束的 goroutine 不会被发现，直到它占满程序的内存',
    },
    'step-go': { en: 'a goroutine is started here', 'zh-cn': '这里启动了一个 goroutine' },
    'fix-check': {
      en: 'Add a `TestMain` that fails when goroutines are left',
      'zh-cn': '添加 `TestMain`，在有 goroutine 残留时失败',
    },
  },
  docs: {
    summary: {
      en: 'A package starts goroutines, and none of its tests looks whether some are left.',
      'zh-cn': '包会启动 goroutine，但没有任何测试检查是否有残留。',
    },
    why: {
      en: 'A test passes as soon as its function returns; goroutines that it has left behind end with the test binary and nobody sees them. The same code in a server leaves one more with each request. A check at the end of all tests finds such leaks when they are made, for the price of one function.\n\nThe rule is off by default: whether a package wants such a check is a matter of taste.',
      'zh-cn':
        '测试函数一返回，测试就通过了；它留下的 goroutine 随测试进程结束，没有人看到。同样的代码在服务器中每个请求都会多留下一个。在所有测试结束时检查一次，就能在引入泄漏时发现它，只需一个函数。\n\n该规则默认关闭：是否需要这种检查因包而异。',
    },
    silent: {
      en: '- the package starts no goroutine outside of its tests\n- a test file imports something for leaks (`goleak`, `leaktest`) or `testing/synctest`, whose bubbles must be empty at the end\n- a test counts goroutines (`runtime.NumGoroutine`), reads the `goroutineleak` profile, or a helper has `leak` in its name\n- the package has no tests\n\nOne finding is reported for a package, at the first test of its first test file.',
      'zh-cn':
        '- 除测试之外，该包不启动 goroutine\n- 某个测试文件导入了用于检查泄漏的包（`goleak`、`leaktest`），或 `testing/synctest`（其 bubble 在结束时必须为空）\n- 某个测试统计 goroutine 数量（`runtime.NumGoroutine`）、读取 `goroutineleak` profile，或辅助函数名中含有 `leak`\n- 该包没有测试\n\n每个包只报告一次，位于第一个测试文件的第一个测试处。',
    },
    fix: {
      en: 'Add a `TestMain` that compares `runtime.NumGoroutine()` before and after `m.Run()`, or one of `go.uber.org/goleak`. For single tests, `testing/synctest` (Go 1.25) waits for the goroutines of its bubble.',
      'zh-cn':
        '添加 `TestMain`，比较 `m.Run()` 前后的 `runtime.NumGoroutine()`，或使用 `go.uber.org/goleak`。对于单个测试，`testing/synctest`（Go 1.25）会等待其 bubble 中的 goroutine。',
    },
    bad: `package p

import "testing"

func Answers(questions <-chan int) <-chan int {
	answers := make(chan int)
	go func() {
		defer close(answers)
		for q := range questions {
			answers <- q + 1
		}
	}()
	return answers
}

func TestAnswers(t *testing.T) {
	questions := make(chan int, 1)
	questions <- 1
	if got := <-Answers(questions); got != 2 {
		t.Errorf("got %d", got)
	}
}
`,
    good: `package p

import (
	"os"
	"runtime"
	"testing"
	"time"
)

func Answers(questions <-chan int) <-chan int {
	answers := make(chan int)
	go func() {
		defer close(answers)
		for q := range questions {
			answers <- q + 1
		}
	}()
	return answers
}

func TestAnswers(t *testing.T) {
	questions := make(chan int, 1)
	questions <- 1
	close(questions)
	if got := <-Answers(questions); got != 2 {
		t.Errorf("got %d", got)
	}
}

func TestMain(m *testing.M) {
	before := runtime.NumGoroutine()
	code := m.Run()
	for i := 0; i < 100 && runtime.NumGoroutine() > before; i++ {
		time.Sleep(10 * time.Millisecond)
	}
	if code == 0 && runtime.NumGoroutine() > before {
		panic("goroutines are left after the tests")
	}
	os.Exit(code)
}
`,
  },
};
