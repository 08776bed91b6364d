import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    fatal: {
      en: '`{name}` ends only the goroutine started on line {line}, since it stops the goroutine it is called on: the test goes on, and waits for ever if it waits for what the goroutine was to do',
      'zh-cn':
        '`{name}` 只会结束第 {line} 行启动的 goroutine，因为它终止的是调用它的 goroutine：测试会继续运行，如果测试在等待该 goroutine 的结果，就会永远等下去',
    },
    through: {
      en: '`{call}` calls `{name}`, which ends only the goroutine started on line {line} and not the test: the test goes on, and waits for ever if it waits for what the goroutine was to do',
      'zh-cn':
        '`{call}` 会调用 `{name}`，它只结束第 {line} 行启动的 goroutine 而不是测试：测试会继续运行，如果测试在等待该 goroutine 的结果，就会永远等下去',
    },
    'step-go': { en: 'the goroutine is started here', 'zh-cn': 'goroutine 在此启动' },
    'step-calls': { en: 'it calls this function', 'zh-cn': '它调用了这个函数' },
    'step-ends': {
      en: 'the goroutine ends here, and the test does not',
      'zh-cn': 'goroutine 在此结束，而测试没有结束',
    },
    'step-waits': {
      en: 'here the test waits for what would have come after it, for ever',
      'zh-cn': '测试在此等待其后本应到来的信号，永远等下去',
    },
    'fix-error': { en: 'Report the error and return', 'zh-cn': '报告错误并返回' },
    'fix-error-defer': {
      en: 'Report the error and return; defer `{call}`',
      'zh-cn': '报告错误并返回，并 defer `{call}`',
    },
  },
  docs: {
    summary: {
      en: 'A goroutine of a test calls `t.Fatal`, `t.FailNow` or `t.Skip`, which ends the goroutine and not the test.',
      'zh-cn': '测试中的 goroutine 调用了 `t.Fatal`、`t.FailNow` 或 `t.Skip`，结束的是该 goroutine 而不是测试。',
    },
    why: {
      en: '`FailNow`, and with it `Fatal`, `SkipNow` and the functions of `testify/require`, call `runtime.Goexit`: they end the goroutine they are called on. On the goroutine of the test that ends the test. On any other one the test does not notice; it waits for a result, a `Done` or a `close` that never comes, until the time limit of the whole test binary.',
      'zh-cn':
        '`FailNow` 以及 `Fatal`、`SkipNow` 和 `testify/require` 的函数都会调用 `runtime.Goexit`：它们结束的是调用所在的 goroutine。在测试自己的 goroutine 上调用会结束测试；在其他 goroutine 上调用，测试并不知情，只会一直等待永远不会到来的结果、`Done` 或 `close`，直到整个测试程序超时。',
    },
    silent: {
      en: '- the call is on the goroutine of the test, or of a subtest of its own within the goroutine\n- `t.Error`, `t.Fail` and `t.Log`, which any goroutine may call\n- the function that runs, or a helper it calls, is not in this package\n\nA warning where the test waits for a value, a `close` or a `Done` that would have come after the call. Where those are deferred, or nobody waits, it is a hint: the test still fails for `t.Fatal`, only later.',
      'zh-cn':
        '- 调用发生在测试自己的 goroutine 上，或 goroutine 内子测试的 goroutine 上\n- `t.Error`、`t.Fail` 和 `t.Log`：任何 goroutine 都可以调用\n- 所运行的函数或它调用的辅助函数不在本包中\n\n如果测试等待该调用之后才会到来的值、`close` 或 `Done`，则为警告。如果它们是 defer 的，或没有人等待，则只给出提示：`t.Fatal` 仍会使测试失败，只是更晚。',
    },
    fix: {
      en: 'Call `t.Error` and `return`, or send the error to the test and let it fail there.',
      'zh-cn': '调用 `t.Error` 然后 `return`，或者把错误发送给测试，由测试自己失败。',
    },
    bad: `package p

import (
	"net"
	"testing"
)

func TestAccept(t *testing.T) {
	ln, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	done := make(chan bool)
	go func() {
		conn, err := ln.Accept()
		if err != nil {
			t.Fatal(err)
		}
		conn.Close()
		done <- true
	}()
	<-done
}
`,
    good: `package p

import (
	"net"
	"testing"
)

func TestAccept(t *testing.T) {
	ln, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	done := make(chan bool)
	go func() {
		defer close(done)
		conn, err := ln.Accept()
		if err != nil {
			t.Error(err)
			return
		}
		conn.Close()
	}()
	<-done
}
`,
  },
};
