import { MODEL_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...MODEL_MESSAGES,
    close: {
      en: '`{name}` may be closed already: closing it again{where} panics',
      'zh-cn': '`{name}` 可能已关闭：再次关闭{where}会 panic',
    },
    'fix-drop': {
      en: 'Delete the close on line {line}: the deferred one follows it',
      'zh-cn': '删除第 {line} 行的关闭：随后 defer 会关闭它',
    },
  },
  docs: {
    summary: { en: 'A channel is closed a second time.', 'zh-cn': 'channel 被第二次关闭。' },
    why: {
      en: 'Closing a closed channel panics, which ends the process unless it is recovered. It happens when a `defer close(ch)` is joined by another `close(ch)` on an error, when each of several goroutines closes, and when a `Stop` method is called twice.',
      'zh-cn':
        '关闭已关闭的 channel 会 panic；如果没有 recover，进程将终止。常见于已有 `defer close(ch)` 又在出错时再次 `close(ch)`、多个 goroutine 各自关闭，以及 `Stop` 方法被调用两次。',
    },
    silent: {
      en: '- a lock, a `sync.Once`, a `WaitGroup` or a receive puts the operations in order\n- the channel is passed to or comes from code that is not seen\n- too many interleavings to look at all of them',
      'zh-cn':
        '- 锁、`sync.Once`、`WaitGroup` 或接收操作保证了先后顺序\n- channel 来自或传给看不到的代码\n- 交错执行的情况太多，无法全部检查',
    },
    fix: {
      en: 'Let one place close. Where several may be the first, `sync.Once`: `once.Do(func() { close(ch) })`.',
      'zh-cn': '只在一处关闭。如果多处都可能最先关闭，使用 `sync.Once`：`once.Do(func() { close(ch) })`。',
    },
    bad: `package p

func run(work func() error) error {
	done := make(chan struct{})
	defer close(done)
	if err := work(); err != nil {
		close(done)
		return err
	}
	return nil
}
`,
    good: `package p

func run(work func() error) error {
	done := make(chan struct{})
	defer close(done)
	return work()
}
`,
  },
};
