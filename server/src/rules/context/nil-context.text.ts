import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    'nil-argument': {
      en: '`{call}` gets nil as its context: the first `Done`, `Err` or `Value` called on it panics, and nothing can ever cancel this call',
      'zh-cn':
        '传给 `{call}` 的 context 是 nil：一旦对它调用 `Done`、`Err` 或 `Value` 就会 panic，而且这次调用无法被取消',
    },
    'nil-parent': {
      en: '`{call}` panics because its parent context is nil',
      'zh-cn': '父 context 为 nil，`{call}` 会 panic',
    },
    'fix-use': { en: 'Pass `{ctx}`', 'zh-cn': '改为传入 `{ctx}`' },
  },
  docs: {
    summary: {
      en: 'nil is passed where a context is expected.',
      'zh-cn': '在需要 context 的地方传入了 nil。',
    },
    why: {
      en: 'A nil context is no empty context. Code that gets one calls `ctx.Done()` or `ctx.Err()` sooner or later and panics with a nil dereference, often only on a slow or rarely taken way. `context.WithCancel(nil)` panics at once. Even where nothing panics, the call has no deadline and cannot be cancelled.',
      'zh-cn':
        'nil 并不是“空的 context”。收到 nil 的代码迟早会调用 `ctx.Done()` 或 `ctx.Err()`，从而因空指针而 panic，而且往往发生在较慢或很少执行的路径上。`context.WithCancel(nil)` 会立即 panic。即使没有 panic，这次调用也没有截止时间，无法取消。',
    },
    silent: {
      en: '- the called function is visible and compares the parameter with nil, does not use it, or hands it to functions that do so\n- the signature of the called function is not known',
      'zh-cn':
        '- 被调用的函数可见，并且会将该参数与 nil 比较、不使用它，或只把它交给这样的函数\n- 被调用函数的签名未知',
    },
    fix: {
      en: 'Pass the context the function got. Where there is none yet, `context.TODO()` says so until somebody adds a parameter.',
      'zh-cn': '传入当前函数收到的 context。如果暂时没有，请用 `context.TODO()` 表明这一点，以后再增加参数。',
    },
    bad: `package p

import (
	"context"
	"database/sql"
)

func count(ctx context.Context, db *sql.DB) (n int, err error) {
	err = db.QueryRowContext(nil, "SELECT count(*) FROM users").Scan(&n)
	return n, err
}
`,
    good: `package p

import (
	"context"
	"database/sql"
)

func count(ctx context.Context, db *sql.DB) (n int, err error) {
	err = db.QueryRowContext(ctx, "SELECT count(*) FROM users").Scan(&n)
	return n, err
}
`,
  },
};
