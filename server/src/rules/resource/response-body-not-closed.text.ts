import { PATH_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...PATH_MESSAGES,
    discarded: {
      en: 'the response of `{call}` is dropped, so nobody can close its body: the connection and the goroutines that serve it stay',
      'zh-cn': '`{call}` 返回的响应被丢弃，其 body 无法再关闭：连接以及服务它的 goroutine 会一直保留',
    },
    'not-closed': {
      en: '`{name}` is not closed on every way out: at the return on line {line} the connection of `{call}` may stay open, and with it two goroutines',
      'zh-cn':
        '`{name}` 并非在每条路径上都被关闭：在第 {line} 行返回时，`{call}` 的连接可能仍然打开，并占用两个 goroutine',
    },
    again: {
      en: '`{name}` is not closed before `{call}` runs again: each turn of the loop keeps a connection open',
      'zh-cn': '在再次执行 `{call}` 之前没有关闭 `{name}`：循环每执行一次就多占用一个打开的连接',
    },
    overwritten: {
      en: '`{name}` is not closed before the variable gets a new value on line {line}: the connection of `{call}` stays open',
      'zh-cn': '变量在第 {line} 行被重新赋值之前没有关闭 `{name}`：`{call}` 的连接会一直打开',
    },
    'step-acquired': { en: 'from here on `{name}` has to be closed', 'zh-cn': '从这里起必须关闭 `{name}`' },
    'fix-defer': { en: 'Add `defer {release}`', 'zh-cn': '添加 `defer {release}`' },
    'fix-before-return': {
      en: 'Call `{release}` before the return on line {line}',
      'zh-cn': '在第 {line} 行返回之前调用 `{release}`',
    },
    'fix-in-turn': {
      en: 'Call `{release}` before the next turn of the loop',
      'zh-cn': '在下一次循环之前调用 `{release}`',
    },
    'fix-before-each': {
      en: 'Call `{release}` before each of the {count} returns that lack it',
      'zh-cn': '在缺少关闭的 {count} 处返回之前都调用 `{release}`',
    },
  },
  docs: {
    summary: {
      en: 'The body of an HTTP response is not closed on some way out.',
      'zh-cn': '在某条返回路径上没有关闭 HTTP 响应的 body。',
    },
    why: {
      en: 'Until the body of a response is closed its connection cannot be used again. Each open connection has two goroutines, one that reads and one that writes; both stay, and so does the socket. The next request opens another one. The usual cause is a return between the call and `defer resp.Body.Close()`, such as one for an unexpected status. An object that is read from S3 is such a body, too.',
      'zh-cn':
        '在关闭响应的 body 之前，它的连接无法复用。每个打开的连接有两个 goroutine，一个读、一个写；它们会一直存在，套接字也不会释放，而下一个请求会再建立新的连接。常见原因是在发出请求与 `defer resp.Body.Close()` 之间提前返回，例如遇到意外的状态码。从 S3 读取的对象也是这样的 body。',
    },
    silent: {
      en: '- the response or its body is returned, stored, or passed to code that may close it; that does not go for a reader of `compress/gzip` and the like that is returned as something to close, as its `Close` leaves the body open\n- the way out is the one on which the call failed: there is no body then\n- the request is a `HEAD`: the answer has no body\n- a test that expects the call to fail\n- a client whose transport makes up its answers: there is no connection\n- the handler that answers is in sight and writes nothing: there is no body\n- the request has a context that a `defer cancel()` in the same function cancels: the connection ends with it\n- code that runs once in the life of the process',
      'zh-cn':
        '- 响应或其 body 被返回、保存，或交给可能关闭它的代码；但作为可关闭的值返回的 `compress/gzip` 等 reader 除外，因为它的 `Close` 不会关闭 body\n- 该路径是调用失败的路径：此时没有 body\n- 请求方法是 `HEAD`：响应没有 body\n- 测试预期该调用失败\n- 客户端的 transport 自行构造响应，没有真正的连接\n- 应答的 handler 可见且不写任何内容：没有 body\n- 请求的 context 由同一函数中的 `defer cancel()` 取消：连接随之结束\n- 在进程生命周期内只执行一次的代码',
    },
    fix: {
      en: 'Write `defer resp.Body.Close()` right after the error check, before anything looks at the response. In a loop, move the body of the loop into a function.',
      'zh-cn': '在检查错误之后、使用响应之前，立即写 `defer resp.Body.Close()`。在循环中，请把循环体移到单独的函数里。',
    },
    bad: `package p

import (
	"encoding/json"
	"fmt"
	"net/http"
)

func load(client *http.Client, url string, into any) error {
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("unexpected status %s", resp.Status)
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(into)
}
`,
    good: `package p

import (
	"encoding/json"
	"fmt"
	"net/http"
)

func load(client *http.Client, url string, into any) error {
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("unexpected status %s", resp.Status)
	}
	return json.NewDecoder(resp.Body).Decode(into)
}
`,
  },
};
