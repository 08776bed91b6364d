import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    unlimited: {
      en: 'this read has no deadline and nobody else can close `{name}`: a peer that stays connected and sends nothing keeps the goroutine for ever',
      'zh-cn':
        '这里的读取没有截止时间，也没有别人能关闭 `{name}`：对端只要保持连接而不发送数据，该 goroutine 就会一直留存',
    },
    'step-loop': { en: 'this loop waits for one message after the other', 'zh-cn': '该循环逐条等待消息' },
    'fix-deadline': {
      en: 'Add `{name}.SetReadDeadline(…)` for each message',
      'zh-cn': '为每条消息添加 `{name}.SetReadDeadline(…)`',
    },
  },
  docs: {
    summary: {
      en: 'A loop reads from a network connection without a deadline, and nobody else can close the connection.',
      'zh-cn': '循环从网络连接读取数据却没有截止时间，也没有别人能关闭该连接。',
    },
    why: {
      en: 'A read from a connection returns when data comes, when the peer hangs up, when the connection is closed on this side, or when its deadline passes. A peer that loses power, or that opens connections to do harm, neither sends nor hangs up. Without a deadline, and with nobody who could close the connection, each of them keeps a goroutine and a file descriptor until the process ends.',
      'zh-cn':
        '从连接读取时，只有收到数据、对端挂断、本端关闭连接或到达截止时间才会返回。对端断电，或恶意建立连接时，既不发送也不挂断。没有截止时间，又没有人能关闭连接，每个这样的连接就会占住一个 goroutine 和一个文件描述符，直到进程结束。',
    },
    silent: {
      en: '- the package sets a deadline somewhere (`SetDeadline`, `SetReadDeadline`)\n- the connection is stored, captured, returned or passed on to other code: others may close it, which ends the read\n- a parameter of an exported function, or one whose callers keep the connection\n- one read outside of loops\n- tests',
      'zh-cn':
        '- 包内某处设置了截止时间（`SetDeadline`、`SetReadDeadline`）\n- 连接被保存、捕获、返回或传给其他代码：别人可能关闭它，从而结束读取\n- 导出函数的参数，或调用者仍持有该连接的参数\n- 循环之外的单次读取\n- 测试',
    },
    fix: {
      en: 'Set a deadline before each read: `c.SetReadDeadline(time.Now().Add(idle))`, with the longest silence that is still in order. Or keep the connections in a set and close them when the server shuts down.',
      'zh-cn':
        '在每次读取前设置截止时间：`c.SetReadDeadline(time.Now().Add(idle))`，取仍属正常的最长静默时间。也可以把连接保存在集合中，在服务器关闭时关闭它们。',
    },
    bad: `package p

import (
	"bufio"
	"net"
)

func serve(l net.Listener, handle func(string)) error {
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		go lines(c, handle)
	}
}

func lines(c net.Conn, handle func(string)) {
	defer c.Close()
	r := bufio.NewReader(c)
	for {
		line, err := r.ReadString('\\n')
		if err != nil {
			return
		}
		handle(line)
	}
}
`,
    good: `package p

import (
	"bufio"
	"net"
	"time"
)

func serve(l net.Listener, handle func(string)) error {
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		go lines(c, handle)
	}
}

func lines(c net.Conn, handle func(string)) {
	defer c.Close()
	r := bufio.NewReader(c)
	for {
		c.SetReadDeadline(time.Now().Add(5 * time.Minute))
		line, err := r.ReadString('\\n')
		if err != nil {
			return
		}
		handle(line)
	}
}
`,
  },
};
