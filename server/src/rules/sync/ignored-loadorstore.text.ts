import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    resource: {
      en: '`{map}` may hold a value already: then `{value}` from `{origin}` is dropped, and nobody releases it',
      'zh-cn': '`{map}` 中可能已有值：此时由 `{origin}` 得到的 `{value}` 会被丢弃，没有人释放它',
    },
    goroutine: {
      en: '`{map}` may hold a value already: then `{value}` is dropped, and the goroutine started for it stays',
      'zh-cn': '`{map}` 中可能已有值：此时 `{value}` 会被丢弃，而为它启动的 goroutine 会留下来',
    },
    'step-made': {
      en: 'The value is made here, whether it is stored or not',
      'zh-cn': '无论是否存入，该值都会在此创建',
    },
  },
  docs: {
    summary: {
      en: 'The flag of `sync.Map.LoadOrStore` is ignored although the value that is not stored has to be released.',
      'zh-cn': '忽略了 `sync.Map.LoadOrStore` 的返回标志，而未存入的值需要释放。',
    },
    why: {
      en: "`LoadOrStore` takes a value that is made already. When another goroutine was faster, or the key was there before, it returns the older value and the new one is in nobody's hands: a connection or file stays open, and a goroutine that works for it waits for ever. `loaded` tells that this has happened. A `Load` before does not help, because two goroutines may both find nothing.\n\nThe rule is off by default, because such a race is rare and many programs fill their maps before anything runs at the same time.",
      'zh-cn':
        '`LoadOrStore` 接收的是已经创建好的值。如果另一个 goroutine 更快，或者该键早已存在，它会返回旧值，而新值不再归任何人所有：连接或文件保持打开，为它工作的 goroutine 永远等待。`loaded` 会告知发生了这种情况。事先调用 `Load` 没有帮助，因为两个 goroutine 可能都没有找到。\n\n该规则默认关闭，因为这种竞争很少发生，而且许多程序在并发开始之前就已填好 map。',
    },
    silent: {
      en: '- the flag is looked at\n- the value is used after the call, as by `if actual != conn`, in a `defer` or in another function\n- the value is neither something known that has to be released, nor made by a visible function that starts a goroutine with an endless loop or a loop over a channel\n- a lock is taken before in the same function\n- in tests',
      'zh-cn':
        '- 检查了返回标志\n- 调用之后还使用了该值，例如 `if actual != conn`，或在 `defer`、其他函数中使用\n- 该值既不是已知需要释放的东西，也不是由可见的、会启动带无限循环或 channel 循环的 goroutine 的函数创建\n- 同一函数中此前已获取锁\n- 测试代码中',
    },
    fix: {
      en: 'Look at the flag and release what was not stored: `if loaded { conn.Close() }`. Or store something cheap that makes the value once, with `sync.OnceValue`.',
      'zh-cn':
        '检查返回标志并释放没有存入的值：`if loaded { conn.Close() }`。也可以存入用 `sync.OnceValue` 只创建一次值的轻量对象。',
    },
    bad: `package p

import (
	"net"
	"sync"
)

var conns sync.Map

func Dial(addr string) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	kept, _ := conns.LoadOrStore(addr, conn)
	return kept.(net.Conn), nil
}
`,
    good: `package p

import (
	"net"
	"sync"
)

var conns sync.Map

func Dial(addr string) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	kept, loaded := conns.LoadOrStore(addr, conn)
	if loaded {
		conn.Close()
	}
	return kept.(net.Conn), nil
}
`,
  },
};
