import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    'then-read': {
      en: 'this sleep stands for waiting until the goroutine of line {line} has set `{name}`: nothing makes sure that it has, and reading it is a data race',
      'zh-cn':
        '这里用休眠来等待第 {line} 行启动的 goroutine 设置 `{name}`：没有任何机制保证它已完成，读取该变量构成数据竞争',
    },
    'then-read-locked': {
      en: 'this sleep stands for waiting until the goroutine of line {line} has set `{name}`: nothing makes sure that it has when `{name}` is read',
      'zh-cn': '这里用休眠来等待第 {line} 行启动的 goroutine 设置 `{name}`：读取 `{name}` 时没有任何机制保证它已完成',
    },
    'then-main-ends': {
      en: 'this sleep stands for waiting for the goroutine of line {line}: when it takes longer, `main` returns and cuts it off',
      'zh-cn': '这里用休眠来等待第 {line} 行启动的 goroutine：如果它耗时更长，`main` 返回时会将其中断',
    },
    'then-test-ends': {
      en: 'this sleep stands for waiting for the goroutine of line {line}: when it takes longer, the test ends without it, and what it finds is lost',
      'zh-cn': '这里用休眠来等待第 {line} 行启动的 goroutine：如果它耗时更长，测试会提前结束，其结果将丢失',
    },
    'step-started': { en: 'the goroutine is started here', 'zh-cn': 'goroutine 在此启动' },
    'step-writes': { en: 'the goroutine sets `{name}` at some time', 'zh-cn': 'goroutine 在某个时刻设置 `{name}`' },
    'step-reads': {
      en: '`{name}` is read here, whether or not it has been set',
      'zh-cn': '无论是否已设置，`{name}` 都在此被读取',
    },
    'fix-wait': {
      en: 'Wait for the goroutines with a `sync.WaitGroup`',
      'zh-cn': '用 `sync.WaitGroup` 等待这些 goroutine',
    },
  },
  docs: {
    summary: {
      en: '`time.Sleep` is used to wait for a goroutine.',
      'zh-cn': '用 `time.Sleep` 等待 goroutine。',
    },
    why: {
      en: 'A sleep does not wait for a goroutine; it hopes. On a busy machine the goroutine may not even have started when the sleep is over: the result is missing, the test is flaky, the program ends before its work is done. And where it is long enough, time is wasted on every run.\n\nReading a variable that the goroutine writes, with only a sleep in between, is a data race whatever its length.',
      'zh-cn':
        '休眠并不会等待 goroutine，只是碰运气。机器繁忙时，休眠结束了 goroutine 可能还没开始：结果缺失、测试不稳定、程序在工作完成前就退出。即使时间足够长，每次运行也都在浪费时间。\n\n如果中间只有休眠，读取 goroutine 写入的变量无论等待多久都是数据竞争。',
    },
    silent: {
      en: '- back-off, rate limits and polling; sleeps in the goroutine itself\n- the goroutine is a server or a loop that goes on: the sleep gives it time to start\n- something between, or after the sleep, may wait for the goroutine\n- the body of the goroutine is not visible\n- what is read is set by a function that the goroutine calls and that waits, sleeps, or loops until something happens\n- only a hint: the test fails when the goroutine has set the flag by then',
      'zh-cn':
        '- 退避、限速和轮询；goroutine 自身内部的休眠\n- goroutine 是服务器或持续运行的循环：休眠只是给它启动的时间\n- 在两者之间或休眠之后，可能有代码在等待该 goroutine\n- 看不到 goroutine 的函数体\n- 读取的值由 goroutine 所调用的函数设置，而该函数会等待、休眠或循环直到某事发生\n- 仅为提示：goroutine 届时若已设置该标志则测试失败',
    },
    fix: {
      en: 'Wait for the goroutine: a `sync.WaitGroup`, an `errgroup`, or a channel it closes at its end.',
      'zh-cn': '等待 goroutine 结束：使用 `sync.WaitGroup`、`errgroup`，或由它在结束时关闭的 channel。',
    },
    bad: `package p

import (
	"fmt"
	"time"
)

func total(values []int) {
	sum := 0
	go func() {
		for _, v := range values {
			sum += v
		}
	}()
	time.Sleep(100 * time.Millisecond)
	fmt.Println(sum)
}
`,
    good: `package p

import "fmt"

func total(values []int) {
	sum := 0
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, v := range values {
			sum += v
		}
	}()
	<-done
	fmt.Println(sum)
}
`,
  },
};
