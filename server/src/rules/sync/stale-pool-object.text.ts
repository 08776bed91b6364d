import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    kept: {
      en: 'the object goes back into the pool with `{value}` still in `{field}`: the pool keeps it in memory, and who takes the object next can see it',
      'zh-cn': '对象放回池中时 `{field}` 仍保存着 `{value}`：池会让它一直留在内存中，下一个取出该对象的代码也能看到它',
    },
    'step-set': {
      en: 'the field is set here, and nothing clears it',
      'zh-cn': '该字段在此设置，之后没有任何代码清除它',
    },
    'fix-clear-field': { en: 'Clear `{field}` before the object is put back', 'zh-cn': '放回对象之前清除 `{field}`' },
  },
  docs: {
    summary: {
      en: 'An object is put into a `sync.Pool` with a reference that belongs to a finished call.',
      'zh-cn': '放入 `sync.Pool` 的对象仍保存着属于已结束调用的引用。',
    },
    why: {
      en: 'A pool hands out objects as they were put in. A context, request or buffer that is still in a field cannot be freed while the object waits in the pool, and a user of the object that does not set the field works with what belonged to somebody else.\n\nWhere the one function that takes objects sets the field each time, only memory is kept, until the object is used again or the garbage collector empties the pool: that is a hint, as it is where a function of its own (`release`) puts back what another one has taken and set.',
      'zh-cn':
        '池会原样交出放入的对象。仍保存在字段中的 context、请求或缓冲区在对象留在池中期间无法释放；如果取出对象的代码没有设置该字段，用到的就是别人的数据。\n\n如果只有一个函数从池中取对象，并且每次都设置该字段，那么只是多占用内存，直到对象再次被使用或垃圾回收清空池：此时仅以提示级别报告；由单独的函数（`release`）放回、由另一个函数取出并设置字段时亦然。',
    },
    silent: {
      en: '- the package sets the field anywhere else, or overwrites the whole object: `*x = T{}`, also in a method such as `Reset`\n- the function that puts it back has taken it as well, and passes it to code of other packages, returns, stores or captures it\n- the pool can be used by other packages, or is passed on\n- the field holds something other than a context, request, response writer, `io.Reader`, `io.Writer` or slice given by a parameter: it may well live longer\n- in tests',
      'zh-cn':
        '- 包内其他位置也设置该字段，或整体覆盖该对象：`*x = T{}`，包括在 `Reset` 之类的方法中\n- 放回对象的函数自己取出了它，并把它传给其他包的代码、返回、保存或捕获\n- 其他包可以使用该池，或池本身被传出\n- 字段保存的不是由参数传入的 context、请求、ResponseWriter、`io.Reader`、`io.Writer` 或切片：它可能本就存活更久\n- 测试代码中',
    },
    fix: {
      en: 'Set the field to nil before `Put`.',
      'zh-cn': '在 `Put` 之前将该字段设为 nil。',
    },
    bad: `package p

import (
	"net/http"
	"sync"
)

type state struct {
	request *http.Request
	size    int
}

var states = sync.Pool{New: func() any { return new(state) }}

func Serve(r *http.Request) int {
	s := states.Get().(*state)
	s.request = r
	n := s.size + len(s.request.URL.Path)
	states.Put(s)
	return n
}
`,
    good: `package p

import (
	"net/http"
	"sync"
)

type state struct {
	request *http.Request
	size    int
}

var states = sync.Pool{New: func() any { return new(state) }}

func Serve(r *http.Request) int {
	s := states.Get().(*state)
	s.request = r
	n := s.size + len(s.request.URL.Path)
	s.request = nil
	states.Put(s)
	return n
}
`,
  },
};
