import { DEFER_MESSAGES, MODEL_MESSAGES, PATH_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...DEFER_MESSAGES,
    ...MODEL_MESSAGES,
    ...PATH_MESSAGES,
    'held-at-return': {
      en: '`{name}` is still locked at the return on line {line}, where `{unlock}` is missing: whoever locks it next blocks for ever',
      'zh-cn': '在第 {line} 行返回时 `{name}` 仍处于加锁状态，缺少 `{unlock}`：下一个加锁者将永远阻塞',
    },
    'held-at-end': {
      en: '`{name}` is still locked when the function ends on line {line}, because one way there has no `{unlock}`: whoever locks it next blocks for ever',
      'zh-cn':
        '函数在第 {line} 行结束时 `{name}` 仍处于加锁状态，因为其中一条路径缺少 `{unlock}`：下一个加锁者将永远阻塞',
    },
    again: {
      en: '`{name}` is locked again here by the next turn of the loop, which reaches it without `{unlock}`: the goroutine blocks on itself for ever',
      'zh-cn':
        '循环的下一轮会在未调用 `{unlock}` 的情况下再次在此对 `{name}` 加锁：该 goroutine 将永远阻塞在自己持有的锁上',
    },
    'read-held-at-return': {
      en: '`{name}` is still locked for reading at the return on line {line}, where `{unlock}` is missing: the next `Lock` blocks for ever, and readers that come after it do, too',
      'zh-cn': '在第 {line} 行返回时 `{name}` 仍持有读锁，缺少 `{unlock}`：下一个 `Lock` 将永远阻塞，其后的读者也一样',
    },
    'read-held-at-end': {
      en: '`{name}` is still locked for reading when the function ends on line {line}, because one way there has no `{unlock}`: the next `Lock` blocks for ever, and readers that come after it do, too',
      'zh-cn':
        '函数在第 {line} 行结束时 `{name}` 仍持有读锁，因为有一条路径没有 `{unlock}`：下一个 `Lock` 将永远阻塞，其后的读者也一样',
    },
    'read-again': {
      en: '`{name}` is locked for reading again here by the next turn of the loop, which reaches it without `{unlock}`: the read locks pile up and the next `Lock` blocks for ever',
      'zh-cn':
        '循环的下一轮会在未调用 `{unlock}` 的情况下再次在此对 `{name}` 加读锁：读锁不断累积，下一个 `Lock` 将永远阻塞',
    },
    blocked: {
      en: '`{name}` cannot be locked{where} any more: it was locked on line {line}, and whoever did that has ended without unlocking it',
      'zh-cn': '`{name}` 再也无法加锁{where}：它在第 {line} 行被加锁，而加锁者已结束，没有解锁',
    },
    'step-locked': { en: '`{name}` is locked here', 'zh-cn': '`{name}` 在此加锁' },
    'fix-defer': {
      en: 'Unlock with `defer {name}.{unlock}()` right after the lock',
      'zh-cn': '加锁后立即用 `defer {name}.{unlock}()` 解锁',
    },
    'fix-before-return': {
      en: 'Call `{name}.{unlock}()` before the return on line {line}',
      'zh-cn': '在第 {line} 行返回之前调用 `{name}.{unlock}()`',
    },
    'fix-before-continue': {
      en: 'Call `{name}.{unlock}()` before the `continue` on line {line}',
      'zh-cn': '在第 {line} 行 `continue` 之前调用 `{name}.{unlock}()`',
    },
    'fix-before-each': {
      en: 'Call `{name}.{unlock}()` on each of the {count} ways out that lack it',
      'zh-cn': '在缺少解锁的 {count} 条路径上都调用 `{name}.{unlock}()`',
    },
  },
  docs: {
    summary: {
      en: 'A mutex is still locked on some way out of the function that locked it.',
      'zh-cn': '函数的某条返回路径上没有释放它所加的互斥锁。',
    },
    why: {
      en: 'A mutex that stays locked stops everyone who comes after: each goroutine that calls `Lock` waits for ever, and requests pile up behind it. The usual cause is an early return, a `break` or a `continue` put in between `Lock` and `Unlock` later on.',
      'zh-cn':
        '互斥锁一旦没有释放，之后所有调用 `Lock` 的 goroutine 都会永远等待，请求随之堆积。常见原因是后来在 `Lock` 与 `Unlock` 之间加入了提前 `return`、`break` 或 `continue`。',
    },
    silent: {
      en: '- the function never unlocks this mutex itself: it takes the lock for its caller\n- another function of the package unlocks what it did not lock, so the lock may be handed over\n- the mutex, or the value that holds it, is returned, stored or passed to somebody who may unlock it\n- locking or unlocking depends on a condition that is tested again, `TryLock` is used, or a closure unlocks\n- the way out panics or ends the process, or handles an error of a function of the package that is always nil\n- an exported function of the package lets go of the lock without having taken it',
      'zh-cn':
        '- 函数自身从不释放该锁：它是替调用者加锁\n- 包内有别的函数会释放并非自己所加的锁，因此锁可能被移交\n- 互斥锁或持有它的值被返回、保存，或传给可能解锁的代码\n- 加锁或解锁取决于会再次判断的条件，使用了 `TryLock`，或由闭包解锁\n- 该路径以 panic 或进程退出结束，或处理的是包内函数返回的、永远为 nil 的错误\n- 包中某个导出函数会释放它未获取的锁',
    },
    fix: {
      en: 'Write `defer mu.Unlock()` right after `Lock`. Where the lock must not be held until the end of the function, move the locked part into a function of its own, or unlock before each return.',
      'zh-cn':
        '在 `Lock` 之后立即写 `defer mu.Unlock()`。如果不能一直持锁到函数结束，请把加锁部分移到单独的函数里，或在每个返回之前解锁。',
    },
    bad: `package p

import (
	"errors"
	"sync"
)

type account struct {
	mu      sync.Mutex
	balance int
}

func (a *account) withdraw(amount int) error {
	a.mu.Lock()
	if amount > a.balance {
		return errors.New("insufficient funds")
	}
	a.balance -= amount
	a.mu.Unlock()
	return nil
}
`,
    good: `package p

import (
	"errors"
	"sync"
)

type account struct {
	mu      sync.Mutex
	balance int
}

func (a *account) withdraw(amount int) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if amount > a.balance {
		return errors.New("insufficient funds")
	}
	a.balance -= amount
	return nil
}
`,
  },
};
