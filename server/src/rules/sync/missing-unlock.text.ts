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
    'left-in-turn': {
      en: '`{name}` is still locked when the next turn of the loop goes on with another one on line {line}, because one way there has no `{unlock}`: whoever locks it next blocks for ever',
      'zh-cn':
        '循环在第 {line} 行转到下一个对象时 `{name}` 仍处于加锁状态，因为其中一条路径缺少 `{unlock}`：下一个加锁者将永远阻塞',
    },
    'read-left-in-turn': {
      en: '`{name}` is still locked for reading when the next turn of the loop goes on with another one on line {line}, because one way there has no `{unlock}`: the next `Lock` blocks for ever, and readers that come after it do, too',
      'zh-cn':
        '循环在第 {line} 行转到下一个对象时 `{name}` 仍持有读锁，因为其中一条路径缺少 `{unlock}`：下一个 `Lock` 将永远阻塞，其后的读者也一样',
    },
    'not-unlocked': {
      en: '`{call}` locks and leaves it to `{name}` to unlock, which is not called at the return on line {line}: whoever locks it next blocks for ever',
      'zh-cn': '`{call}` 加锁后把解锁交给 `{name}`，但在第 {line} 行返回时没有调用它：下一个加锁者将永远阻塞',
    },
    'not-ended': {
      en: '`{call}` locks and leaves it to `{name}` to unlock when it ends, which it does not before the return on line {line}: whoever locks it next blocks for ever',
      'zh-cn': '`{call}` 加锁后由 `{name}` 在结束时解锁，但在第 {line} 行返回之前它没有结束：下一个加锁者将永远阻塞',
    },
    'end-fails': {
      en: '`{call}` locks and leaves it to `{name}` to unlock when it ends: where `{end}` on line {line} fails it does not, and nothing else ends it, so whoever locks it next blocks for ever',
      'zh-cn':
        '`{call}` 加锁后由 `{name}` 在结束时解锁：第 {line} 行的 `{end}` 失败时并不会解锁，也没有别的操作结束它，因此下一个加锁者将永远阻塞',
    },
    'step-ends': { en: 'this is to end it', 'zh-cn': '此调用本应结束它' },
    'step-fails': { en: 'here it fails, and does not unlock', 'zh-cn': '它在此失败，并且没有解锁' },
    blocked: {
      en: '`{name}` cannot be locked{where} any more: it was locked on line {line}, and whoever did that has ended without unlocking it',
      'zh-cn': '`{name}` 再也无法加锁{where}：它在第 {line} 行被加锁，而加锁者已结束，没有解锁',
    },
    'slot-held-at-return': {
      en: 'The slot taken from `{name}` is not given back at the return on line {line}, where `{release}` is missing: after as many such ways out as there are slots, everybody blocks here for ever',
      'zh-cn':
        '在第 {line} 行返回时没有归还从 `{name}` 取得的名额，缺少 `{release}`：这样的返回次数达到名额总数后，所有 goroutine 都会永远阻塞在这里',
    },
    'slot-held-at-end': {
      en: 'The slot taken from `{name}` is not given back when the function ends on line {line}, because one way there has no `{release}`: after as many of these as there are slots, everybody blocks here for ever',
      'zh-cn':
        '函数在第 {line} 行结束时没有归还从 `{name}` 取得的名额，因为其中一条路径缺少 `{release}`：这样的次数达到名额总数后，所有 goroutine 都会永远阻塞在这里',
    },
    'slot-again': {
      en: 'The next turn of the loop takes another slot from `{name}` without `{release}` for this one: after as many such turns as there are slots, it blocks here for ever',
      'zh-cn':
        '循环的下一轮会在未执行 `{release}` 的情况下再次从 `{name}` 取得名额：这样的轮数达到名额总数后，它将永远阻塞在这里',
    },
    'step-slot': { en: 'a slot of `{name}` is taken here', 'zh-cn': '在此从 `{name}` 取得一个名额' },
    'slot-fix-defer': {
      en: 'Give the slot back with a deferred `{release}`',
      'zh-cn': '用 defer 执行 `{release}` 归还名额',
    },
    'slot-fix-before-return': {
      en: 'Add `{release}` before the return on line {line}',
      'zh-cn': '在第 {line} 行返回之前执行 `{release}`',
    },
    'slot-fix-before-continue': {
      en: 'Add `{release}` before the `continue` on line {line}',
      'zh-cn': '在第 {line} 行 `continue` 之前执行 `{release}`',
    },
    'slot-fix-before-each': {
      en: 'Add `{release}` on each of the {count} ways out that lack it',
      'zh-cn': '在缺少归还的 {count} 条路径上都执行 `{release}`',
    },
    'left-by-turns': {
      en: 'The return on line {line} leaves taken what `{call}` has taken in the turns before, which only the way to the end gives back: whoever wants one of these next waits for ever',
      'zh-cn':
        '第 {line} 行的返回没有归还 `{call}` 在之前各轮中取得的锁，只有走到最后的路径才会归还：下一个想取得其中之一的 goroutine 将永远等待',
    },
    'step-turn': {
      en: 'each turn of the loop takes one here, and the next turn follows',
      'zh-cn': '循环的每一轮都在此取得一个，然后进入下一轮',
    },
    'given-fix-before-each': {
      en: 'Add `{release}` on each of the {count} ways out that lack it',
      'zh-cn': '在缺少解锁的 {count} 条路径上都执行 `{release}`',
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
      en: 'A mutex is still locked on some way out of the function that locked it, or a slot of a semaphore is not given back.',
      'zh-cn': '函数的某条返回路径上没有释放它所加的互斥锁，或没有归还它取得的信号量名额。',
    },
    why: {
      en: 'A mutex that stays locked stops everyone who comes after: each goroutine that calls `Lock` waits for ever, and requests pile up behind it. The usual cause is an early return, a `break` or a `continue` put in between `Lock` and `Unlock` later on. The same goes for a function of the workspace that locks and returns what unlocks: `unlock := locks.Lock(key)`.\n\nA buffered channel that works as a semaphore is forgotten in the same way: `slots <- struct{}{}` takes a slot and `<-slots` gives it back, or the other way round where the channel is filled at the start; so do methods of the workspace that do nothing else, as `limit.Acquire(host)` and `limit.Release(host)`, or a method that returns what gives the slot back, `release := limit.Acquire()`. Each way out of the function, or of the goroutine that it was taken for, that keeps the slot leaves one less for everybody, and when none is left all of them wait for ever.',
      'zh-cn':
        '互斥锁一旦没有释放，之后所有调用 `Lock` 的 goroutine 都会永远等待，请求随之堆积。常见原因是后来在 `Lock` 与 `Unlock` 之间加入了提前 `return`、`break` 或 `continue`。工作区中加锁并返回解锁函数的函数也一样：`unlock := locks.Lock(key)`。\n\n用作信号量的带缓冲 channel 也会以同样方式被遗忘：`slots <- struct{}{}` 取得名额，`<-slots` 归还名额（若 channel 一开始就被填满，则方向相反）；工作区中只做这件事的方法也一样，例如 `limit.Acquire(host)` 与 `limit.Release(host)`，以及返回归还函数的方法 `release := limit.Acquire()`。每条未归还名额的路径都会使可用名额减少一个，耗尽之后所有人都会永远等待。',
    },
    silent: {
      en: '- the function never unlocks this mutex itself: it takes the lock for its caller, who has to unlock it where the function returns the value (where it returns nil in the place of what unlocks, that is told)\n- another function of the package unlocks what it did not lock, so the lock may be handed over\n- the mutex, or the value that holds it, is returned, stored or passed to somebody who may unlock it\n- locking or unlocking depends on a condition that is tested again, `TryLock` is used, or a closure unlocks\n- the way out panics or ends the process, or handles an error of a function of the package that is always nil\n- an exported function of the package lets go of the lock without having taken it\n- not everything that happens to the channel of a semaphore is seen, something else is done with it as well, or a function gives back what it has not taken\n- the slot is left to a goroutine or a closure that gives it back on every way, only the end of the function keeps it, or the channel is gone with the function\n- a loop takes several and another one gives them back (where a return in the first one leaves those of earlier turns, that is told)\n- the function runs once, and there are more slots\n- a value that unlocks when it ends (`tx := store.Begin()`) is kept by others as well, or its end fails only where it has ended before',
      'zh-cn':
        '- 函数自身从不释放该锁：它是替调用者加锁（若函数返回该值，则由调用者负责解锁；在本应返回可解锁之物处返回 nil 则会报告）\n- 包内有别的函数会释放并非自己所加的锁，因此锁可能被移交\n- 互斥锁或持有它的值被返回、保存，或传给可能解锁的代码\n- 加锁或解锁取决于会再次判断的条件，使用了 `TryLock`，或由闭包解锁\n- 该路径以 panic 或进程退出结束，或处理的是包内函数返回的、永远为 nil 的错误\n- 包中某个导出函数会释放它未获取的锁\n- 信号量的 channel 并非所有操作都可见、另有他用，或有函数归还它并未取得的名额\n- 名额交给在每条路径上都会归还它的 goroutine 或闭包，只有函数末尾保留名额，或 channel 随函数结束而消失\n- 由一个循环取得多个、另一个循环归还（若前一个循环中的返回遗留了之前各轮取得的锁，则会报告）\n- 函数只运行一次，并且还有其他名额\n- 结束时解锁的值（`tx := store.Begin()`）也被别处保存，或其结束操作只在它已经结束时才会失败',
    },
    fix: {
      en: 'Write `defer mu.Unlock()` right after `Lock`, and `defer func() { <-slots }()` right after a slot is taken. Where the lock must not be held until the end of the function, move the locked part into a function of its own, or unlock before each return.',
      'zh-cn':
        '在 `Lock` 之后立即写 `defer mu.Unlock()`，取得名额之后立即写 `defer func() { <-slots }()`。如果不能一直持锁到函数结束，请把加锁部分移到单独的函数里，或在每个返回之前解锁。',
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
