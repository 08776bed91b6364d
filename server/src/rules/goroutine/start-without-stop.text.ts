import type { RuleText } from '../rule.ts';
import { PATH_MESSAGES } from '../shared-text.ts';

export const text: RuleText = {
  messages: {
    ...PATH_MESSAGES,
    'not-stopped': {
      en: '`{call}` leaves a goroutine running, the function ends on line {line} without `{stop}`, and nobody else can call it: the goroutine stays until the process ends',
      'zh-cn':
        '`{call}` 留下一个运行中的 goroutine，函数在第 {line} 行结束时没有调用 `{stop}`，而其他代码也无法调用它：该 goroutine 会保留到进程结束',
    },
    again: {
      en: '`{call}` leaves a goroutine running, and the loop comes round to it again without `{stop}`: one more goroutine stays with each turn',
      'zh-cn':
        '`{call}` 留下一个运行中的 goroutine，循环再次执行到这里时没有调用 `{stop}`：每次循环都会多留下一个 goroutine',
    },
    'step-goroutine': { en: 'the goroutine is started here', 'zh-cn': '该 goroutine 在此启动' },
    'fix-defer': { en: 'Add `defer {stop}`', 'zh-cn': '添加 `defer {stop}`' },
  },
  docs: {
    summary: {
      en: 'A worker is started, and the function that has it ends without stopping it.',
      'zh-cn': '启动了一个 worker，但持有它的函数在结束前没有停止它。',
    },
    why: {
      en: 'A type with `Start` and `Stop` runs a goroutine in between; so does a value that a function of the workspace gives with its goroutine running, as `c.Watch()` does. When the only variable that holds such a value goes out of scope, nobody can call `Stop` any more: the goroutine, and everything it refers to, stays until the process ends.',
      'zh-cn':
        '同时具有 `Start` 和 `Stop` 的类型会在两者之间运行一个 goroutine；工作区内的函数返回的、goroutine 已在运行的值（例如 `c.Watch()`）也是如此。当唯一持有该值的变量离开作用域后，再也没有人能调用 `Stop`：该 goroutine 及其引用的一切会保留到进程结束。',
    },
    silent: {
      en: '- the value is returned, stored, sent, passed on, or captured by a function that does\n- the type does not belong to the workspace, or has no method `Stop`, `Close` or the like without parameters\n- `Start` starts no goroutine that waits to be ended, or fails and returns an error; a function that gives the value starts one only under a condition, or something else than a channel of the value, closed by its `Stop`, `Close` or the like alone, ends it, or its package ends all such values it keeps\n- the value gets a context, a channel, a function or an interface when it is made or started, which may end it; unless the goroutine waits for a channel of the type that only its `Stop`, `Close` or the like closes or sends on\n- the code runs once in the life of the process: `main`, `init`, package variables, `sync.Once`\n- `//hygiene:daemon` stands on the statement',
      'zh-cn':
        '- 该值被返回、保存、发送、传给别处，或被这样做的函数捕获\n- 类型不属于工作区，或者没有不带参数的 `Stop`、`Close` 等方法\n- `Start` 没有启动等待被结束的 goroutine，或者失败并返回错误；返回该值的函数只在某个条件下才启动 goroutine，或者结束它的不只是该值的 channel（仅由其 `Stop`、`Close` 等方法关闭），或者其所在的包会结束它保存的所有这类值\n- 创建或启动时传入了 context、channel、函数或接口（它们可能会结束它），除非 goroutine 等待的是该类型自己的 channel，且只有其 `Stop`、`Close` 等方法会关闭它或向它发送\n- 代码在进程生命周期内只运行一次：`main`、`init`、包级变量、`sync.Once`\n- 语句上有 `//hygiene:daemon`',
    },
    fix: {
      en: 'Add `defer w.Stop()` after `w.Start()`, behind the check of its error. Where the worker is meant to go on, return it or keep it in a field, so that somebody can stop it.',
      'zh-cn':
        '在 `w.Start()` 及其错误检查之后添加 `defer w.Stop()`。如果 worker 需要继续运行，请返回它或保存到字段中，以便有人能停止它。',
    },
    bad: `package p

type Worker struct {
	stop chan struct{}
	work chan func()
}

func NewWorker() *Worker {
	return &Worker{stop: make(chan struct{}), work: make(chan func())}
}

func (w *Worker) Start() {
	go func() {
		for {
			select {
			case f := <-w.work:
				f()
			case <-w.stop:
				return
			}
		}
	}()
}

func (w *Worker) Stop() { close(w.stop) }

func Handle(f func()) {
	w := NewWorker()
	w.Start()
	w.work <- f
}
`,
    good: `package p

type Worker struct {
	stop chan struct{}
	work chan func()
}

func NewWorker() *Worker {
	return &Worker{stop: make(chan struct{}), work: make(chan func())}
}

func (w *Worker) Start() {
	go func() {
		for {
			select {
			case f := <-w.work:
				f()
			case <-w.stop:
				return
			}
		}
	}()
}

func (w *Worker) Stop() { close(w.stop) }

func Handle(f func()) {
	w := NewWorker()
	w.Start()
	defer w.Stop()
	w.work <- f
}
`,
  },
};
