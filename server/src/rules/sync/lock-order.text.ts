import { MODEL_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...MODEL_MESSAGES,
    opposite: {
      en: '`{second}` is locked while `{first}` is held, but `{other}` ({place}) locks them the other way round: two goroutines that have got one each wait for each other for ever',
      'zh-cn':
        '在持有 `{first}` 时对 `{second}` 加锁，而 `{other}`（{place}）的加锁顺序相反：两个各持有其中一把锁的 goroutine 会永远互相等待',
    },
    'opposite-in-call': {
      en: 'this call locks `{second}` while `{first}` is held, but `{other}` ({place}) locks them the other way round: two goroutines that have got one each wait for each other for ever',
      'zh-cn':
        '此调用在持有 `{first}` 时对 `{second}` 加锁，而 `{other}`（{place}）的加锁顺序相反：两个各持有其中一把锁的 goroutine 会永远互相等待',
    },
    'opposite-below': {
      en: 'this locks `{second}` for `{holder}` (line {line}), which holds `{first}`, but `{other}` ({place}) locks them the other way round: two goroutines that have got one each wait for each other for ever',
      'zh-cn':
        '此处为 `{holder}`（第 {line} 行，持有 `{first}`）对 `{second}` 加锁，而 `{other}`（{place}）的加锁顺序相反：两个各持有其中一把锁的 goroutine 会永远互相等待',
    },
    circle: {
      en: '`{second}` is locked while `{first}` is held, which closes a circle of {count} locks ({circle}, see {others}): goroutines that have got one each wait for each other for ever',
      'zh-cn':
        '在持有 `{first}` 时对 `{second}` 加锁，使 {count} 把锁形成环（{circle}，另见 {others}）：各持有其中一把锁的 goroutine 会永远互相等待',
    },
    'circle-in-call': {
      en: 'this call locks `{second}` while `{first}` is held, which closes a circle of {count} locks ({circle}, see {others}): goroutines that have got one each wait for each other for ever',
      'zh-cn':
        '此调用在持有 `{first}` 时对 `{second}` 加锁，使 {count} 把锁形成环（{circle}，另见 {others}）：各持有其中一把锁的 goroutine 会永远互相等待',
    },
    'circle-below': {
      en: 'this locks `{second}` for `{holder}` (line {line}), which holds `{first}`, and closes a circle of {count} locks ({circle}, see {others}): goroutines that have got one each wait for each other for ever',
      'zh-cn':
        '此处为 `{holder}`（第 {line} 行，持有 `{first}`）对 `{second}` 加锁，使 {count} 把锁形成环（{circle}，另见 {others}）：各持有其中一把锁的 goroutine 会永远互相等待',
    },
    chosen: {
      en: '`{second}` is locked while `{first}` is held, in the order in which callers of `{holder}` name the two: one that names the same two the other way round at the same time waits for this one, and both wait for ever',
      'zh-cn':
        '在持有 `{first}` 时对 `{second}` 加锁，加锁顺序由 `{holder}` 的调用者决定：若同时有人以相反的次序传入同样的两个值，双方会永远互相等待',
    },
    crossed: {
      en: '`{name}` is locked{where} while `{other}` is held, and the goroutine that holds it waits on line {line} for this one: both wait for ever',
      'zh-cn':
        '在持有 `{other}` 时对 `{name}` 加锁{where}，而持有 `{name}` 的 goroutine 正在第 {line} 行等待当前 goroutine 所持有的锁：两者会永远等待',
    },
    ring: {
      en: '`{name}` is locked{where} while `{other}` is held, as one of several goroutines that wait in a circle: each holds the lock that another one wants, so all of them wait for ever',
      'zh-cn':
        '在持有 `{other}` 时对 `{name}` 加锁{where}，而多个 goroutine 形成等待环：每个都持有另一个想要的锁，因此全部永远等待',
    },
    'step-first': { en: 'one goroutine locks `{name}`', 'zh-cn': '一个 goroutine 对 `{name}` 加锁' },
    'step-other-first': {
      en: 'another goroutine locks `{name}` at the same time',
      'zh-cn': '另一个 goroutine 同时对 `{name}` 加锁',
    },
    'step-call': { en: 'this call leads to the lock of `{name}`', 'zh-cn': '此调用会对 `{name}` 加锁' },
    'step-second': {
      en: 'it waits for `{name}` here and keeps `{held}`',
      'zh-cn': '它在此等待 `{name}`，同时继续持有 `{held}`',
    },
  },
  docs: {
    summary: {
      en: 'Two locks are taken in opposite orders by goroutines that can meet, or several in a circle.',
      'zh-cn': '可能同时运行的 goroutine 以相反的顺序获取两把锁，或以首尾相接的顺序获取多把锁。',
    },
    why: {
      en: 'One goroutine locks `a` and wants `b`; another has locked `b` and wants `a`. Neither lets go of what it has, so both wait for ever, and with them everybody who needs one of the two locks. The same happens with more locks: `a` before `b` here, `b` before `c` there, and `c` before `a` in a third place. It takes bad timing, so it shows under load and not in tests.',
      'zh-cn':
        '一个 goroutine 锁住 `a` 后等待 `b`，另一个锁住 `b` 后等待 `a`。两者都不会放开已持有的锁，于是永远等待，所有需要其中任何一把锁的 goroutine 也随之卡住。锁更多时也一样：一处先 `a` 后 `b`，另一处先 `b` 后 `c`，第三处先 `c` 后 `a`。这需要特定的时机，因此往往在高负载时才出现，测试中看不到。',
    },
    silent: {
      en: '- the locks may belong to different values: two values of one type (unless callers choose in which order, and the function changes the same field of both), or of types that do not lead to each other by a field\n- both orders only read-lock, or the locks of one order cannot keep the other out\n- a third lock is held on both ways and lets only one go on at a time\n- the second lock is taken with `TryLock`\n- both orders run on the same goroutine, or one before any goroutine is started\n- a lock is held on some ways only, is reached through an interface, or is locked in an element of a slice or map that has no name: `s.parts[i].mu.Lock()`',
      'zh-cn':
        '- 两把锁可能属于不同的值：同一类型的两个值（除非顺序由调用者决定，且函数修改两者的同一字段），或彼此之间没有字段关联的两种类型的值\n- 两种顺序都只加读锁，或一种顺序持有的锁并不排斥另一种\n- 两条路径上都持有第三把锁，同一时刻只允许其中之一继续\n- 第二把锁用 `TryLock` 获取\n- 两种顺序在同一个 goroutine 中执行，或其中之一在启动任何 goroutine 之前执行\n- 锁只在部分路径上持有、通过接口访问，或直接对 slice 或 map 中没有变量名的元素加锁：`s.parts[i].mu.Lock()`',
    },
    fix: {
      en: 'Choose one order for the two locks, write it down beside their declarations, and keep to it everywhere. Often the second lock can be taken after the first has been released.',
      'zh-cn': '为这两把锁规定唯一的加锁顺序，写在声明旁边，并处处遵守。很多时候可以先释放第一把锁，再获取第二把。',
    },
    bad: `package p

import "sync"

type Store struct {
	dataMu  sync.Mutex
	indexMu sync.Mutex
	data    map[string]string
	index   map[string][]string
}

func (s *Store) Put(key, value string) {
	s.dataMu.Lock()
	defer s.dataMu.Unlock()
	s.data[key] = value
	s.indexMu.Lock()
	s.index[value] = append(s.index[value], key)
	s.indexMu.Unlock()
}

func (s *Store) Find(value string) []string {
	s.indexMu.Lock()
	defer s.indexMu.Unlock()
	s.dataMu.Lock()
	defer s.dataMu.Unlock()
	return s.index[value]
}
`,
    good: `package p

import "sync"

type Store struct {
	dataMu  sync.Mutex // locked before indexMu
	indexMu sync.Mutex
	data    map[string]string
	index   map[string][]string
}

func (s *Store) Put(key, value string) {
	s.dataMu.Lock()
	defer s.dataMu.Unlock()
	s.data[key] = value
	s.indexMu.Lock()
	s.index[value] = append(s.index[value], key)
	s.indexMu.Unlock()
}

func (s *Store) Find(value string) []string {
	s.dataMu.Lock()
	defer s.dataMu.Unlock()
	s.indexMu.Lock()
	defer s.indexMu.Unlock()
	return s.index[value]
}
`,
  },
};
