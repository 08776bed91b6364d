import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    transport: {
      en: 'each call makes a transport of its own: the connection that `{call}` leaves idle is never used again and never closed from this side, and its two goroutines stay with it',
      'zh-cn':
        '每次调用都会新建一个 transport：`{call}` 留下的空闲连接既不会被复用，本端也不会关闭，服务它的两个 goroutine 会一直存在',
    },
    'transport-bounded': {
      en: 'each call makes a transport of its own: the connection of `{call}` is never used again and stays open, with two goroutines, until `IdleConnTimeout` is over',
      'zh-cn':
        '每次调用都会新建一个 transport：`{call}` 的连接不会被复用，并连同两个 goroutine 一直保留到 `IdleConnTimeout` 到期',
    },
    pool: {
      en: 'each request opens a pool of its own: `{name}` of `{call}` makes new connections, and goroutines that serve them, where one pool for all requests would use them again',
      'zh-cn':
        '每个请求都会打开自己的连接池：`{call}` 得到的 `{name}` 每次都新建连接及服务它们的 goroutine，而所有请求共用一个连接池即可复用',
    },
    'step-made': {
      en: 'the transport, with its pool of connections, is made here',
      'zh-cn': 'transport 及其连接池在此创建',
    },
    'step-used': { en: 'this opens a connection, and the pool keeps it', 'zh-cn': '此处建立连接，并由连接池保留' },
    'fix-close-idle': { en: 'Add `defer {release}`', 'zh-cn': '添加 `defer {release}`' },
    'fix-close-after-use': {
      en: 'Close the connection after its request: `DisableKeepAlives: true`',
      'zh-cn': '请求结束后即关闭连接：`DisableKeepAlives: true`',
    },
  },
  docs: {
    summary: {
      en: 'A pool of connections is made for each call or request, and its connections stay behind.',
      'zh-cn': '每次调用或请求都新建连接池，其连接会残留下来。',
    },
    why: {
      en: 'An `http.Transport` keeps a connection after the response is read, for the next request to the same server; two goroutines serve it. When the transport was made for one call, there is no next request. The transport is not collected either, because its goroutines refer to it: unless it has an `IdleConnTimeout`, the connection stays until the server closes it. A service leaks two goroutines and a socket for each call.\n\n`sql.Open` and `grpc.NewClient` make pools as well. A handler that opens one for each request pays for new connections every time.',
      'zh-cn':
        '`http.Transport` 在读完响应后会保留连接，供下一次请求同一服务器时使用，并有两个 goroutine 为其服务。如果 transport 只为一次调用而创建，就没有下一次请求了。它也不会被回收，因为那些 goroutine 仍引用着它：若没有设置 `IdleConnTimeout`，连接会一直保留到服务器关闭它。服务每调用一次就泄漏两个 goroutine 和一个套接字。\n\n`sql.Open` 与 `grpc.NewClient` 同样会创建连接池；若处理函数为每个请求都打开一个，就要每次承担新建连接的代价。',
    },
    silent: {
      en: '- the transport or its client is stored or passed on, or a literal that others call makes the requests: it may serve many\n- a function gives a transport or client that somebody else has as well; where it makes a new one, its calls are looked at\n- `DisableKeepAlives` is set, the request is closed after use, or `CloseIdleConnections` is called\n- no request is made in the function\n- code that runs once in the life of the process, and tests\n- a database or client is opened outside of handlers\n\nA warning where transports pile up: in a loop, in a handler and what it calls, in a function with a context. Elsewhere, with an `IdleConnTimeout` outside of handlers, and in a command with which the process ends, it is a hint.',
      'zh-cn':
        '- transport 或其客户端被保存或传给别处，或请求由别处调用的函数字面量发出：可能服务于许多请求\n- 函数给出的 transport 或客户端别处也持有；若函数每次新建，则检查对它的调用\n- 设置了 `DisableKeepAlives`，请求用后即关闭，或调用了 `CloseIdleConnections`\n- 该函数没有发出请求\n- 在进程生命周期内只执行一次的代码，以及测试\n- 在处理函数之外打开数据库或客户端\n\n如果 transport 会越积越多，则为警告：位于循环、请求处理函数及其调用的函数，或带有 context 的函数中。其他情况，在处理函数之外设置了 `IdleConnTimeout`，或位于执行完进程即结束的命令中时，只给出提示。',
    },
    fix: {
      en: 'Make one client for the program, in a package variable or a field, and use it for all requests. Where a transport has to be made for one call, close what it keeps: `defer client.CloseIdleConnections()`; where the response is read later, elsewhere or in a loop, let it keep nothing: `DisableKeepAlives: true`.',
      'zh-cn':
        '为整个程序创建一个客户端，放在包变量或字段中，供所有请求使用。若确实需要为一次调用创建 transport，请关闭它保留的连接：`defer client.CloseIdleConnections()`；若响应要在返回之后由别处读取，或位于循环中，则不要让它保留连接：`DisableKeepAlives: true`。',
    },
    bad: `package p

import (
	"crypto/tls"
	"net/http"
)

func ping(url string, config *tls.Config) (int, error) {
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: config}}
	resp, err := client.Get(url)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}
`,
    good: `package p

import (
	"crypto/tls"
	"net/http"
)

type pinger struct{ client *http.Client }

func newPinger(config *tls.Config) *pinger {
	return &pinger{client: &http.Client{Transport: &http.Transport{TLSClientConfig: config}}}
}

func (p *pinger) ping(url string) (int, error) {
	resp, err := p.client.Get(url)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}
`,
  },
};
