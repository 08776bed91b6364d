import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    default: {
      en: '`{call}` has no limit of time: when the server takes the request and never answers, the call blocks for ever, and its goroutine and connection stay',
      'zh-cn': '`{call}` 没有时间限制：如果服务器收下请求却一直不响应，该调用会永远阻塞，其 goroutine 和连接都会留存',
    },
    client: {
      en: 'this client has no `Timeout`, and the request of `{call}` has no deadline: when the server takes it and never answers, the call blocks for ever, and its goroutine and connection stay',
      'zh-cn':
        '该客户端没有设置 `Timeout`，而 `{call}` 的请求也没有截止时间：如果服务器收下请求却一直不响应，该调用会永远阻塞，其 goroutine 和连接都会留存',
    },
    server: {
      en: 'this server waits without limit for the headers of a request: each connection on which a client sends them slowly, or not at all, keeps a goroutine',
      'zh-cn': '该服务器会无限期等待请求头：只要有客户端发送得很慢或根本不发送，每个这样的连接都会占住一个 goroutine',
    },
    'step-made': {
      en: 'the request is made here, without a context that has a deadline',
      'zh-cn': '请求在这里创建，没有带截止时间的 context',
    },
    'step-sent': { en: 'this request has no deadline', 'zh-cn': '该请求没有截止时间' },
    'fix-client': { en: 'Add `Timeout: 30 * time.Second`', 'zh-cn': '添加 `Timeout: 30 * time.Second`' },
    'fix-use-client': {
      en: 'Send the request with a client that has a `Timeout`',
      'zh-cn': '改用设置了 `Timeout` 的客户端发送请求',
    },
    'fix-server': {
      en: 'Add `ReadHeaderTimeout: 10 * time.Second`',
      'zh-cn': '添加 `ReadHeaderTimeout: 10 * time.Second`',
    },
  },
  docs: {
    summary: {
      en: 'An HTTP request is sent, or an HTTP server waits for one, without any limit of time.',
      'zh-cn': '发送 HTTP 请求，或 HTTP 服务器等待请求时，没有任何时间限制。',
    },
    why: {
      en: 'The zero `http.Client`, and `http.DefaultClient` behind `http.Get`, limit the time to connect but not the time to wait for an answer. A server that takes the request and then hangs, or a proxy that has lost it, blocks the caller for ever. Each call leaves a goroutine and a connection, until a service that works well otherwise runs out of one of them because its neighbour is slow.\n\nA server has the same problem from the other side: without `ReadHeaderTimeout` a client that opens connections and sends nothing, or a byte now and then (Slowloris), keeps a goroutine and a file descriptor for each.',
      'zh-cn':
        '零值的 `http.Client` 以及 `http.Get` 背后的 `http.DefaultClient` 只限制建立连接的时间，不限制等待响应的时间。服务器收下请求后卡住，或代理丢了请求，调用方就会永远阻塞。每次调用都留下一个 goroutine 和一个连接，本来运行良好的服务会因为下游变慢而耗尽资源。\n\n服务器一侧也有同样的问题：没有 `ReadHeaderTimeout` 时，客户端只要打开连接却什么也不发，或隔一会儿才发一个字节（Slowloris），每个连接就会占住一个 goroutine 和一个文件描述符。',
    },
    silent: {
      en: '- `Timeout` is set, in the literal or later; the transport is not the default one (unless only callers of an exported option set another), or has a `ResponseHeaderTimeout` or a dial function of its own\n- the request has a context from somewhere else, or there is one at hand: `missing-context-variant` speaks of that\n- the client goes out of sight: returned, passed on, held by an exported variable or field\n- tests, and code that runs once: `main`, and what a command line runs\n- servers with `ReadTimeout`, and those whose limits may be set by code that is not seen\n\nIt is a hint where the answer is read bit by bit (`io.Copy`, `bufio`), and for servers: many listen where only friends call, for metrics or for one answer.',
      'zh-cn':
        '- 在字面量中或之后设置了 `Timeout`；使用的不是默认 transport（仅由导出的选项供调用方替换的除外），或其设置了 `ResponseHeaderTimeout` 或自己的拨号函数\n- 请求带有来自别处的 context，或手边就有 context：由 `missing-context-variant` 报告\n- 客户端离开了可见范围：被返回、传给别处，或由导出的变量、字段持有\n- 测试，以及只执行一次的代码：`main` 和命令行运行的函数\n- 设置了 `ReadTimeout` 的服务器，以及可能由看不见的代码设置限制的服务器\n\n逐步读取响应（`io.Copy`、`bufio`）时，以及对于服务器，只给出提示：许多服务器只面向可信的调用方，例如提供指标或等待一次回应。',
    },
    fix: {
      en: 'Give the client a `Timeout` that covers the whole exchange, or each request a context with a deadline: `http.NewRequestWithContext`. Use one client for many requests. For long downloads limit the wait for the headers instead, with `ResponseHeaderTimeout` of an `http.Transport`. Give servers a `ReadHeaderTimeout`. The durations that the fixes put in are a suggestion.',
      'zh-cn':
        '给客户端设置覆盖整个过程的 `Timeout`，或用 `http.NewRequestWithContext` 给每个请求一个带截止时间的 context。多个请求应共用一个客户端。对于耗时的下载，改用 `http.Transport` 的 `ResponseHeaderTimeout` 限制等待响应头的时间。服务器应设置 `ReadHeaderTimeout`。修复中填入的时长只是建议值。',
    },
    bad: `package p

import (
	"encoding/json"
	"net/http"
)

func Rates(url string) (rates map[string]float64, err error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	err = json.NewDecoder(resp.Body).Decode(&rates)
	return rates, err
}
`,
    good: `package p

import (
	"encoding/json"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 10 * time.Second}

func Rates(url string) (rates map[string]float64, err error) {
	resp, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	err = json.NewDecoder(resp.Body).Decode(&rates)
	return rates, err
}
`,
  },
};
