import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    waits: {
      en: '`{call}` knows nothing of `{ctx}`: when that is cancelled or its deadline passes, this call goes on waiting and keeps its goroutine; `{variant}` would end',
      'zh-cn':
        '`{call}` 不知道 `{ctx}`：当它被取消或到期时，这次调用仍会继续等待并占用 goroutine；`{variant}` 则会结束',
    },
    request: {
      en: 'the request of `{call}` knows nothing of `{ctx}`: when that is cancelled or its deadline passes, whoever sends it goes on waiting for the answer; use `{variant}`',
      'zh-cn': '`{call}` 创建的请求不知道 `{ctx}`：当它被取消或到期时，发送方仍会继续等待响应；请使用 `{variant}`',
    },
    command: {
      en: 'the process of `{call}` knows nothing of `{ctx}`: when that is cancelled or its deadline passes, the process runs on and this goroutine waits for it; `{variant}` would kill it',
      'zh-cn':
        '`{call}` 启动的进程不知道 `{ctx}`：当它被取消或到期时，进程仍继续运行，当前 goroutine 也一直等待；`{variant}` 则会终止它',
    },
    log: {
      en: '`{call}` logs without `{ctx}`, so a handler that takes trace or request ids from the context finds none; this package passes contexts elsewhere: use `{variant}`',
      'zh-cn':
        '`{call}` 记录日志时没有带上 `{ctx}`，从 context 中取 trace 或请求 ID 的 handler 会取不到；本包的其他地方传入了 context：请使用 `{variant}`',
    },
    dials: {
      en: '`{field}` of a transport knows nothing of the request that it dials for: when that is cancelled, the dial and its goroutine go on until the peer answers or a timeout passes; with `{variant}` they would end',
      'zh-cn':
        'transport 的 `{field}` 不知道自己在为哪个请求拨号：请求被取消后，拨号及其 goroutine 仍会继续，直到对方响应或超时；`{variant}` 则会结束',
    },
    'step-context': { en: '`{ctx}` is at hand here', 'zh-cn': '这里有可用的 `{ctx}`' },
    'fix-variant': { en: 'Use `{variant}`', 'zh-cn': '改用 `{variant}`' },
  },
  docs: {
    summary: {
      en: 'A call that waits has a variant with a context, but gets none although one is at hand.',
      'zh-cn': '会等待的调用有接受 context 的版本，却没有使用，尽管手边就有 context。',
    },
    why: {
      en: 'A function that gets a context promises to stop when it ends. `db.Query`, `http.Get`, `net.Dial` and `exec.Command` never see it: after the client has hung up or the deadline has passed they wait on, with their goroutine, connection or process, until the other side answers, which may be never.\n\nThe `Dial` and `DialTLS` fields of an `http.Transport` are of the same kind: they cannot be told that the request is over, which is why `DialContext` and `DialTLSContext` have taken their place. And so are calls that get no options (`nil`) where options would carry the context.\n\nFor `log/slog` the finding is a hint, and only in packages that pass contexts to their logger elsewhere.',
      'zh-cn':
        '接受 context 的函数承诺在它结束时停止。而 `db.Query`、`http.Get`、`net.Dial` 和 `exec.Command` 看不到它：客户端断开或到期之后，它们仍带着 goroutine、连接或进程继续等待，直到对方响应，也可能永远等下去。\n\n`http.Transport` 的 `Dial` 和 `DialTLS` 字段也是如此：无法得知请求已经结束，因此已被 `DialContext` 和 `DialTLSContext` 取代。本可由选项携带 context、却未传选项（`nil`）的调用亦然。\n\n对 `log/slog` 仅以提示级别报告，且仅限于在其他地方向日志传入 context 的包。',
    },
    silent: {
      en: '- no context is a parameter of the function, nor a request beside an `http.ResponseWriter`\n- the code runs in a goroutine, is deferred, or runs later\n- the call cleans up, handles an error, or comes after the context has ended\n- the request gets its context afterwards (`WithContext`), or is passed to somebody who may give it one\n- the command is only started, its `Process` is used, or it is passed on\n- the variant is newer than the Go version of the file, or the file is for old versions (`!go1.17`)\n- tests, and the package that has the function itself\n- the function in the `Dial` field of a transport is not in sight, or dials a Unix socket; one written by hand is a hint\n- only a hint: a call of a transaction or statement, which knows the context that it was begun with; and a function that uses no other `…Context` of the same value or package, while no other function of the package calls this one on the same field, where the author may not have had the context in mind; and a function literal that is given to a call whose error is looked at, which most likely runs it before it returns',
      'zh-cn':
        '- 函数没有 context 参数，也没有与 `http.ResponseWriter` 一起的请求参数\n- 代码在 goroutine 中运行、被 defer 或稍后运行\n- 该调用用于清理、处理错误，或在 context 结束之后执行\n- 请求之后才得到 context（`WithContext`），或被传给可能设置 context 的函数\n- 命令只被启动、使用了其 `Process`，或被传给别处\n- 该版本的函数比文件的 Go 版本更新，或文件只用于旧版本（`!go1.17`）\n- 测试，以及该函数所在的包本身\n- transport 的 `Dial` 字段中的函数不可见，或连接的是 Unix socket；自己编写的函数仅为提示\n- 仅为提示：事务或预编译语句的调用，它们已知道开始时的 context；以及函数中没有使用同一个值或包的其他 `…Context`、且包内其他函数也未在同一字段上调用该变体的情况；以及作为参数的函数字面量，且该调用返回的 error 被使用（很可能在返回之前就已运行该函数）',
    },
    fix: {
      en: 'Call the variant with the context: `QueryContext`, `http.NewRequestWithContext`, `exec.CommandContext`, `(&net.Dialer{}).DialContext`.',
      'zh-cn':
        '调用接受 context 的版本：`QueryContext`、`http.NewRequestWithContext`、`exec.CommandContext`、`(&net.Dialer{}).DialContext`。',
    },
    bad: `package p

import (
	"context"
	"database/sql"
)

func rename(ctx context.Context, db *sql.DB, id int, name string) error {
	_, err := db.Exec("UPDATE users SET name = ? WHERE id = ?", name, id)
	return err
}
`,
    good: `package p

import (
	"context"
	"database/sql"
)

func rename(ctx context.Context, db *sql.DB, id int, name string) error {
	_, err := db.ExecContext(ctx, "UPDATE users SET name = ? WHERE id = ?", name, id)
	return err
}
`,
  },
};
