import { MODEL_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

/** The same sentence for every operation. */
function waits(en: string, zh: string): { en: string; 'zh-cn': string } {
  return {
    en: `${en} may wait for ever while \`{other}\` is held: the goroutine that could end the wait needs that lock on line {line} and does not get it`,
    'zh-cn': `${zh}可能在持有 \`{other}\` 的情况下永远等待：能结束该等待的 goroutine 在第 {line} 行需要这把锁，却得不到它`,
  };
}

export const text: RuleText = {
  messages: {
    ...MODEL_MESSAGES,
    send: waits('this send on `{name}`{where}', '对 `{name}` 的发送{where}'),
    receive: waits('this receive from `{name}`{where}', '从 `{name}` 的接收{where}'),
    range: waits('this loop over `{name}`{where}', '对 `{name}` 的循环{where}'),
    select: waits('this `select`{where}', '此 `select`{where}'),
    wait: waits('this wait for `{name}`{where}', '对 `{name}` 的等待{where}'),
    once: waits('this `{name}.Do`{where}', '此 `{name}.Do`{where}'),
    arm: {
      en: 'this `select` waits with `{other}` held, and who closes `{name}` takes that lock first (line {line}): the case cannot come while it waits',
      'zh-cn':
        '此 `select` 持有 `{other}` 等待，而关闭 `{name}` 的一方要先获取同一把锁（第 {line} 行）：等待期间该分支不可能就绪',
    },
    'step-locked': { en: 'the lock is taken here', 'zh-cn': '在这里加锁' },
    'step-arm': { en: 'this case waits for the close', 'zh-cn': '该分支等待关闭' },
    'step-signal': { en: 'who closes needs the lock first', 'zh-cn': '关闭者需要先得到这把锁' },
    'fix-unlock-first': { en: 'Call `{call}` before it', 'zh-cn': '在此之前调用 `{call}`' },
  },
  docs: {
    summary: {
      en: 'A goroutine waits with a lock held, for somebody who needs that lock first.',
      'zh-cn': 'goroutine 持有锁等待，而被等待的一方需要先得到这把锁。',
    },
    why: {
      en: 'A send waits until somebody receives, `wg.Wait()` until others are done. When the one who is to receive or finish has to take the lock that the waiting goroutine holds, each waits for the other, and everybody who needs the lock after that waits too. It works as long as a buffer has room or the other side happens to be past the lock, so it shows under load.\n\nThe same holds for one case of a `select`: `case <-s.gone` does not help where `gone` is closed under the lock that the `select` holds, or by who takes that lock first.',
      'zh-cn':
        '发送要等有人接收，`wg.Wait()` 要等其他 goroutine 完成。如果应当接收或完成的一方需要先获取等待者持有的锁，双方就会互相等待，之后需要这把锁的所有人也会卡住。只要缓冲还有空间，或对方恰好已经过了加锁处，程序就能工作，因此问题往往在高负载时才出现。\n\n对 `select` 的单个分支也是如此：如果 `gone` 只在持有该 `select` 所持的锁时关闭，或者关闭者要先获取这把锁，`case <-s.gone` 就无济于事。',
    },
    silent: {
      en: '- the lock is released before the operation\n- the channel has room, or another arm of the `select` may become ready\n- the other side does not need the lock, or has it taken with `TryLock`\n- somebody else who does not need the lock may receive or send\n- the channel or the lock is handed to code that is not seen',
      'zh-cn':
        '- 在该操作之前锁已释放\n- channel 有空余缓冲，或 `select` 的其他分支可能就绪\n- 另一方不需要这把锁，或用 `TryLock` 获取\n- 有不需要该锁的其他 goroutine 可以接收或发送\n- channel 或锁交给了看不到的代码',
    },
    fix: {
      en: 'Do under the lock only what the lock protects: copy what is needed, unlock, then send, receive or wait.',
      'zh-cn': '持锁期间只做锁所保护的事情：复制需要的数据，解锁，然后再发送、接收或等待。',
    },
    bad: `package p

import "sync"

type Meter struct {
	mu      sync.Mutex
	total   int
	samples chan int
}

func NewMeter() *Meter {
	m := &Meter{samples: make(chan int)}
	go m.collect()
	return m
}

func (m *Meter) collect() {
	for n := range m.samples {
		m.mu.Lock()
		m.total += n
		m.mu.Unlock()
	}
}

func (m *Meter) Record(values []int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, n := range values {
		m.samples <- n
	}
}
`,
    good: `package p

import "sync"

type Meter struct {
	mu      sync.Mutex
	total   int
	samples chan int
}

func NewMeter() *Meter {
	m := &Meter{samples: make(chan int)}
	go m.collect()
	return m
}

func (m *Meter) collect() {
	for n := range m.samples {
		m.mu.Lock()
		m.total += n
		m.mu.Unlock()
	}
}

func (m *Meter) Record(values []int) {
	for _, n := range values {
		m.samples <- n
	}
}

func (m *Meter) Total() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.total
}
`,
  },
};
