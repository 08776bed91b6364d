import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    constructor: {
      en: '`{func}` starts a goroutine that goes on, and `{type}` has no `Close` or `Stop` by which its user could end it, so each value leaves one behind when it is not used any more, with all that it refers to',
      'zh-cn':
        '`{func}` 启动了一个持续运行的 goroutine，而 `{type}` 没有可以结束它的 `Close` 或 `Stop`：每个值在不再使用之后都会留下一个 goroutine，连同它引用的一切',
    },
    init: {
      en: 'whoever imports this package gets this goroutine, and nothing can end it: it goes on in programs and tests that use something else of the package',
      'zh-cn': '导入该包就会得到这个 goroutine，而且没有办法结束它：即使程序或测试只使用该包的其他部分，它也会一直运行',
    },
    'step-loop': { en: 'it goes on in this loop', 'zh-cn': '它在这个循环中持续运行' },
    'fix-close': { en: 'Add `Close` to `{type}`', 'zh-cn': '为 `{type}` 添加 `Close`' },
  },
  docs: {
    summary: {
      en: 'A constructor or `init` starts a goroutine that goes on, and nothing can end it.',
      'zh-cn': '构造函数或 `init` 启动了持续运行的 goroutine，却没有办法结束它。',
    },
    why: {
      en: 'Who makes a value can give it up, but its goroutine keeps it alive: the garbage collector takes neither. A test that makes ten such values leaves ten goroutines; a server that makes one for each client grows until it is killed. A `Close` gives the goroutine an owner.\n\nThe rule is off by default: many such values live as long as their program.',
      'zh-cn':
        '创建者可以放弃一个值，但它的 goroutine 会让它继续存活：垃圾回收器两者都无法回收。创建十个这样的值的测试会留下十个 goroutine；为每个客户端创建一个的服务器会不断增长，直到被杀死。`Close` 让 goroutine 有了所有者。\n\n该规则默认关闭：许多这样的值与程序共存亡。',
    },
    silent: {
      en: '- the type has a method that ends things: `Close`, `Stop`, `Shutdown`, `Cancel`, `Wait` and the like, exported or not\n- the constructor takes a context, a channel or a function, or returns a function\n- the goroutine has no loop that goes on, or a channel that it waits for is closed somewhere\n- the value is made once in the life of the process: in `main`, in a package variable, by `sync.Once`\n- `init` of a program\n- `//hygiene:daemon` stands on the `go` statement\n- in tests',
      'zh-cn':
        '- 类型有用于结束的方法：`Close`、`Stop`、`Shutdown`、`Cancel`、`Wait` 等，无论是否导出\n- 构造函数接受 context、channel 或函数，或返回函数\n- goroutine 中没有持续运行的循环，或它等待的某个 channel 会在某处被关闭\n- 该值在进程生命周期内只创建一次：在 `main` 中、作为包变量，或通过 `sync.Once`\n- 程序的 `init`\n- `go` 语句上有 `//hygiene:daemon`\n- 测试代码中',
    },
    fix: {
      en: 'Give the type a channel `done` that the loop watches, and a `Close` that closes it; or let the constructor take a context. In `init`, start the goroutine where it is first needed.',
      'zh-cn':
        '为类型添加由循环监视的 `done` channel 以及关闭它的 `Close`；或让构造函数接受 context。在 `init` 中，应在首次需要时再启动 goroutine。',
    },
    bad: `package p

import "time"

type Cache struct {
	items map[string]int
}

func NewCache(every time.Duration) *Cache {
	c := &Cache{items: map[string]int{}}
	go c.expire(time.NewTicker(every))
	return c
}

func (c *Cache) expire(t *time.Ticker) {
	for {
		select {
		case <-t.C:
			clear(c.items)
		}
	}
}
`,
    good: `package p

import "time"

type Cache struct {
	items map[string]int

	done chan struct{}
}

func NewCache(every time.Duration) *Cache {
	c := &Cache{items: map[string]int{}}
	c.done = make(chan struct{})
	go c.expire(time.NewTicker(every))
	return c
}

// Close ends the goroutine that NewCache has started.
func (c *Cache) Close() {
	close(c.done)
}

func (c *Cache) expire(t *time.Ticker) {
	defer t.Stop()
	for {
		select {
		case <-c.done:
			return
		case <-t.C:
			clear(c.items)
		}
	}
}
`,
  },
};
