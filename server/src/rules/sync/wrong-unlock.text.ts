import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    'read-lock': {
      en: '`{name}` is only locked for reading here (line {line}), and `Unlock` releases a write lock that nobody holds: the program stops with a fatal error that cannot be recovered',
      'zh-cn':
        '这里的 `{name}` 只加了读锁（第 {line} 行），而 `Unlock` 释放的是没有人持有的写锁：程序会因无法恢复的致命错误而终止',
    },
    'write-lock': {
      en: '`{name}` is locked for writing here (line {line}), and `RUnlock` releases a read lock that nobody holds: the program stops with a fatal error that cannot be recovered',
      'zh-cn':
        '这里的 `{name}` 加的是写锁（第 {line} 行），而 `RUnlock` 释放的是没有人持有的读锁：程序会因无法恢复的致命错误而终止',
    },
    'deferred-lock': {
      en: '`{name}` is locked on line {line} and never unlocked here, and this locks it once more when the function ends: the goroutine blocks on itself for ever',
      'zh-cn':
        '`{name}` 在第 {line} 行加锁后从未解锁，而这里又会在函数结束时再次加锁：该 goroutine 将永远阻塞在自己持有的锁上',
    },
    'deferred-read-lock': {
      en: '`{name}` is locked for reading on line {line} and never unlocked here, and this locks it once more when the function ends: the next `Lock` blocks for ever',
      'zh-cn': '`{name}` 在第 {line} 行加读锁后从未解锁，而这里又会在函数结束时再加一次读锁：下一个 `Lock` 将永远阻塞',
    },
    'step-locked': { en: '`{name}.{method}()` takes the lock', 'zh-cn': '`{name}.{method}()` 在此加锁' },
    'step-unlocked': {
      en: '`{name}.{method}()` is not what releases it',
      'zh-cn': '`{name}.{method}()` 并不能释放它',
    },
    'step-deferred': {
      en: '`{name}.{method}()` runs when the function ends',
      'zh-cn': '`{name}.{method}()` 在函数结束时执行',
    },
    'fix-rename': { en: 'Call `{to}`', 'zh-cn': '改为调用 `{to}`' },
  },
  docs: {
    summary: {
      en: 'A lock is released by the wrong operation: `RLock` by `Unlock`, `Lock` by `RUnlock`, or by a deferred `Lock`.',
      'zh-cn': '用错误的操作释放锁：`RLock` 配 `Unlock`，`Lock` 配 `RUnlock`，或者 defer 的是 `Lock`。',
    },
    why: {
      en: 'An `RWMutex` has two locks in one. `Unlock` without a writer and `RUnlock` without a reader end the program with `fatal error: sync: Unlock of unlocked RWMutex`, which `recover` does not catch; where another goroutine holds the other lock at that moment, its lock is taken away from it and two goroutines work on the same data.\n\n`defer mu.Lock()` is one letter pair away from `defer mu.Unlock()`: the function locks twice, and blocks on itself when it ends.',
      'zh-cn':
        '`RWMutex` 实际上包含两种锁。没有写者时调用 `Unlock`、没有读者时调用 `RUnlock`，程序都会以 `fatal error: sync: Unlock of unlocked RWMutex` 终止，`recover` 无法捕获；如果此刻另一个 goroutine 恰好持有另一种锁，它的锁会被夺走，两个 goroutine 就会同时操作同一份数据。\n\n`defer mu.Lock()` 与 `defer mu.Unlock()` 只差两个字母：函数会加锁两次，并在结束时阻塞在自己身上。',
    },
    silent: {
      en: '- the function takes the lock in both ways, or with `TryLock` or `TryRLock`\n- the first thing it does to the lock is to unlock it: it was called with the lock\n- the unlock cannot be reached from the lock, or is in another function or in a closure that is not deferred\n- the variable is assigned more than once, so that it may stand for several locks\n- `defer mu.Lock()` in a function that unlocks: it lets go of a lock for a while',
      'zh-cn':
        '- 函数以两种方式加锁，或者使用 `TryLock`、`TryRLock`\n- 函数对该锁的第一个操作是解锁：调用时已持有锁\n- 从加锁处无法到达解锁处，或者解锁位于另一个函数或未被 defer 的闭包中\n- 变量被多次赋值，可能代表多个锁\n- 在会解锁的函数中 `defer mu.Lock()`：它只是暂时放开锁',
    },
    fix: {
      en: 'Release a lock by the operation that goes with the one that took it: `RLock` and `RUnlock`, `Lock` and `Unlock`.',
      'zh-cn': '用与加锁配对的操作来释放：`RLock` 配 `RUnlock`，`Lock` 配 `Unlock`。',
    },
    bad: `package p

import "sync"

type cache struct {
	mu    sync.RWMutex
	items map[string]string
}

func (c *cache) get(key string) string {
	c.mu.RLock()
	defer c.mu.Unlock()
	return c.items[key]
}
`,
    good: `package p

import "sync"

type cache struct {
	mu    sync.RWMutex
	items map[string]string
}

func (c *cache) get(key string) string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.items[key]
}
`,
  },
};
