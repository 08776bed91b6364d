import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    'no-handle': {
      en: 'nothing can stop this server: `{call}` gives nobody a server to call `Shutdown` on, so this goroutine, the listener and its connections stay until the process ends',
      'zh-cn':
        '无法停止该服务器：`{call}` 没有留下可以调用 `Shutdown` 的服务器变量，因此该 goroutine、监听器及其连接会保留到进程结束',
    },
    'never-shut-down': {
      en: 'nothing calls `Shutdown` or `Close` on `{server}`, so this goroutine, the listener and its connections stay until the process ends',
      'zh-cn': '没有任何代码对 `{server}` 调用 `Shutdown` 或 `Close`，因此该 goroutine、监听器及其连接会保留到进程结束',
    },
    'cut-off': {
      en: 'the program ends at a signal without a call of `Shutdown` on this server, so requests that are being answered are cut off',
      'zh-cn': '程序收到信号后结束，却没有对该服务器调用 `Shutdown`，正在处理的请求会被中断',
    },
    'step-go': {
      en: 'the server runs on the goroutine that is started here',
      'zh-cn': '服务器运行在此处启动的 goroutine 上',
    },
    'fix-add-shutdown': { en: 'Call `{server}.Shutdown` at the end', 'zh-cn': '在结束时调用 `{server}.Shutdown`' },
  },
  docs: {
    summary: {
      en: 'A server runs on a goroutine, and nothing shuts it down.',
      'zh-cn': '服务器运行在 goroutine 上，却没有任何代码关闭它。',
    },
    why: {
      en: '`ListenAndServe` and `Serve` return only when the server fails or somebody calls `Shutdown` or `Close`. A server that is started on a goroutine and never told to end keeps the goroutine, the port and all idle connections; a second start fails because the port is taken, and a group that counts the goroutine waits for ever.\n\nWhere a program waits for a signal and then returns from `main`, requests that are being answered at that moment are cut off. `Shutdown` stops accepting and lets them come to their end.\n\nThe finding is a hint where nothing shows that the server should end before the process does, and for servers without a handler of their own.',
      'zh-cn':
        '`ListenAndServe` 和 `Serve` 只有在服务器出错，或者有人调用 `Shutdown` 或 `Close` 时才会返回。如果在 goroutine 上启动的服务器从未被要求结束，该 goroutine、端口和所有空闲连接都会被一直占用；再次启动会因端口被占用而失败，对该 goroutine 计数的等待组会永远等待。\n\n如果程序等待信号后从 `main` 返回，当时正在处理的请求会被中断。`Shutdown` 会停止接受新连接，并让这些请求处理完毕。\n\n如果没有迹象表明服务器应在进程之前结束，或者服务器没有自己的 handler，则仅以提示级别报告。',
    },
    silent: {
      en: '- something calls `Shutdown`, `Close` or `RegisterOnShutdown` on the server, or closes the listener it serves on\n- the server or listener is returned, passed on, or held where other packages can reach it\n- the program starts it once and does not handle signals where it starts it, nor shuts down another server beside it; or it handles signals, and the server only shows what packages have registered (no handler of its own)\n- `//hygiene:daemon` stands on the `go` statement\n- in tests\n\nIt is information where what starts or holds the server has a `Stop`, `Close` or `Shutdown` of its own that leaves it out, and where a function returns after a wait and leaves behind the server that it has in a variable; elsewhere it is a hint.',
      'zh-cn':
        '- 有代码对服务器调用了 `Shutdown`、`Close` 或 `RegisterOnShutdown`，或关闭了它所使用的监听器\n- 服务器或监听器被返回、传给别处，或保存在其他包可以访问的地方\n- 程序只启动它一次，启动处不处理信号，也没有关闭与它并列的另一个服务器；或者处理信号，但该服务器没有自己的 handler，只展示各个包注册的内容\n- `go` 语句上有 `//hygiene:daemon`\n- 测试代码中\n\n如果启动或持有服务器的对象自己有 `Stop`、`Close` 或 `Shutdown` 却没有关闭它，或者函数在等待之后返回、把保存在自己变量中的服务器留下不管，则为信息；其他情况只给出提示。',
    },
    fix: {
      en: 'Keep the `http.Server` and call `Shutdown` with a time limit when the work is to end: behind the receive from the signal channel, in a `defer` of the function that starts it and waits for something else, in a goroutine that waits for the context, or in the `Close` method of the owner.',
      'zh-cn':
        '保留 `http.Server`，并在工作结束时带超时调用 `Shutdown`：放在接收信号的语句之后、启动它并等待其他事情的函数的 `defer` 中、等待 context 的 goroutine 中，或所有者的 `Close` 方法中。',
    },
    bad: `package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
)

func main() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	server := &http.Server{Addr: ":8080", Handler: http.NotFoundHandler()}
	go func() {
		if err := server.ListenAndServe(); err != nil {
			log.Print(err)
		}
	}()
	<-stop
}
`,
    good: `package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
	"time"
)

func main() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	server := &http.Server{Addr: ":8080", Handler: http.NotFoundHandler()}
	go func() {
		if err := server.ListenAndServe(); err != nil {
			log.Print(err)
		}
	}()
	<-stop
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	server.Shutdown(ctx)
}
`,
  },
};
