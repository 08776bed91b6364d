import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    'own-context': {
      en: '`{call}` runs under `{root}` although `{ctx}` is at hand: when `{ctx}` is cancelled or its deadline passes, this call goes on and keeps its goroutine waiting',
      'zh-cn':
        '此处有 `{ctx}` 可用，`{call}` 却使用了 `{root}`：`{ctx}` 被取消或超时后，这次调用仍会继续，并让所在的 goroutine 一直等待',
    },
    'derived-context': {
      en: '`{call}` derives a context from `{root}` although `{ctx}` is at hand: cancelling `{ctx}` does not reach what runs under the new context',
      'zh-cn':
        '此处有 `{ctx}` 可用，`{call}` 却从 `{root}` 派生 context：取消 `{ctx}` 不会影响在新 context 下运行的代码',
    },
    'own-for-caller': {
      en: '`{call}` runs under `{root}`, and `{caller}`, from where it is reached, has `{ctx}`: when `{ctx}` is cancelled or its deadline passes, this call goes on and keeps its goroutine waiting; with a parameter the context could get here',
      'zh-cn':
        '`{call}` 使用了 `{root}`，而调用到此处的 `{caller}` 有 `{ctx}`：`{ctx}` 被取消或超时后，这次调用仍会继续，并让所在的 goroutine 一直等待；可增加参数把 context 传到这里',
    },
    'derived-for-caller': {
      en: '`{call}` derives a context from `{root}`, and `{caller}`, from where it is reached, has `{ctx}`: cancelling `{ctx}` does not reach what runs under the new context; with a parameter it could',
      'zh-cn':
        '`{call}` 从 `{root}` 派生 context，而调用到此处的 `{caller}` 有 `{ctx}`：取消 `{ctx}` 不会影响在新 context 下运行的代码；可增加参数把它传到这里',
    },
    'step-caller': { en: 'reached from here, where `{ctx}` is at hand', 'zh-cn': '由此处调用，这里有可用的 `{ctx}`' },
    'step-parameter': { en: '`{ctx}` comes in here', 'zh-cn': '`{ctx}` 由此传入' },
    'fix-use': { en: 'Use `{ctx}`', 'zh-cn': '使用 `{ctx}`' },
  },
  docs: {
    summary: {
      en: 'A call gets `context.Background()` or `context.TODO()` although the function has a context or request.',
      'zh-cn': '函数已有 context 或请求，却把 `context.Background()` 或 `context.TODO()` 传给调用。',
    },
    why: {
      en: 'A context reaches only what it is passed to. When a function that has a context starts a query or request under `context.Background()`, the chain ends there: the client hangs up, the deadline passes, and the work goes on all the same. Under load such calls pile up, each with a goroutine and a connection.',
      'zh-cn':
        'context 只对收到它的调用起作用。如果函数本身有 context，却用 `context.Background()` 发起查询或请求，传递链就在此中断：客户端已断开、截止时间已过，工作却仍在继续。负载升高时，这样的调用会不断堆积，每个都占用一个 goroutine 和一个连接。',
    },
    silent: {
      en: '- in a goroutine, a deferred call or a callback that runs later: it may outlive the context\n- behind `<-ctx.Done()` or `ctx.Err()`, and where an error is being handled: cleaning up must not be cancelled\n- cleaning up (`Shutdown`, `Close`, `Rollback`, `Unlock` …), and things made to live longer: a constructor, or a context kept in a field, returned or used by a goroutine, or that a goroutine or callback cancels\n- the same call also gets the context: values are carried over on purpose\n- a comment beside it speaks of the context, or is `nolint:contextcheck`\n- the callee logs, or only looks at the values of the context: nothing waits for its end\n- the call ends the server of the request or the process, or makes what all callers share (`Do` of a lazy value)\n- a context that is cancelled on the next line; one with a deferred cancel in a function that returns from a `select` when its own context is done\n- the context goes with the `http.ResponseWriter` to a function that asks it for `CloseNotify`\n- the function has no context and is exported, used as a value, or none of those that call it has one; else it is a hint, for it needs a parameter first\n- only a hint: all callers of the function are in sight and have nothing but a root context; the function is named `Stop`, `Shutdown` or the like; a call without results gets a function with a context parameter of its own',
      'zh-cn':
        '- 位于 goroutine、defer 或稍后执行的回调中：它可能比该 context 活得更久\n- 位于 `<-ctx.Done()` 或 `ctx.Err()` 之后，或正在处理错误：清理工作不应被取消\n- 清理操作（`Shutdown`、`Close`、`Rollback`、`Unlock` 等），以及寿命更长的对象：构造函数，或被存入字段、返回、供 goroutine 使用的 context，或由 goroutine、回调取消的 context\n- 同一个调用也收到了该 context：有意只传递其中的值\n- 旁边有注释说明 context 的用法，或写有 `nolint:contextcheck`\n- 被调用方只写日志，或只读取 context 中的值：没有任何代码等待它结束\n- 该调用会结束处理此请求的服务器或整个进程，或创建所有调用方共享的值（惰性值的 `Do`）\n- context 在下一行就被取消；或其 cancel 被 defer，而函数会在自己的 context 结束时从 `select` 返回\n- 该 context 与 `http.ResponseWriter` 一起传给会调用其 `CloseNotify` 的函数\n- 函数本身没有 context，且是导出的、被当作值使用，或调用它的函数都没有 context；否则仅为提示，因为先要增加参数\n- 仅为提示：函数的所有调用方都可见，且都只有根 context；函数名为 `Stop`、`Shutdown` 之类；没有返回值的调用收到一个自带 context 参数的函数',
    },
    fix: {
      en: 'Pass `ctx`, or `r.Context()` in an HTTP handler. Work that has to go on after the caller gave up uses `context.WithoutCancel(ctx)` with a timeout of its own: it keeps the values and says what is meant.',
      'zh-cn':
        '传入 `ctx`，在 HTTP 处理函数中传入 `r.Context()`。如果工作确实需要在调用方放弃后继续，请使用 `context.WithoutCancel(ctx)` 并另设超时：既保留其中的值，也表明意图。',
    },
    bad: `package p

import (
	"context"
	"database/sql"
	"net/http"
)

func remove(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, err := db.ExecContext(context.Background(), "DELETE FROM carts WHERE id = $1", r.PathValue("id"))
		if err != nil {
			http.Error(w, "cannot remove", http.StatusInternalServerError)
		}
	}
}
`,
    good: `package p

import (
	"database/sql"
	"net/http"
)

func remove(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, err := db.ExecContext(r.Context(), "DELETE FROM carts WHERE id = $1", r.PathValue("id"))
		if err != nil {
			http.Error(w, "cannot remove", http.StatusInternalServerError)
		}
	}
}
`,
  },
};
