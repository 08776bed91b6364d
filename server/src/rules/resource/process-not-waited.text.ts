import { PATH_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    'never-waited': {
      en: 'nothing waits for the process in `{field}`: `{method}` ends the value, and the process stays in the table of processes with what the standard library keeps for it',
      'zh-cn':
        '没有任何代码等待 `{field}` 中的进程：`{method}` 结束该值之后，进程仍留在进程表中，标准库为它保留的资源也不会释放',
    },
    'step-value-ends': {
      en: 'The value ends here, without waiting for the process',
      'zh-cn': '该值在此结束，没有等待进程',
    },
    ...PATH_MESSAGES,
    'not-closed': {
      en: '`{name}` is not waited for on every way out: after the return on line {line} the process that `{call}` started stays a zombie when it ends, and its pipes stay open',
      'zh-cn':
        '`{name}` 并非在每条路径上都被等待：在第 {line} 行返回之后，`{call}` 启动的进程结束时会变成僵尸进程，其管道也不会关闭',
    },
    again: {
      en: '`{name}` is not waited for before `{call}` runs again: each turn of the loop leaves a zombie process',
      'zh-cn': '在再次执行 `{call}` 之前没有等待 `{name}`：循环每执行一次就多留下一个僵尸进程',
    },
    overwritten: {
      en: '`{name}` gets a new value on line {line} before it was waited for: the process that `{call}` started stays a zombie when it ends',
      'zh-cn': '`{name}` 在被等待之前就在第 {line} 行被重新赋值：`{call}` 启动的进程结束时会变成僵尸进程',
    },
    'goroutines-not-closed': {
      en: '`{name}` is not waited for on every way out: after the return on line {line} nobody reaps the process, and the goroutines that `{call}` started to copy its data or to watch its context may stay for ever',
      'zh-cn':
        '`{name}` 并非在每条路径上都被等待：在第 {line} 行返回之后，没有人回收该进程，`{call}` 为复制数据或监视 context 而启动的 goroutine 可能永远存在',
    },
    'goroutines-again': {
      en: '`{name}` is not waited for before `{call}` runs again: each turn of the loop leaves a zombie process and the goroutines that serve it',
      'zh-cn': '在再次执行 `{call}` 之前没有等待 `{name}`：循环每执行一次就多留下一个僵尸进程和服务它的 goroutine',
    },
    'goroutines-overwritten': {
      en: '`{name}` gets a new value on line {line} before it was waited for: the process and the goroutines that `{call}` started for it stay',
      'zh-cn': '`{name}` 在被等待之前就在第 {line} 行被重新赋值：该进程以及 `{call}` 为它启动的 goroutine 会一直存在',
    },
    'step-acquired': { en: 'from here on `{name}` has to be waited for', 'zh-cn': '从这里起必须等待 `{name}`' },
    'fix-defer': { en: 'Add `defer {release}`', 'zh-cn': '添加 `defer {release}`' },
    'fix-before-return': {
      en: 'Call `{release}` before the return on line {line}',
      'zh-cn': '在第 {line} 行返回之前调用 `{release}`',
    },
    'fix-before-each': {
      en: 'Call `{release}` before each of the {count} returns that lack it',
      'zh-cn': '在缺少等待的 {count} 处返回之前都调用 `{release}`',
    },
    'fix-kill-before-each': {
      en: 'Kill the process and call `{release}` before each of the {count} returns that lack it',
      'zh-cn': '在缺少等待的 {count} 处返回之前都结束该进程并调用 `{release}`',
    },
    'fix-kill-before-return': {
      en: 'Kill the process and call `{release}` before the return on line {line}',
      'zh-cn': '在第 {line} 行返回之前结束该进程并调用 `{release}`',
    },
    'fix-background': { en: 'Wait in a goroutine: `go {release}`', 'zh-cn': '在 goroutine 中等待：`go {release}`' },
  },
  docs: {
    summary: {
      en: 'A process is started, and on some way out nobody waits for it.',
      'zh-cn': '启动了进程，但在某条返回路径上没有等待它。',
    },
    why: {
      en: '`Start` returns at once. `Wait` takes the exit status of the process, closes its pipes, and ends the goroutines that copy its input and output and that watch its context. Without it, a process that has ended stays in the table of processes as a zombie, and that table is finite; the pipes stay open; and the goroutine that watches the context is blocked for ever once the context has ended. The usual cause is a return for an error between `Start` and `Wait`.',
      'zh-cn':
        '`Start` 会立即返回。`Wait` 负责取得进程的退出状态、关闭管道，并结束复制输入输出和监视 context 的 goroutine。如果不调用它，已结束的进程会作为僵尸留在容量有限的进程表中；管道一直打开；而监视 context 的 goroutine 在 context 结束后会永远阻塞。常见原因是在 `Start` 与 `Wait` 之间因错误提前返回。',
    },
    silent: {
      en: '- `Wait` is called by a helper, in a goroutine or in a deferred function\n- the command is returned, stored, or passed to code that may wait for it, also before it is started; of a command in a field it is told where a method ends the value and nothing waits\n- `cmd.Process` is kept, waited for or released, or its number goes somewhere\n- the process has a session or group of its own (`Setsid`, `Setpgid`): it is meant to go its own way\n- the command comes from somewhere else\n- the way out is the one on which `Start` failed\n- code that runs once in the life of the process\n\nA way on which nothing else went wrong is told first, where there is one. It is a hint in a command with which the process ends, and where no goroutine serves the process and nobody ever waits or it has no pipes: one entry in the table of processes is left.',
      'zh-cn':
        '- `Wait` 由辅助函数、goroutine 或 defer 的函数调用\n- 命令（也可能在启动之前）被返回、保存，或交给可能等待它的代码；对于字段中的命令，仅当某个方法结束该值而没有任何代码等待时才会指出\n- `cmd.Process` 被保存、等待或释放，或其进程号被传给别处\n- 进程有自己的会话或进程组（`Setsid`、`Setpgid`）：本就打算独立运行\n- 命令来自别处\n- 该路径是 `Start` 失败的路径\n- 在进程生命周期内只执行一次的代码\n\n若有没有出错的路径，则首先指出该路径。位于执行完进程即结束的命令中，或者没有 goroutine 为该进程服务、并且从不等待或没有管道（只留下进程表中的一项）时，只给出提示。',
    },
    fix: {
      en: 'Call `Wait` on every way out; on the way of an error, kill the process first. Who does not care about the end writes `go cmd.Wait()`.',
      'zh-cn':
        '在每条返回路径上调用 `Wait`；在出错的路径上，先结束该进程。如果不关心它何时结束，可以写 `go cmd.Wait()`。',
    },
    bad: `package p

import (
	"bufio"
	"context"
	"errors"
	"os/exec"
)

func firstLine(ctx context.Context, name string) (string, error) {
	cmd := exec.CommandContext(ctx, name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		return "", errors.New("no output")
	}
	return lines.Text(), cmd.Wait()
}
`,
    good: `package p

import (
	"bufio"
	"context"
	"errors"
	"os/exec"
)

func firstLine(ctx context.Context, name string) (string, error) {
	cmd := exec.CommandContext(ctx, name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		return "", errors.Join(errors.New("no output"), cmd.Wait())
	}
	return lines.Text(), cmd.Wait()
}
`,
  },
};
