import { MODEL_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...MODEL_MESSAGES,
    again: {
      en: '`{name}` is locked again{where} by the goroutine that already holds it: a mutex does not know who holds it, so the goroutine waits for itself for ever',
      'zh-cn':
        '`{name}` 被再次加锁{where}，而该 goroutine 已持有它：互斥锁不记录持有者，因此该 goroutine 会永远等待自己',
    },
    'again-since': {
      en: '`{name}` is locked again{where} by the goroutine that has held it since line {line}: a mutex does not know who holds it, so the goroutine waits for itself for ever',
      'zh-cn':
        '`{name}` 被再次加锁{where}，而该 goroutine 自第 {line} 行起就已持有它：互斥锁不记录持有者，因此该 goroutine 会永远等待自己',
    },
    'read-in-write': {
      en: '`{name}` is locked for reading{where} by the goroutine that has held it for writing since line {line}: it waits for itself for ever',
      'zh-cn': '`{name}` 被加读锁{where}，而该 goroutine 自第 {line} 行起已持有它的写锁：它会永远等待自己',
    },
    'write-in-read': {
      en: '`{name}` is locked for writing{where} by the goroutine that has held it for reading since line {line}: a writer waits for all readers, so the goroutine waits for itself for ever',
      'zh-cn':
        '`{name}` 被加写锁{where}，而该 goroutine 自第 {line} 行起已持有它的读锁：写者要等待所有读者，因此该 goroutine 会永远等待自己',
    },
    'read-in-read': {
      en: '`{name}` is locked for reading{where} by a goroutine that already reads: when another one has called `Lock` in between, the second `RLock` waits for that writer, and the writer waits for the first `RLock` to end',
      'zh-cn':
        '`{name}` 被加读锁{where}，而该 goroutine 已持有读锁：如果其间另一个 goroutine 调用了 `Lock`，第二个 `RLock` 会等待该写者，而写者又在等待第一个读锁释放',
    },
    'again-by': {
      en: '`{name}` is locked again here when `{call}` is called at {place} by a goroutine that holds it: a mutex does not know who holds it, so the goroutine waits for itself for ever',
      'zh-cn':
        '持有 `{name}` 的 goroutine 在 {place} 调用 `{call}` 时会在此处再次对它加锁：互斥锁不记录持有者，因此该 goroutine 会永远等待自己',
    },
    'read-in-read-by': {
      en: '`{name}` is locked for reading again here when `{call}` is called at {place} by a goroutine that already reads: when another one has called `Lock` in between, the second `RLock` waits for that writer, and the writer for the first `RLock` to end',
      'zh-cn':
        '已持有 `{name}` 读锁的 goroutine 在 {place} 调用 `{call}` 时会在此处再次加读锁：如果其间另一个 goroutine 调用了 `Lock`，第二个 `RLock` 会等待该写者，而写者又在等待第一个读锁释放',
    },
    'step-held': { en: 'the lock is held from here on', 'zh-cn': '从这里起持有该锁' },
    'step-given': { en: 'this is what may be called', 'zh-cn': '可能被调用的就是它' },
    'step-calls': { en: 'it calls this function', 'zh-cn': '它调用这个函数' },
    'step-locked-again': { en: 'which wants the same lock', 'zh-cn': '后者请求同一把锁' },
    'step-read': { en: 'the goroutine reads from here on', 'zh-cn': 'goroutine 从这里开始持有读锁' },
    'step-read-again': { en: 'and asks to read once more', 'zh-cn': '并再次请求读锁' },
    'step-writer': {
      en: 'another goroutine that asks to write here, between the two, is waited for and waits itself',
      'zh-cn': '若另一个 goroutine 在两者之间于此请求写锁，则双方互相等待',
    },
    'fix-unlock-first': {
      en: 'Call `{call}` before the call that locks again',
      'zh-cn': '在再次加锁的调用之前先调用 `{call}`',
    },
    'fix-drop-lock': {
      en: 'Leave out `{call}`: all callers hold the lock',
      'zh-cn': '去掉 `{call}`：所有调用方都已持有该锁',
    },
  },
  docs: {
    summary: {
      en: 'A goroutine locks a mutex that it already holds.',
      'zh-cn': 'goroutine 对自己已持有的互斥锁再次加锁。',
    },
    why: {
      en: 'Mutexes in Go are not reentrant: `Lock` waits until the mutex is free, also when the caller itself is the one who has to free it. It happens when a method that locks calls another one that locks, or calls back into code that does. The goroutine stays for ever, with the lock, and everybody who needs it after that stays too.\n\n`RLock` twice works until a writer comes in between: a waiting `Lock` holds up new readers, so the second `RLock` waits for the writer, and the writer for the first reader.',
      'zh-cn':
        'Go 的互斥锁不可重入：`Lock` 会一直等到锁空闲，即使该释放锁的正是调用者自己。常见于加锁的方法调用了另一个加锁的方法，或回调到会加锁的代码。该 goroutine 会带着锁永远停在那里，之后需要这把锁的所有人也都会卡住。\n\n连续两次 `RLock` 在没有写者插入时可以工作：正在等待的 `Lock` 会挡住新的读者，于是第二个 `RLock` 等待写者，而写者等待第一个读者。',
    },
    silent: {
      en: '- the mutex is unlocked in between on every way that leads there\n- the locks belong to different values, or may do\n- the second lock is taken with `TryLock`, or by another goroutine that is not waited for\n- a hook or a method of an interface takes the lock, but the package does not show that it can be the one that is called, or a flag may say that the lock is held\n- `RLock` twice while nobody is seen that writes\n- the lock was left locked by a function that has returned: `missing-unlock` speaks of that',
      'zh-cn':
        '- 到达该处的每条路径上都已先解锁\n- 两把锁属于（或可能属于）不同的值\n- 第二次用 `TryLock` 获取，或由另一个无人等待的 goroutine 获取\n- 钩子或接口方法会加锁，但包内看不出被调用的就是它，或可能有标志表明锁已被持有\n- 连续两次 `RLock`，但看不到写者\n- 锁由已返回的函数遗留未释放：由 `missing-unlock` 报告',
    },
    fix: {
      en: 'Split the method in two: the exported one locks and calls an unexported one that expects the lock to be held. Call back only after `Unlock`.',
      'zh-cn': '把方法拆成两个：对外的方法加锁，再调用一个要求已持有锁的内部方法。在 `Unlock` 之后再调用回调。',
    },
    bad: `package p

import "sync"

type Counter struct {
	mu    sync.Mutex
	total int
}

func (c *Counter) Total() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.total
}

func (c *Counter) Add(n int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.total += n
	return c.Total()
}
`,
    good: `package p

import "sync"

type Counter struct {
	mu    sync.Mutex
	total int
}

func (c *Counter) Total() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.total
}

func (c *Counter) Add(n int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.total += n
	return c.total
}
`,
  },
};
