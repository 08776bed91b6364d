import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ignores: {
      en: 'This `select {}` waits for nothing, so the call never returns, not even when `{ctx}` is done',
      'zh-cn': '该 `select {}` 什么也不等待，因此这次调用永远不会返回，即使 `{ctx}` 已经结束',
    },
    parks: {
      en: 'This `select {}` waits for nothing, so a call of `{func}` never returns and its goroutine stays for ever',
      'zh-cn': '该 `select {}` 什么也不等待，因此对 `{func}` 的调用永远不会返回，其 goroutine 会一直留存',
    },
    'fix-wait': { en: 'Wait until `{ctx}` is done', 'zh-cn': '等待 `{ctx}` 结束' },
  },
  docs: {
    summary: {
      en: 'A `select {}` outside `main` blocks whoever comes to it for ever.',
      'zh-cn': '`main` 之外的 `select {}` 会永远阻塞执行到它的 goroutine。',
    },
    why: {
      en: 'A `select` without cases can never go on. At the end of `main` it keeps a program alive; in any other function the caller never gets control back, its deferred calls do not run, and the goroutine with its stack and all it refers to stays until the process ends. Each further call leaves one more behind, and a shutdown that waits for the function hangs.\n\nWhere a context or a request is in scope, somebody counts on the call to end with it: a warning. It is a hint where only some case leads to the `select {}`, and in a function that has no context.',
      'zh-cn':
        '没有任何分支的 `select` 永远无法继续。在 `main` 末尾它用于保持程序运行；在其他函数里，调用方再也拿不回控制权，其 defer 调用不会执行，goroutine 连同它的栈以及它引用的一切会保留到进程结束。每多调用一次就多留下一个，等待该函数的关闭流程也会卡住。\n\n作用域内有 context 或请求时，说明有人指望这次调用随之结束，因此报告为警告。如果只有某种情况才会执行到 `select {}`，或者函数没有 context，则仅为提示。',
    },
    silent: {
      en: '- in `main`, `init`, `TestMain`, and in what only these or the commands of a command line call\n- on a goroutine whose start is seen: `goroutine-never-exits` speaks of it there\n- a comment at the statement or above the function says that it is meant (`// block forever`, `// Wait never returns.`), not that it ends with a context\n- the line before logs that the process runs or waits\n- the process ends meanwhile: `go panic(err)`, a goroutine that calls `os.Exit`, a signal to a process\n- without a context: where only some case leads to it, and in function literals\n- the context can never end: it is `context.Background()`\n- `//hygiene:daemon` stands above the function or at the statement\n- in tests',
      'zh-cn':
        '- 位于 `main`、`init`、`TestMain`，或只被它们或命令行命令调用的函数中\n- 运行在能看到启动处的 goroutine 上：由 `goroutine-never-exits` 在启动处报告\n- 语句处或函数上方的注释说明这是有意的（`// block forever`、`// Wait never returns.`），而不是说它会随 context 结束\n- 前一行的日志说明进程正在运行或等待\n- 进程会在此期间结束：`go panic(err)`、调用 `os.Exit` 的 goroutine、发给进程的信号\n- 没有 context 时：只有某种情况才会执行到它，或位于函数字面量中\n- context 永远不会结束：它是 `context.Background()`\n- 函数上方或语句处有 `//hygiene:daemon`\n- 测试代码中',
    },
    fix: {
      en: 'Wait for the end of the context: `<-ctx.Done()`, and return its error where the function returns one. Where the wait is meant to last as long as the process, say so with `//hygiene:daemon reason`.',
      'zh-cn':
        '改为等待 context 结束：`<-ctx.Done()`；函数返回 error 时返回 context 的错误。如果本来就要等到进程结束，请用 `//hygiene:daemon 原因` 注明。',
    },
    bad: `package p

import "context"

func Run(ctx context.Context, serve func(context.Context)) error {
	go serve(ctx)
	select {}
}
`,
    good: `package p

import "context"

func Run(ctx context.Context, serve func(context.Context)) error {
	go serve(ctx)
	<-ctx.Done()
	return ctx.Err()
}
`,
  },
};
