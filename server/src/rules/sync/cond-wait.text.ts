import { DEFER_MESSAGES, MODEL_MESSAGES, WAKE_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...MODEL_MESSAGES,
    ...DEFER_MESSAGES,
    ...WAKE_MESSAGES,
    'not-in-loop': {
      en: '`{name}.Wait` is not in a loop: when it returns, another goroutine may have been faster or the signal was meant for another one, so `{cond}` may still hold and the code goes on all the same',
      'zh-cn':
        '`{name}.Wait` 不在循环中：当它返回时，可能别的 goroutine 已抢先一步，或信号本是发给别人的，`{cond}` 可能仍然成立，而代码却照常继续执行',
    },
    'never-signalled': {
      en: '`{name}.Wait` never returns: nothing in the package calls `{name}.Signal` or `{name}.Broadcast`, and no other code can reach `{name}`',
      'zh-cn':
        '`{name}.Wait` 永远不会返回：包内没有任何代码调用 `{name}.Signal` 或 `{name}.Broadcast`，而其他代码无法访问 `{name}`',
    },
    'signal-lost': {
      en: '`{name}.Wait` looks at no condition: the goroutine started on line {go} may signal before the wait begins, that signal is lost, and the wait does not end',
      'zh-cn':
        '`{name}.Wait` 没有检查任何条件：第 {go} 行启动的 goroutine 可能在等待开始之前就发出信号，该信号会丢失，等待不会结束',
    },
    missed: {
      en: '`{name}.Wait`{where} may never return: the signal on line {line} can come before this wait begins, or wake another goroutine, and nobody is left who gives another one',
      'zh-cn':
        '`{name}.Wait`{where} 可能永远不会返回：第 {line} 行的信号可能在等待开始之前发出，或唤醒了别的 goroutine，而再也没有人会发出下一个信号',
    },
    'nobody-left': {
      en: '`{name}.Wait`{where} may never return: everybody who could signal has ended or is blocked',
      'zh-cn': '`{name}.Wait`{where} 可能永远不会返回：所有能发出信号的 goroutine 都已结束或被阻塞',
    },
    'left-asleep': {
      en: '`{name}.Wait` may go on waiting after its condition has ended: `{by}` changes what the loop asks about and wakes nobody, as `{other}` does',
      'zh-cn':
        '`{name}.Wait` 可能在其条件已不成立后仍继续等待：`{by}` 修改了循环所检查的内容，却没有像 `{other}` 那样唤醒等待者',
    },
    'given-back': {
      en: '`{name}.Wait` may go on waiting after its condition has ended: on line {line} `{by}` takes back what it has changed before, and wakes nobody, as `{other}` does',
      'zh-cn':
        '`{name}.Wait` 可能在其条件已不成立后仍继续等待：`{by}` 在第 {line} 行撤销了它先前的修改，却没有像 `{other}` 那样唤醒等待者',
    },
    'left-one-way': {
      en: '`{name}.Wait` may go on waiting after its condition has ended: on line {line} `{by}` changes what the loop asks about and returns without waking anybody, as it does on other ways',
      'zh-cn':
        '`{name}.Wait` 可能在其条件已不成立后仍继续等待：`{by}` 在第 {line} 行修改了循环所检查的内容后便返回，没有像在其他路径上那样唤醒等待者',
    },
    'wrong-waiter': {
      en: '`{name}.Wait` may go on waiting after its condition has ended: the `Signal` on line {line} wakes only one, and that may be who waits on line {at} in `{other}`, where `{cond}` still holds, so that it goes back to sleep and the signal is used up',
      'zh-cn':
        '`{name}.Wait` 可能在其条件已不成立后仍继续等待：第 {line} 行的 `Signal` 只唤醒一个等待者，它可能唤醒 `{other}` 中第 {at} 行的等待者，而那里的 `{cond}` 仍然成立，于是它再次休眠，这个信号就被浪费了',
    },
    'one-of-many': {
      en: '`{name}.Wait` may go on waiting after its condition has ended: several may wait here, the change on line {at} may end the wait of more than one or of any of them, and the `Signal` on line {line} wakes one, whichever it is, which wakes nobody else',
      'zh-cn':
        '`{name}.Wait` 可能在其条件已不成立后仍继续等待：这里可能有多个 goroutine 在等待，第 {at} 行的修改可能结束其中多个或任意一个的等待，而第 {line} 行的 `Signal` 只唤醒任意一个，它也不会再唤醒其他等待者',
    },
    'left-incomplete': {
      en: '`{name}.Wait` may never return: on line {line} `{by}` may make `{cond}` true, for which those who wait here would be woken, but nothing asks for it there and wakes them',
      'zh-cn':
        '`{name}.Wait` 可能永远不会返回：`{by}` 在第 {line} 行可能使 `{cond}` 成立，而在此等待者本应因此被唤醒，但那里没有任何代码检查它并唤醒等待者',
    },
    'step-complete': {
      en: 'whoever finds `{cond}` wakes the others and does not wait',
      'zh-cn': '发现 `{cond}` 成立者会唤醒其他等待者，自己不等待',
    },
    'step-completes': {
      en: 'after this `{cond}` may hold, but nobody who would find it comes any more',
      'zh-cn': '此后 `{cond}` 可能成立，但不会再有人来检查它',
    },
    'step-many-wait': {
      en: 'several goroutines may wait here at the same time',
      'zh-cn': '多个 goroutine 可能同时在这里等待',
    },
    'step-each-waits': {
      en: 'several goroutines may wait here at the same time, each with a `{position}` of its own',
      'zh-cn': '多个 goroutine 可能同时在这里等待，各有自己的 `{position}`',
    },
    'step-ends-waits': {
      en: 'after this more than one of them may go on, or another one than has waited longest',
      'zh-cn': '此后可以继续的可能不止一个，也可能不是等待最久的那个',
    },
    'step-wakes-one': {
      en: 'this wakes only one, and nobody wakes the others',
      'zh-cn': '这里只唤醒一个，没有人唤醒其他等待者',
    },
    'step-other-waits': {
      en: 'at the same time another goroutine may wait here, for something else: that `{cond}` ends',
      'zh-cn': '与此同时，另一个 goroutine 可能在这里等待别的事情：等待 `{cond}` 不再成立',
    },
    'step-one-woken': {
      en: 'nobody chooses which of the two this wakes; with {example}, for example, the first should go on, and `{cond}` still holds',
      'zh-cn': '这里唤醒两者中的哪一个并不确定；例如当 {example} 时，前者本应继续执行，而 `{cond}` 仍然成立',
    },
    'step-asks': { en: 'this waits until the condition of its loop ends', 'zh-cn': '这里一直等到循环条件不再成立' },
    'step-changed': {
      en: 'that may be so after this change, but nothing signals `{name}`',
      'zh-cn': '这次修改之后可能就是如此，但没有任何代码对 `{name}` 发出信号',
    },
    'step-signaller': {
      en: 'the goroutine that signals `{name}` is started here, and may be fast',
      'zh-cn': '会对 `{name}` 发出信号的 goroutine 在此启动，可能很快执行完',
    },
    'step-too-late': { en: 'nothing tells that the signal has been given', 'zh-cn': '这里无法得知信号已经发出' },
    'step-tested': { en: '`{cond}` is tested only once', 'zh-cn': '`{cond}` 只判断了一次' },
    'step-wait': {
      en: 'the lock of `{name}` is free while this waits, so others may change things before it goes on',
      'zh-cn': '在 `{name}` 上等待期间锁会被释放，继续执行之前其他 goroutine 可能已改变状态',
    },
    'step-used': {
      en: 'this is right only where `{cond}` holds no longer, and nothing has asked on this way',
      'zh-cn': '这里只有在 `{cond}` 不再成立时才正确，而这条路径上没有再判断',
    },
    'fix-for': { en: 'Test again after each wake-up: `for {cond}`', 'zh-cn': '每次唤醒后重新判断：`for {cond}`' },
  },
  docs: {
    summary: {
      en: '`sync.Cond.Wait` is called outside of a loop, or the change of the condition is not signalled to those who wait for it.',
      'zh-cn': '在循环之外调用 `sync.Cond.Wait`，或条件变化时没有向等待它的 goroutine 发出信号。',
    },
    why: {
      en: '`Wait` unlocks, sleeps until somebody calls `Signal` or `Broadcast`, and locks again. Between the signal and the lock another goroutine can take what was announced, and `Broadcast` wakes everybody for one item: that `Wait` has returned does not mean that the condition holds. The caller has to look again, in a loop.\n\nA signal that nobody waits for yet is lost: who does not look at a condition first may have missed it. A condition variable that is never signalled keeps everyone who waits for ever; one that some methods signal after a change, and another method does not, keeps those who wait for that change; so does a way on which what was taken is given back after a failure without a signal, a way out of a method that signals on others, and leaving others who wait until all are there, without a look at whether they are.\n\n`Signal` wakes one of those who wait, whichever it is. Where they wait for different things with one condition variable, it may be one whose condition still holds: it goes back to sleep, and the one for whom the signal has come sleeps on. The same happens where each waits for a position of its own, and where a change ends the wait of all.',
      'zh-cn':
        '`Wait` 会解锁、休眠，直到有人调用 `Signal` 或 `Broadcast`，然后重新加锁。在发出信号与重新加锁之间，另一个 goroutine 可能已取走所通知的东西；`Broadcast` 也会为了一项数据唤醒所有等待者。因此 `Wait` 返回并不意味着条件已成立，调用者必须在循环中再次检查。\n\n还没有人等待时发出的信号会丢失：不先检查条件就等待，可能已经错过了它。从不发出信号的条件变量会让所有等待者永远等待；若有的方法在修改后发出信号，而另一个方法没有，等待该修改的 goroutine 就会继续等待；失败后归还先前占用的资源却不发信号，一个方法在某条路径上修改后不发信号而在其他路径上发出，或者离开了等待全员到齐的其他人而不检查他们是否已到齐，也是如此。\n\n`Signal` 只唤醒任意一个等待者。如果多个 goroutine 用同一个条件变量等待不同的条件，被唤醒的可能是条件仍然成立的那一个：它会再次休眠，而真正需要这个信号的 goroutine 则继续休眠。如果每个等待者等待各自的位置，或一次修改会结束所有等待，也是如此。',
    },
    silent: {
      en: "- `Wait` is called in a loop, in this function or in one that calls it, and every exported method that takes the lock and makes a field of the loop's condition change as the loop wants wakes somebody, itself or by a function, a hook or a caller\n- nothing tells that several wait at the same place: no numbers are drawn, nobody is counted, no loop starts them\n- all who wait for a condition variable ask the same, never wait at the same time, as who waits for room in a queue and who waits for items do not, or pass a signal on; or it is not known what the methods make of the fields that the conditions ask about\n- what the `if` looks at is looked at again after `Wait`, unless a way is left on which what may be empty is used unseen\n- no condition is tested before `Wait`, and who signals is not started by the function: it waits for the next signal, whatever it is for\n- something in the package signals, or code out of sight may: the variable is exported, a parameter, stored or passed on",
      'zh-cn':
        '- `Wait` 在循环中调用（本函数中或调用它的函数中），并且每个加锁后按循环所等方向修改条件字段的导出方法都会（自己、通过函数或钩子、或由其调用者）唤醒等待者\n- 没有迹象表明同一处有多个等待者：没有领取编号、没有计数、也没有循环启动它们\n- 同一条件变量的所有等待者检查相同的条件、不会同时等待（例如等待队列空位者与等待队列数据者），或会把信号传递下去；或者无法得知各方法如何修改条件所检查的字段\n- `if` 所检查的内容在 `Wait` 之后会再次检查，除非仍有一条路径未经检查就使用了可能为空的内容\n- `Wait` 之前没有判断条件，且发出信号者不是由该函数启动：它等待的就是下一个信号\n- 包内有代码发出信号，或不可见的代码可能发出信号：该变量是导出的、是参数、被保存或被传递',
    },
    fix: {
      en: 'Write `for !ready { c.Wait() }` instead of `if !ready { c.Wait() }`, and call `Signal` or `Broadcast` wherever the condition may become true: `Broadcast` where not all wait for the same.',
      'zh-cn':
        '把 `if !ready { c.Wait() }` 改为 `for !ready { c.Wait() }`，并在条件可能成立的每一处调用 `Signal` 或 `Broadcast`；当等待者等待的条件不同时用 `Broadcast`。',
    },
    bad: `package p

import "sync"

type queue struct {
	mu    sync.Mutex
	added *sync.Cond
	items []string
}

func (q *queue) put(item string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, item)
	q.added.Broadcast()
}

func (q *queue) take() string {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		q.added.Wait()
	}
	item := q.items[0]
	q.items = q.items[1:]
	return item
}
`,
    good: `package p

import "sync"

type queue struct {
	mu    sync.Mutex
	added *sync.Cond
	items []string
}

func (q *queue) put(item string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, item)
	q.added.Broadcast()
}

func (q *queue) take() string {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.added.Wait()
	}
	item := q.items[0]
	q.items = q.items[1:]
	return item
}
`,
  },
};
