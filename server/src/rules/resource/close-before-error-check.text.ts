import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    unchecked: {
      en: '`{name}` is used here before `{error}` is checked on line {line}: when `{call}` fails, `{name}` is nil and this panics instead of returning the error',
      'zh-cn':
        '这里使用了 `{name}`，而 `{error}` 在第 {line} 行才检查：`{call}` 失败时 `{name}` 为 nil，此处会 panic，错误也就无法返回',
    },
    harmless: {
      en: '`{name}` is closed here before `{error}` is checked on line {line}: when `{call}` fails there is nothing to close, and `Close` itself only returns another error',
      'zh-cn':
        '这里在第 {line} 行检查 `{error}` 之前就安排关闭 `{name}`：`{call}` 失败时没有可关闭的对象，`Close` 只会再返回一个错误',
    },
    'step-fails': {
      en: 'when this fails, `{error}` is set and `{name}` is nil',
      'zh-cn': '此调用失败时会设置 `{error}`，而 `{name}` 为 nil',
    },
    'step-deferred': { en: '`{name}` is used here all the same', 'zh-cn': '这里仍然使用了 `{name}`' },
    'step-check': { en: 'the error is only checked here', 'zh-cn': '到这里才检查错误' },
    'fix-move': {
      en: 'Move the `defer` below the check of `{error}`',
      'zh-cn': '把 `defer` 移到检查 `{error}` 之后',
    },
  },
  docs: {
    summary: {
      en: 'A `defer` closes a value before the error that came with it is checked.',
      'zh-cn': '在检查随值一起返回的错误之前，就用 `defer` 关闭该值。',
    },
    why: {
      en: 'A function that fails returns nil beside its error. `defer resp.Body.Close()` looks at `resp.Body` at once, and `defer conn.Close()` calls a method of nil when the function ends: both panic with a nil pointer dereference. The error that would tell what went wrong is never seen, and a panic in a goroutine ends the whole program.',
      'zh-cn':
        '函数失败时，会在返回错误的同时返回 nil。`defer resp.Body.Close()` 会立即读取 `resp.Body`，`defer conn.Close()` 则在函数结束时对 nil 调用方法：两者都会因空指针解引用而 panic。真正的错误原因再也看不到，而 goroutine 中的 panic 会终止整个程序。',
    },
    silent: {
      en: '- the error is checked first\n- the deferred function asks first: `if resp != nil { … }`\n- the called function is in sight and does not return nil with its error, or that cannot be told\n- the method is in sight and gets along with nil\n- the check ends the process, and the deferred call does not run then\n- the value is no pointer and no interface\n- `Close` of an `*os.File` allows nil: it is a hint',
      'zh-cn':
        '- 先检查了错误\n- defer 的函数会先判断：`if resp != nil { … }`\n- 被调用的函数可见，且返回错误时并不返回 nil，或无法判断\n- 方法可见，并能处理 nil 接收者\n- 检查错误后直接结束进程，defer 的调用不会执行\n- 该值不是指针也不是接口\n- `*os.File` 的 `Close` 允许 nil：只给出提示',
    },
    fix: {
      en: 'Move the `defer` below the error check.',
      'zh-cn': '把 `defer` 移到检查错误之后。',
    },
    bad: `package p

import "net/http"

func status(url string) (int, error) {
	resp, err := http.Get(url)
	defer resp.Body.Close()
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}
`,
    good: `package p

import "net/http"

func status(url string) (int, error) {
	resp, err := http.Get(url)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}
`,
  },
};
