import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    'cancelled-with-request': {
      en: 'this goroutine outlives the handler, but `{ctx}` is cancelled as soon as the handler returns: its work ends then, finished or not',
      'zh-cn':
        '该 goroutine 比处理函数活得更久，而处理函数一返回 `{ctx}` 就会被取消：无论是否完成，它的工作都会随之中止',
    },
    'send-for-ever': {
      en: 'this goroutine outlives the request and nothing can stop it: when nobody receives from the channel any more, `{what}` on line {line} blocks for ever, once per request',
      'zh-cn':
        '该 goroutine 比请求活得更久，且无法让它停止：一旦没有人再从该 channel 接收，第 {line} 行的 `{what}` 将永远阻塞，每个请求都会留下一个',
    },
    'call-for-ever': {
      en: 'this goroutine outlives the request and `{what}` on line {line} has no timeout: when the peer hangs, each request leaves a goroutine behind',
      'zh-cn':
        '该 goroutine 比请求活得更久，而第 {line} 行的 `{what}` 没有超时：对端无响应时，每个请求都会留下一个 goroutine',
    },
    'poll-for-ever': {
      en: 'this goroutine outlives the request and polls on line {line} with no limit: when the condition never holds, each request leaves a goroutine behind',
      'zh-cn':
        '该 goroutine 比请求活得更久，并在第 {line} 行无限轮询：如果条件始终不成立，每个请求都会留下一个 goroutine',
    },
    'queued-for-slot': {
      en: 'this goroutine outlives the call and waits on line {line} for a slot of `{chan}` without watching `{ctx}`: when the caller has given up, it stays in the queue, and takes a slot for what nobody wants any more',
      'zh-cn':
        '该 goroutine 比此次调用活得更久，并在第 {line} 行等待 `{chan}` 的空位，却不监视 `{ctx}`：调用方放弃之后它仍在排队，还会为已无人需要的工作占用空位',
    },
    'step-works': { en: 'works under `{ctx}` afterwards', 'zh-cn': '之后在 `{ctx}` 之下工作' },
    'step-uses': { en: '`{ctx}` ends with the request', 'zh-cn': '`{ctx}` 随请求结束' },
    'step-waits': { en: 'nothing ends this wait', 'zh-cn': '没有任何东西能结束这里的等待' },
    'fix-detach': { en: 'Pass `context.WithoutCancel({ctx})`', 'zh-cn': '改为传入 `context.WithoutCancel({ctx})`' },
  },
  docs: {
    summary: {
      en: 'A request handler leaves a goroutine behind that is cancelled with the request, or that nothing can stop.',
      'zh-cn': '请求处理函数留下的 goroutine 会随请求被取消，或者没有任何办法让它停止。',
    },
    why: {
      en: 'A handler that starts a goroutine and returns has left it to itself. If the goroutine works with the context of the request, its queries and calls fail as soon as the response is sent, now and then and only under load. If it works without any context, nothing ends it when the mail server or queue behind it hangs: one goroutine per request stays, until memory runs out. So does one that waits for a free slot and does not watch the context of the call that started it: while all slots are taken, goroutines of callers that have long given up pile up before it.',
      'zh-cn':
        '处理函数启动 goroutine 后返回，就再也管不到它。如果该 goroutine 使用请求的 context，响应一发出，它的查询和调用就会失败，而且只是偶尔、在负载较高时才出现。如果它不使用任何 context，那么当后面的邮件服务器或队列无响应时，没有任何东西能结束它：每个请求留下一个 goroutine，直到内存耗尽。等待空位、却不监视启动它的调用的 context 的 goroutine 也是如此：所有空位被占用时，早已放弃的调用方的 goroutine 会越积越多。',
    },
    silent: {
      en: '- the handler waits for the goroutine (unless it leaves with its client, and the goroutine polls for ever), or goes on working after it started it\n- the goroutine watches the context (`Done`, `Err`), or gets `context.WithoutCancel`\n- the context is used to look up values only\n- the goroutine has a context or timeout of its own\n- loops that never end: `goroutine-never-exits` and `ticker-loop-never-ends` report those\n- tests, and `//hygiene:daemon`',
      'zh-cn':
        '- 处理函数会等待该 goroutine（除非它随客户端断开而返回，而该 goroutine 无限轮询），或在启动它之后继续工作\n- 该 goroutine 监视 context（`Done`、`Err`），或收到的是 `context.WithoutCancel`\n- 只用 context 查找其中的值\n- 该 goroutine 有自己的 context 或超时\n- 永不结束的循环：由 `goroutine-never-exits` 和 `ticker-loop-never-ends` 报告\n- 测试，以及 `//hygiene:daemon`',
    },
    fix: {
      en: 'Give the goroutine a context that outlives the request and still ends: `context.WithTimeout(context.WithoutCancel(r.Context()), limit)`. Better still, hand the work to a bounded pool of workers that belongs to the server.',
      'zh-cn':
        '给该 goroutine 一个比请求更长、但仍会结束的 context：`context.WithTimeout(context.WithoutCancel(r.Context()), limit)`。更好的做法是把工作交给由服务器持有的、数量有限的工作池。',
    },
    bad: `package p

import (
	"context"
	"net/http"
)

type mailer interface {
	Send(ctx context.Context, to string) error
}

func signUp(m mailer) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		go m.Send(r.Context(), r.FormValue("mail"))
		w.WriteHeader(http.StatusAccepted)
	}
}
`,
    good: `package p

import (
	"context"
	"net/http"
	"time"
)

type mailer interface {
	Send(ctx context.Context, to string) error
}

func signUp(m mailer) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		to := r.FormValue("mail")
		go func() {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), time.Minute)
			defer cancel()
			m.Send(ctx, to)
		}()
		w.WriteHeader(http.StatusAccepted)
	}
}
`,
  },
};
