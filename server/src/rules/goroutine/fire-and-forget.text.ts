import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    forgotten: {
      en: 'nobody can wait for this goroutine, and nothing can end it: it runs on after this function has returned, is cut off in the middle when the program ends, and its errors reach nobody',
      'zh-cn':
        '没有人能等待这个 goroutine，也没有办法结束它：函数返回之后它继续运行，程序结束时会被中途打断，它的错误也传不到任何人',
    },
    'fix-wait': {
      en: 'Wait for it before the function returns (`sync.WaitGroup`)',
      'zh-cn': '在函数返回之前等待它（`sync.WaitGroup`）',
    },
  },
  docs: {
    summary: {
      en: 'A goroutine is started that nobody can wait for and nothing can end.',
      'zh-cn': '启动的 goroutine 没有人能等待，也没有办法结束。',
    },
    why: {
      en: 'A goroutine that neither tells anybody that it is done nor can be told to stop has no owner. Under load there are as many as there were calls; at the end of the program what it was about to write is lost; and a test that has returned may be disturbed by it.\n\nThe rule is off by default: many small things may be left to themselves.',
      'zh-cn':
        '既不告诉任何人它已完成、也无法被要求停止的 goroutine 没有所有者。负载高时，有多少次调用就有多少个；程序结束时，它正要写入的内容会丢失；已经返回的测试也可能受到它的干扰。\n\n该规则默认关闭：许多小事可以任其自行完成。',
    },
    silent: {
      en: '- the goroutine, or a function of the package that it calls, sends, receives, closes a channel, tells a group, a condition or an atomic value, or calls something with a context\n- it calls a function that somebody gave it, has one called that it gives by name (`once.Do(b.run)`), or passes a channel, function or interface to code that is not seen\n- it closes something, such as the end of a pipe, waits for a process, or for a connection that a `Close` can end\n- what runs is not seen\n- the goroutine is started by a group (`errgroup`, `wg.Go`)\n- code that runs once in the life of the process\n- `//hygiene:daemon` stands on the `go` statement\n- in tests',
      'zh-cn':
        '- goroutine 或它调用的本包函数发送、接收、关闭 channel，通知 group、条件变量或原子值，或带着 context 调用其他函数\n- 它调用别人给的函数，让标准库调用以名称给出的函数（`once.Do(b.run)`），或把 channel、函数、接口传给不可见的代码\n- 它关闭某个对象（例如管道的一端），等待进程，或等待可由 `Close` 结束的连接\n- 所运行的代码不可见\n- goroutine 由 group 启动（`errgroup`、`wg.Go`）\n- 在进程生命周期内只执行一次的代码\n- `go` 语句上有 `//hygiene:daemon`\n- 测试代码中',
    },
    fix: {
      en: 'Count it in a `sync.WaitGroup` that the owner waits for, start it with an `errgroup.Group`, or give it a context. Where it is meant to be left to itself, say so with `//hygiene:daemon`.',
      'zh-cn':
        '用所有者会等待的 `sync.WaitGroup` 计数，用 `errgroup.Group` 启动，或给它一个 context。如果确实要任其自行运行，请用 `//hygiene:daemon` 说明。',
    },
    bad: `package p

import "os"

func Save(name string, data []byte) {
	go func() {
		os.WriteFile(name, data, 0o600)
	}()
}
`,
    good: `package p

import (
	"os"
	"sync"
)

func Save(name string, data []byte) {
	var wg sync.WaitGroup
	defer wg.Wait()
	wg.Add(1)
	go func() {
		defer wg.Done()
		os.WriteFile(name, data, 0o600)
	}()
}
`,
  },
};
