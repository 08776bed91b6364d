import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    kept: {
      en: '`{type}` keeps the context of whoever made it: `{method}` works under that one, so its callers cannot cancel it, and once that context is over every call fails',
      'zh-cn':
        '`{type}` 保存了创建者的 context：`{method}` 在它之下工作，因此调用者无法取消，而且该 context 一旦结束，之后的每次调用都会失败',
    },
    'step-used': { en: 'the kept `{name}` is passed on here', 'zh-cn': '此处传出的是保存下来的 `{name}`' },
  },
  docs: {
    summary: {
      en: 'A long-lived object keeps a context that its methods use in the place of one of their callers.',
      'zh-cn': '长期存活的对象保存了一个 context，其方法用它代替调用者的 context。',
    },
    why: {
      en: 'A context belongs to one call and what follows from it. When a client or store keeps the context with which it was made, a request that is given up cannot stop the query it has started, and values such as trace ids are those of somebody else. The other way round is worse: an object made with the context of a request, or with a timeout, stops working when that is over.',
      'zh-cn':
        'context 属于一次调用及由它引出的工作。如果客户端或存储对象保存了创建时的 context，被放弃的请求就无法停止它发起的查询，追踪 ID 之类的值也是别人的。反过来更糟：用某个请求的 context 或带超时的 context 创建的对象，在它结束之后就不能再工作。',
    },
    silent: {
      en: '- types without `Close`, `Stop` or `Shutdown`: what belongs to a request or a task may carry its context\n- types that also hold a cancel function: the context is that of their own life\n- types that hold a request or a response\n- exported fields, and contexts made by the type itself\n- methods that take a context, those that run or end the object, and those of streams and files (`Read`, `WriteTo`, `Open`)\n- tests',
      'zh-cn':
        '- 没有 `Close`、`Stop` 或 `Shutdown` 的类型：属于某个请求或任务的对象可以携带其 context\n- 同时持有取消函数的类型：该 context 代表其自身的生命期\n- 持有请求或响应的类型\n- 导出的字段，以及由该类型自己创建的 context\n- 接受 context 的方法，运行或结束该对象的方法，以及流和文件的方法（`Read`、`WriteTo`、`Open`）\n- 测试',
    },
    fix: {
      en: 'Let each method take a `context.Context` as its first parameter. Where the object has a life of its own, make a context for it together with a cancel function, and call that in `Close`.',
      'zh-cn':
        '让每个方法以 `context.Context` 作为第一个参数。如果对象有自己的生命期，就为它创建 context 和取消函数，并在 `Close` 中调用后者。',
    },
    bad: `package p

import (
	"context"
	"database/sql"
)

type Store struct {
	ctx context.Context
	db  *sql.DB
}

func NewStore(ctx context.Context, db *sql.DB) *Store { return &Store{ctx: ctx, db: db} }

func (s *Store) Delete(id int) error {
	_, err := s.db.ExecContext(s.ctx, "DELETE FROM items WHERE id = ?", id)
	return err
}

func (s *Store) Close() error { return s.db.Close() }
`,
    good: `package p

import (
	"context"
	"database/sql"
)

type Store struct{ db *sql.DB }

func NewStore(db *sql.DB) *Store { return &Store{db: db} }

func (s *Store) Delete(ctx context.Context, id int) error {
	_, err := s.db.ExecContext(ctx, "DELETE FROM items WHERE id = ?", id)
	return err
}

func (s *Store) Close() error { return s.db.Close() }
`,
  },
};
