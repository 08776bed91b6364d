import { PATH_MESSAGES, REPLACED_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    'left-open': {
      en: '`{call}` opens what `{field}` holds, and nothing closes that: `{method}` ends the value and leaves it open',
      'zh-cn': '`{call}` 打开的资源由 `{field}` 持有，却没有任何代码关闭它：`{method}` 结束该值时仍让它开着',
    },
    'step-value-ends': {
      en: 'The value ends here, and what the field holds stays open',
      'zh-cn': '该值在此结束，而字段持有的资源仍然打开',
    },
    ...PATH_MESSAGES,
    ...REPLACED_MESSAGES,
    discarded: {
      en: 'the result of `{call}` is dropped, so nobody can have it closed: what `{call}` opened stays open, with its descriptor and any goroutines that serve it',
      'zh-cn':
        '`{call}` 的结果被丢弃，无法再关闭：`{call}` 打开的对象连同其描述符以及可能为它服务的 goroutine 一直保留',
    },
    'not-closed': {
      en: '`{name}` is not closed on every way out: after the return on line {line} what `{call}` opened stays open, with its descriptor and any goroutines that serve it',
      'zh-cn':
        '`{name}` 并非在每条路径上都被关闭：在第 {line} 行返回之后，`{call}` 打开的对象连同其描述符以及可能为它服务的 goroutine 一直保留',
    },
    again: {
      en: '`{name}` is not closed before `{call}` runs again: in each turn of the loop what `{call}` opened stays open, with its descriptor and any goroutines that serve it',
      'zh-cn':
        '在再次执行 `{call}` 之前没有关闭 `{name}`：循环每执行一次，`{call}` 打开的对象连同其描述符以及可能为它服务的 goroutine 一直保留',
    },
    overwritten: {
      en: '`{name}` gets a new value on line {line} before it was closed: what `{call}` opened stays open, with its descriptor and any goroutines that serve it',
      'zh-cn':
        '`{name}` 在关闭之前就在第 {line} 行被重新赋值：`{call}` 打开的对象连同其描述符以及可能为它服务的 goroutine 一直保留',
    },
    'file-discarded': {
      en: 'the result of `{call}` is dropped, so nobody can have it closed: the file that `{call}` opened keeps its descriptor until the garbage collector happens to find it, and descriptors are few',
      'zh-cn':
        '`{call}` 的结果被丢弃，无法再关闭：`{call}` 打开的文件会占用描述符，直到垃圾回收器碰巧发现它，而描述符数量有限',
    },
    'file-not-closed': {
      en: '`{name}` is not closed on every way out: after the return on line {line} the file that `{call}` opened keeps its descriptor until the garbage collector happens to find it, and descriptors are few',
      'zh-cn':
        '`{name}` 并非在每条路径上都被关闭：在第 {line} 行返回之后，`{call}` 打开的文件会占用描述符，直到垃圾回收器碰巧发现它，而描述符数量有限',
    },
    'file-again': {
      en: '`{name}` is not closed before `{call}` runs again: in each turn of the loop the file that `{call}` opened keeps its descriptor until the garbage collector happens to find it, and descriptors are few',
      'zh-cn':
        '在再次执行 `{call}` 之前没有关闭 `{name}`：循环每执行一次，`{call}` 打开的文件会占用描述符，直到垃圾回收器碰巧发现它，而描述符数量有限',
    },
    'file-overwritten': {
      en: '`{name}` gets a new value on line {line} before it was closed: the file that `{call}` opened keeps its descriptor until the garbage collector happens to find it, and descriptors are few',
      'zh-cn':
        '`{name}` 在关闭之前就在第 {line} 行被重新赋值：`{call}` 打开的文件会占用描述符，直到垃圾回收器碰巧发现它，而描述符数量有限',
    },
    'writer-discarded': {
      en: 'the result of `{call}` is dropped, so nobody can have it closed: what was written to the writer of `{call}` may be lost, because the last part is only written when it is closed',
      'zh-cn':
        '`{call}` 的结果被丢弃，无法再关闭：写入 `{call}` 所得 writer 的数据可能丢失，因为最后一部分只有在关闭时才会写出',
    },
    'writer-not-closed': {
      en: '`{name}` is not closed on every way out: after the return on line {line} what was written to the writer of `{call}` may be lost, because the last part is only written when it is closed',
      'zh-cn':
        '`{name}` 并非在每条路径上都被关闭：在第 {line} 行返回之后，写入 `{call}` 所得 writer 的数据可能丢失，因为最后一部分只有在关闭时才会写出',
    },
    'writer-again': {
      en: '`{name}` is not closed before `{call}` runs again: in each turn of the loop what was written to the writer of `{call}` may be lost, because the last part is only written when it is closed',
      'zh-cn':
        '在再次执行 `{call}` 之前没有关闭 `{name}`：循环每执行一次，写入 `{call}` 所得 writer 的数据可能丢失，因为最后一部分只有在关闭时才会写出',
    },
    'writer-overwritten': {
      en: '`{name}` gets a new value on line {line} before it was closed: what was written to the writer of `{call}` may be lost, because the last part is only written when it is closed',
      'zh-cn':
        '`{name}` 在关闭之前就在第 {line} 行被重新赋值：写入 `{call}` 所得 writer 的数据可能丢失，因为最后一部分只有在关闭时才会写出',
    },
    'span-discarded': {
      en: 'the result of `{call}` is dropped, so nobody can have it ended: the span that `{call}` started never ends and is never reported',
      'zh-cn': '`{call}` 的结果被丢弃，无法再结束：`{call}` 开始的 span永远不会结束，也不会被上报',
    },
    'span-not-closed': {
      en: '`{name}` is not ended on every way out: after the return on line {line} the span that `{call}` started never ends and is never reported',
      'zh-cn':
        '`{name}` 并非在每条路径上都被结束：在第 {line} 行返回之后，`{call}` 开始的 span永远不会结束，也不会被上报',
    },
    'span-again': {
      en: '`{name}` is not ended before `{call}` runs again: in each turn of the loop the span that `{call}` started never ends and is never reported',
      'zh-cn':
        '在再次执行 `{call}` 之前没有结束 `{name}`：循环每执行一次，`{call}` 开始的 span永远不会结束，也不会被上报',
    },
    'span-overwritten': {
      en: '`{name}` gets a new value on line {line} before it was ended: the span that `{call}` started never ends and is never reported',
      'zh-cn': '`{name}` 在结束之前就在第 {line} 行被重新赋值：`{call}` 开始的 span永远不会结束，也不会被上报',
    },
    'own-discarded': {
      en: 'the result of `{call}`{what} is dropped, so nobody can release it any more{message}',
      'zh-cn': '`{call}` 的结果{what}被丢弃，再也无法释放{message}',
    },
    'own-not-closed': {
      en: '`{name}`{what} is not released on every way out: after the return on line {line} nobody can release any more what `{call}` gave{message}',
      'zh-cn':
        '`{name}`{what} 并非在每条路径上都被释放：在第 {line} 行返回之后，再也无法释放 `{call}` 给出的对象{message}',
    },
    'own-again': {
      en: '`{name}`{what} is not released before `{call}` runs again: in each turn of the loop another one stays that nobody can release any more{message}',
      'zh-cn':
        '在再次执行 `{call}` 之前没有释放 `{name}`{what}：循环每执行一次，就多留下一个再也无法释放的对象{message}',
    },
    'own-overwritten': {
      en: '`{name}`{what} gets a new value on line {line} before it was released: nobody can release any more what `{call}` gave{message}',
      'zh-cn': '`{name}`{what} 在释放之前就在第 {line} 行被重新赋值：再也无法释放 `{call}` 给出的对象{message}',
    },
    'own-step-acquired': { en: 'from here on `{name}` has to be released', 'zh-cn': '从这里起必须释放 `{name}`' },
    'step-acquired': { en: 'from here on `{name}` has to be closed', 'zh-cn': '从这里起必须关闭 `{name}`' },
    replaced: {
      en: 'what `{name}` held until here stays open: `{method}` puts another one in its place, and nobody can close the old one any more',
      'zh-cn': '`{name}` 此前保存的对象一直打开：`{method}` 用另一个对象取代了它，再也没有人能关闭旧的那个',
    },
    collected: {
      en: 'the return on line {line} drops `{name}` with all that `{call}` has opened and that was put there: it stays open, with its descriptors and any goroutines that serve it',
      'zh-cn':
        '第 {line} 行的返回丢弃了 `{name}` 以及其中由 `{call}` 打开的所有对象：它们连同其描述符以及可能为它们服务的 goroutine 一直保留',
    },
    'file-collected': {
      en: 'the return on line {line} drops `{name}` with all files that `{call}` has opened and that were put there: they keep their descriptors until the garbage collector happens to find them, and descriptors are few',
      'zh-cn':
        '第 {line} 行的返回丢弃了 `{name}` 以及其中由 `{call}` 打开的所有文件：它们会占用描述符，直到垃圾回收器碰巧发现它们，而描述符数量有限',
    },
    'pipe-left': {
      en: 'the goroutine that writes into this pipe may wait for ever: after the return on line {line} nobody reads `{name}` any more, and nobody has closed it',
      'zh-cn': '向此管道写入的 goroutine 可能永远等待：在第 {line} 行返回之后，不再有人读取 `{name}`，也没有人关闭它',
    },
    'pipe-fails': {
      en: 'the goroutine that writes into this pipe may wait for ever: when `{call}` fails before it has read all, nobody reads `{name}` any more after the return on line {line}, and nobody has closed it',
      'zh-cn':
        '向此管道写入的 goroutine 可能永远等待：如果 `{call}` 在读完之前失败，在第 {line} 行返回之后，不再有人读取 `{name}`，也没有人关闭它',
    },
    'step-pipe-write': {
      en: 'the goroutine writes here, and waits until somebody reads or closes the pipe',
      'zh-cn': '该 goroutine 在此写入，并等待有人读取或关闭管道',
    },
    'step-collected': { en: 'from here on only `{name}` has it', 'zh-cn': '从这里起只有 `{name}` 持有它' },
    'fix-close-all': {
      en: 'Close all of `{name}` before it is dropped',
      'zh-cn': '在丢弃 `{name}` 之前关闭其中的所有对象',
    },
    'fix-defer': { en: 'Add `defer {release}`', 'zh-cn': '添加 `defer {release}`' },
    'fix-before-return': {
      en: 'Call `{release}` before the return on line {line}',
      'zh-cn': '在第 {line} 行返回之前调用 `{release}`',
    },
    'fix-in-turn': {
      en: 'Call `{release}` before the next turn of the loop',
      'zh-cn': '在下一次循环之前调用 `{release}`',
    },
    'fix-before-each': {
      en: 'Call `{release}` before each of the {count} returns that lack it',
      'zh-cn': '在缺少关闭的 {count} 处返回之前都调用 `{release}`',
    },
  },
  docs: {
    summary: {
      en: 'A connection, listener, file, writer, client or span is not closed on some way out.',
      'zh-cn': '在某条返回路径上没有关闭连接、监听器、文件、writer、客户端或 span。',
    },
    why: {
      en: 'Connections, listeners, watchers and clients hold a descriptor, and most of them have goroutines: one that reads, one that keeps the connection alive, one that waits for events. Until they are closed these stay, also when nobody refers to the value any more, and whoever is at the other end waits as well. A file is closed by the garbage collector some day; until then its descriptor counts. A compressing writer writes the end of its data only in `Close`. A write into an `io.Pipe` waits until somebody has read it: whoever leaves the reader before the end, without closing it, leaves the goroutine that writes. The usual cause is a return for an error between opening and `defer Close`.\n\nKnown libraries are gRPC, etcd, Redis, MongoDB, NATS, RabbitMQ, the Kafka clients sarama, franz-go and kafka-go, the Kubernetes client, fsnotify, WebSocket and OpenTelemetry. What functions of your own libraries hand out is looked at when `resources` in `goroutine-hygiene.jsonc` names them.',
      'zh-cn':
        '连接、监听器、监视器和客户端都占用描述符，而且大多带有 goroutine：读取数据、保持连接、等待事件。在关闭之前，即使没有人再引用该值，它们也会一直存在，连接的另一端同样会一直等待。文件总有一天会被垃圾回收器关闭，但在此之前仍占用描述符。压缩 writer 只有在 `Close` 时才写出数据的结尾。向 `io.Pipe` 写入会一直等到有人读取：谁在读完之前离开而不关闭读取端，就会丢下写入的 goroutine。常见原因是在打开与 `defer Close` 之间因错误提前返回。\n\n已知的库有 gRPC、etcd、Redis、MongoDB、NATS、RabbitMQ、Kafka 客户端 sarama、franz-go 和 kafka-go、Kubernetes 客户端、fsnotify、WebSocket 以及 OpenTelemetry。在 `goroutine-hygiene.jsonc` 的 `resources` 中写明后，也会检查您自己的库所给出的对象。',
    },
    silent: {
      en: '- closed by a helper, in a goroutine, or in a deferred function\n- returned, stored, sent, or passed to code that is not visible; of what goes into a field it is told where a method ends the value and nothing closes the field\n- a writer that is closed on some way: on the way of an error its end does not matter\n- `net.Pipe` and `os.NewFile`, and an `io.Pipe` of which no goroutine is seen that alone has the writer\n- the reader of a pipe that is read until it ends or fails, or of which one read may take all that is written\n- a subscription or channel that ends with its connection\n- the way out is the one on which the call failed\n- the log is written to it from now on (`SetOutput`), or the address of the server is kept\n- the way goes on in a function that never returns\n- code that runs once in the life of the process\n\nA way on which nothing went wrong is told first, where there is one. In a command with which the process ends it is a hint. Test code is left out: what it leaves open ends with its process. What `resources` names is a warning in all these cases but test code.',
      'zh-cn':
        '- 由辅助函数、goroutine 或 defer 的函数关闭\n- 被返回、保存、发送，或交给不可见的代码；对于存入字段的资源，仅当某个方法结束该值而没有任何代码关闭该字段时才会指出\n- writer 在某条路径上已被关闭：出错的路径上数据结尾无关紧要\n- `net.Pipe` 和 `os.NewFile`，以及看不到由某个 goroutine 单独持有写入端的 `io.Pipe`\n- 管道的读取端被读到结束或出错，或者一次读取就可能取走全部写入的数据\n- 随连接一起结束的订阅或 channel\n- 该路径是调用失败的路径\n- 日志从此写入其中（`SetOutput`），或服务器的地址被保存\n- 该路径进入永不返回的函数\n- 在进程生命周期内只执行一次的代码\n\n若有没有出错的路径，则首先指出该路径。位于执行完进程即结束的命令中时，只给出提示。测试代码不检查：留下的对象随测试进程一起结束。`resources` 中写明的对象除测试代码外一律为警告。',
    },
    fix: {
      en: 'Write `defer x.Close()` right after the error check. Where the value is handed on at the end, close it before each return on the way.',
      'zh-cn': '在检查错误之后立即写 `defer x.Close()`。如果最后要把该值交给别处，请在途中的每个返回之前关闭它。',
    },
    bad: `package p

import (
	"errors"
	"net"
	"time"
)

func ask(addr string, question []byte) (string, error) {
	conn, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		return "", err
	}
	if _, err := conn.Write(question); err != nil {
		return "", err
	}
	answer := make([]byte, 512)
	n, err := conn.Read(answer)
	if err != nil {
		return "", errors.New("no answer")
	}
	conn.Close()
	return string(answer[:n]), nil
}
`,
    good: `package p

import (
	"errors"
	"net"
	"time"
)

func ask(addr string, question []byte) (string, error) {
	conn, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if _, err := conn.Write(question); err != nil {
		return "", err
	}
	answer := make([]byte, 512)
	n, err := conn.Read(answer)
	if err != nil {
		return "", errors.New("no answer")
	}
	return string(answer[:n]), nil
}
`,
  },
};
