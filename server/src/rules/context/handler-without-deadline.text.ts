import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    unlimited: {
      en: '`{call}` waits under `{ctx}`, which has no deadline: when the other side hangs, the request stays, with its goroutine, until its client gives up',
      'zh-cn':
        '`{call}` 在 `{ctx}` 之下等待，而它没有截止时间：对端无响应时，该请求及其 goroutine 会一直留存，直到客户端放弃',
    },
    'fix-limit': {
      en: 'Wait under a context with a timeout of 30 seconds',
      'zh-cn': '改用带 30 秒超时的 context 等待',
    },
  },
  docs: {
    summary: {
      en: 'An HTTP handler calls out under the context of the request, and nothing in its package sets a deadline.',
      'zh-cn': 'HTTP 处理函数在请求的 context 之下调用外部服务，而包内没有任何地方设置截止时间。',
    },
    why: {
      en: 'The context of a request ends when the client hangs up or the handler returns. It has no deadline of its own, and the timeouts of `http.Server` do not end it. When the database behind a handler hangs, requests pile up for as long as their clients are patient; a proxy in front may be so for ever.',
      'zh-cn':
        '请求的 context 在客户端断开或处理函数返回时结束。它自身没有截止时间，`http.Server` 的超时设置也不会结束它。处理函数背后的数据库卡住时，只要客户端还在等，请求就会不断堆积；前面的代理可能会永远等下去。',
    },
    silent: {
      en: '- the package sets a limit somewhere: `context.WithTimeout` or `WithDeadline`, `http.TimeoutHandler`, the `Timeout` of a client\n- the call gets another context\n- gRPC methods, whose clients send a deadline\n- tests',
      'zh-cn':
        '- 包内某处设置了限制：`context.WithTimeout` 或 `WithDeadline`、`http.TimeoutHandler`、客户端的 `Timeout`\n- 调用使用的是别的 context\n- gRPC 方法，其客户端会发送截止时间\n- 测试',
    },
    fix: {
      en: 'Derive a context with a timeout from that of the request, once at the top of the handler or in a middleware, and pass it on: `context.WithTimeout(r.Context(), limit)`.',
      'zh-cn':
        '在处理函数开头或中间件中，从请求的 context 派生一个带超时的 context，并向下传递：`context.WithTimeout(r.Context(), limit)`。',
    },
    bad: `package p

import (
	"database/sql"
	"net/http"
)

func health(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := db.PingContext(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	}
}
`,
    good: `package p

import (
	"context"
	"database/sql"
	"net/http"
	"time"
)

func health(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), time.Second)
		defer cancel()
		if err := db.PingContext(ctx); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	}
}
`,
  },
};
