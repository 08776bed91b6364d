import type { Localized, RuleText } from '../rule.ts';

/** What is copied, by the place where it happens. */
const PLACES: Record<string, Localized> = {
  receiver: {
    en: 'each call of this method works on a copy of its receiver `{what}` ({path})',
    'zh-cn': '每次调用该方法都在接收者 `{what}`（{path}）的副本上操作',
  },
  parameter: {
    en: 'each call passes a copy of `{what}` ({path})',
    'zh-cn': '每次调用传入的都是 `{what}`（{path}）的副本',
  },
  element: {
    en: 'each turn of the loop copies an element into `{what}` ({path})',
    'zh-cn': '循环的每一轮都把元素复制到 `{what}`（{path}）',
  },
  turn: {
    en: 'each turn of the loop gets a copy of `{what}` ({path})',
    'zh-cn': '循环的每一轮都会得到 `{what}`（{path}）的一个副本',
  },
  copy: { en: '`{what}` is copied here ({path})', 'zh-cn': '此处复制了 `{what}`（{path}）' },
};

/** What happens then, by what the lock is for. */
const EFFECTS: Record<string, Localized> = {
  lock: {
    en: 'the copy has a lock of its own, so that locking it keeps nobody away from what both share, and a copy made while it is locked stays locked for ever',
    'zh-cn': '副本拥有自己的锁，锁住它挡不住同时使用共享数据的其他人；如果复制时锁已被持有，副本将永远处于锁定状态',
  },
  group: {
    en: 'the copy counts by itself, so that `Done` on one never ends a `Wait` on the other',
    'zh-cn': '副本单独计数，在其中一个上调用 `Done` 永远不会让另一个的 `Wait` 结束',
  },
  once: {
    en: 'the copy has a `Once` of its own, so that what is to happen once happens again',
    'zh-cn': '副本拥有自己的 `Once`，本应只执行一次的操作会再次执行',
  },
  marked: {
    en: 'its type is not made for that, as both go on to use what they share as if it were theirs alone',
    'zh-cn': '该类型不允许复制，副本和原值会把共享的数据都当作自己独占的来使用',
  },
  atomic: {
    en: 'the value is read without the care that makes it atomic, and changes of the copy are not seen in the original',
    'zh-cn': '复制时的读取不是原子操作，而且对副本的修改不会反映到原值上',
  },
};

/** A message for each place and effect, `receiver-lock` and so on. */
const messages = Object.fromEntries(
  Object.entries(PLACES).flatMap(([place, where]) =>
    Object.entries(EFFECTS).map(([kind, effect]) => [
      `${place}-${kind}`,
      { en: `${where.en}: ${effect.en}`, 'zh-cn': `${where['zh-cn']}：${effect['zh-cn']}` },
    ]),
  ),
);

export const text: RuleText = {
  messages: {
    ...messages,
    'fix-pointer': { en: 'Use a pointer', 'zh-cn': '改用指针' },
    'fix-clone': { en: 'Copy with `Clone`', 'zh-cn': '用 `Clone` 复制' },
  },
  docs: {
    summary: {
      en: 'A lock, `WaitGroup`, `Once` or atomic value is copied, alone or as part of another value.',
      'zh-cn': '锁、`WaitGroup`、`Once` 或原子值被复制，无论是单独复制还是作为其他值的一部分。',
    },
    why: {
      en: 'A copy of a mutex is another mutex. Whoever locks the copy keeps nobody away from the data that both protect; `Done` on the copy of a `WaitGroup` leaves `Wait` on the original blocked for ever, and with it the goroutine that waits. A copy that is made while the original is locked can never be locked again.\n\nParameters, receivers, loop variables, assignments, arguments, results, and elements of literals are copies. A struct or array that contains a lock, at any depth, is copied with it.',
      'zh-cn':
        '互斥锁的副本是另一个互斥锁。锁住副本挡不住其他人访问二者共同保护的数据；在 `WaitGroup` 的副本上调用 `Done`，原 `WaitGroup` 上的 `Wait` 会永远阻塞，等待它的 goroutine 也随之泄漏。如果复制时原锁已被持有，副本就再也无法加锁。\n\n参数、接收者、循环变量、赋值、实参、返回值以及字面量的元素都是副本。结构体或数组无论在哪一层包含锁，都会连锁一起被复制。',
    },
    silent: {
      en: '- a pointer is copied, or a slice, map or channel of such values\n- the value is new: a literal or the result of a call\n- the value is assigned to `_`, or only its size or length is asked for\n- an argument is copied for a parameter of this package that is reported itself\n\nA variable that nobody else has seen before it is copied is a hint, and so is an argument of a call in a test, such as of `reflect.DeepEqual`, and a copied `Once`: mostly each copy is meant to have its own.',
      'zh-cn':
        '- 复制的是指针，或者是此类值的 slice、map、channel\n- 值是新的：字面量或调用的结果\n- 赋值给 `_`，或只取其大小或长度\n- 实参传给本包中已被报告的参数\n\n变量在复制之前没有被别人见过时只给出提示；测试中的实参（例如传给 `reflect.DeepEqual`）也是，被复制的 `Once` 也是：多半每个副本本来就该有自己的 `Once`。',
    },
    fix: {
      en: 'Pass and store a pointer: `func work(wg *sync.WaitGroup)`, `func (c *Cache) Get()`, `for i := range items { item := &items[i] }`. Where a copy of the other fields is wanted, copy those fields; `tls.Config` and `http.Transport` have `Clone`.',
      'zh-cn':
        '传递和保存指针：`func work(wg *sync.WaitGroup)`、`func (c *Cache) Get()`、`for i := range items { item := &items[i] }`。如果只想复制其他字段，就只复制那些字段；`tls.Config` 和 `http.Transport` 提供了 `Clone`。',
    },
    bad: `package p

import "sync"

func runAll(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go run(wg, job)
	}
	wg.Wait()
}

func run(wg sync.WaitGroup, job func()) {
	defer wg.Done()
	job()
}
`,
    good: `package p

import "sync"

func runAll(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go run(&wg, job)
	}
	wg.Wait()
}

func run(wg *sync.WaitGroup, job func()) {
	defer wg.Done()
	job()
}
`,
  },
};
