import { DEFER_MESSAGES, MODEL_MESSAGES, PATH_MESSAGES, STOP_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...MODEL_MESSAGES,
    ...DEFER_MESSAGES,
    ...STOP_MESSAGES,
    ...PATH_MESSAGES,
    unbuffered: {
      en: '`{name}` is unbuffered and its receiver may leave at line {line} without receiving: this send then blocks for ever and the goroutine leaks',
      'zh-cn': '`{name}` 没有缓冲，而接收方可能在第 {line} 行不接收就离开：此处的发送将永远阻塞，goroutine 随之泄漏',
    },
    full: {
      en: '`{name}` holds {capacity} value(s), fewer than are sent, and its receiver may leave at line {line} without receiving: the goroutine then blocks for ever on a send',
      'zh-cn':
        '`{name}` 的容量为 {capacity}，少于发送的数量，而接收方可能在第 {line} 行不接收就离开：goroutine 将永远阻塞在发送上',
    },
    'unbuffered-at-go': {
      en: '`{name}` is unbuffered and its receiver may leave at line {line} without receiving: the send in this goroutine then blocks for ever and the goroutine leaks',
      'zh-cn':
        '`{name}` 没有缓冲，而接收方可能在第 {line} 行不接收就离开：该 goroutine 中的发送将永远阻塞，goroutine 随之泄漏',
    },
    'full-at-go': {
      en: '`{name}` holds {capacity} value(s), fewer than this goroutine sends, and its receiver may leave at line {line} without receiving: the goroutine then blocks for ever',
      'zh-cn':
        '`{name}` 的容量为 {capacity}，少于该 goroutine 发送的数量，而接收方可能在第 {line} 行不接收就离开：该 goroutine 将永远阻塞',
    },
    place: {
      en: 'every place in `{name}` may be taken for good: who takes one by this send and leaves without giving it back keeps it, and this send{where} then waits for ever',
      'zh-cn':
        '`{name}` 的名额可能被永远占满：有人通过此发送占用一个名额，却没有归还就离开，之后此发送{where}就会永远等待',
    },
    self: {
      en: '`{name}` may be full here, and the goroutine that receives from it is the one that sends: it waits for itself for ever',
      'zh-cn': '`{name}` 在此可能已满，而从中接收的正是发送的 goroutine 自己：它会永远等待自己',
    },
    nobody: {
      en: 'nobody is left who could receive from `{name}`: this send{where} may block for ever and the goroutine leaks',
      'zh-cn': '再也没有人能从 `{name}` 接收：此发送{where}可能永远阻塞，goroutine 随之泄漏',
    },
    select: {
      en: 'this `select`{where} may wait for ever: nobody is left who could receive what it sends, or make another case ready',
      'zh-cn': '此 `select`{where} 可能永远等待：再也没有人能接收它发送的值，或使其他分支就绪',
    },
    unguarded: {
      en: '`{name}` is unbuffered and the loop that receives from it may have ended at line {line}: this send then blocks for ever, where the one on line {other} gives up',
      'zh-cn':
        '`{name}` 没有缓冲，而接收它的循环可能已在第 {line} 行结束：此处的发送将永远阻塞，而第 {other} 行的发送会放弃',
    },
    'step-loop-left': {
      en: 'here the loop ends that alone receives from `{name}`',
      'zh-cn': '唯一从 `{name}` 接收的循环在此结束',
    },
    'step-guarded': {
      en: 'this send to the same loop gives up on `{done}`',
      'zh-cn': '发往同一循环的此发送会在 `{done}` 就绪时放弃',
    },
    'step-go': { en: 'the goroutine is started here', 'zh-cn': 'goroutine 在此启动' },
    'step-left': {
      en: 'the function leaves here without having received from `{name}`',
      'zh-cn': '函数在此离开，没有从 `{name}` 接收',
    },
    'step-next-turn': {
      en: 'the next turn of the loop begins without having received from `{name}`, and makes a new channel',
      'zh-cn': '循环进入下一轮并创建新的 channel，此前没有从 `{name}` 接收',
    },
    'step-never': {
      en: 'nobody receives from `{name}` any more: this send never ends',
      'zh-cn': '再也没有人从 `{name}` 接收：此发送永远不会完成',
    },
    'fix-buffer': { en: 'Give `{name}` a buffer of {size}', 'zh-cn': '为 `{name}` 设置容量为 {size} 的缓冲' },
    'fix-select': { en: 'Give up sending when `{ctx}` is done', 'zh-cn': '在 `{ctx}` 结束时放弃发送' },
  },
  docs: {
    summary: {
      en: 'A goroutine sends its result although the receiver may already have returned.',
      'zh-cn': 'goroutine 发送结果时，接收方可能已经返回。',
    },
    why: {
      en: 'A send on an unbuffered channel waits for a receiver. When the function that should receive returns first, because of an error, a timeout or a cancelled context, nobody else ever will: the goroutine stays, with its stack and all it refers to. In a service that happens once per failed request, and the number of goroutines climbs.',
      'zh-cn':
        '向无缓冲 channel 发送会等待接收方。如果应当接收的函数因错误、超时或 context 取消而先返回，就再也没有人接收：该 goroutine 连同它的栈和引用的一切都会一直保留。在服务中每个失败的请求都会发生一次，goroutine 数量不断攀升。',
    },
    silent: {
      en: '- the channel has room for what is sent\n- the send is one arm of a `select`\n- the channel is returned, stored or passed on, so that somebody else may receive\n- every way out receives, also in a deferred function, or waits for something that the goroutine signals at its end\n- the way out is one on which a test has failed\n- `main` returns: the process ends\n- a send to a loop that may have ended, where no other send to that loop watches for its end, what has the channel is asked before, or whoever ends the loop waits for the senders\n- only a hint: a command of a command line starts the goroutine, the goroutine reads standard input, or a test has failed where the receiver leaves',
      'zh-cn':
        '- channel 的容量足以容纳所发送的值\n- 发送是 `select` 的一个分支\n- channel 被返回、保存或传递，可能由别处接收\n- 每条返回路径都会接收（包括 defer 的函数），或等待该 goroutine 结束时发出的信号\n- 该路径上测试已经失败\n- 由 `main` 返回：进程结束\n- 发往可能已结束的循环，但发往该循环的其他发送都不关注其结束、发送前检查了持有 channel 的值，或结束循环的一方会等待发送方\n- 仅为提示：goroutine 由命令行的命令启动，goroutine 读取标准输入，或接收方离开时测试已经失败',
    },
    fix: {
      en: 'Give the channel room for the result: `make(chan T, 1)`. The send then always succeeds and the goroutine ends, received or not. Where it sends many values, select on `ctx.Done()` beside the send. A send to a loop that may have ended selects on what tells of its end, as the other sends to it do.',
      'zh-cn':
        '给 channel 留出存放结果的空间：`make(chan T, 1)`。这样无论是否被接收，发送都会成功，goroutine 得以结束。如果要发送多个值，请在发送处用 `select` 同时监听 `ctx.Done()`。发往可能已结束的循环时，像发往它的其他发送一样，用 `select` 同时监听表示其结束的 channel。',
    },
    bad: `package p

import (
	"errors"
	"time"
)

func lookup(resolve func() string) (string, error) {
	answer := make(chan string)
	go func() {
		answer <- resolve()
	}()
	select {
	case a := <-answer:
		return a, nil
	case <-time.After(time.Second):
		return "", errors.New("timeout")
	}
}
`,
    good: `package p

import (
	"errors"
	"time"
)

func lookup(resolve func() string) (string, error) {
	answer := make(chan string, 1)
	go func() {
		answer <- resolve()
	}()
	select {
	case a := <-answer:
		return a, nil
	case <-time.After(time.Second):
		return "", errors.New("timeout")
	}
}
`,
  },
};
