import { PATH_MESSAGES, REPLACED_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...PATH_MESSAGES,
    ...REPLACED_MESSAGES,
    replaced: {
      en: 'what `{name}` held until here is never finished: `{method}` puts another one in its place, and nobody can give back any more what the old one holds',
      'zh-cn':
        '`{name}` 此前保存的对象永远不会结束：`{method}` 用另一个对象取代了它，再也没有人能归还旧的那个所占用的资源',
    },
    discarded: {
      en: 'the result of `{call}` is dropped, so nobody can give its connection back: the pool runs dry and every later query waits',
      'zh-cn': '`{call}` 的结果被丢弃，其连接无法归还：连接池会被耗尽，之后的查询都会一直等待',
    },
    'not-closed': {
      en: '`{name}` is not finished on every way out: at the return on line {line} `{call}` still holds its connection, and with an empty pool the next query waits for ever',
      'zh-cn':
        '`{name}` 并非在每条路径上都得到释放：在第 {line} 行返回时，`{call}` 仍占用连接；连接池耗尽后，下一个查询将永远等待',
    },
    'stmt-discarded': {
      en: 'the result of `{call}` is dropped, so nobody can close the statement: the database server keeps what it has prepared',
      'zh-cn': '`{call}` 的结果被丢弃，该语句无法关闭：数据库服务器会一直保留已准备好的语句',
    },
    'stmt-not-closed': {
      en: '`{name}` is not closed on every way out: after the return on line {line} the database server keeps what `{call}` has prepared',
      'zh-cn': '`{name}` 并非在每条路径上都被关闭：在第 {line} 行返回之后，数据库服务器仍保留 `{call}` 准备的语句',
    },
    'stmt-again': {
      en: '`{name}` is not closed before `{call}` runs again: each turn of the loop leaves a prepared statement with the database server',
      'zh-cn': '在再次执行 `{call}` 之前没有关闭 `{name}`：循环每执行一次，数据库服务器就多保留一条已准备的语句',
    },
    'stmt-overwritten': {
      en: '`{name}` gets a new value on line {line} before it was closed: the database server keeps what `{call}` has prepared',
      'zh-cn': '`{name}` 在关闭之前就在第 {line} 行被重新赋值：数据库服务器仍保留 `{call}` 准备的语句',
    },
    again: {
      en: '`{name}` is not finished before `{call}` runs again: each turn of the loop keeps a connection',
      'zh-cn': '在再次执行 `{call}` 之前没有释放 `{name}`：循环每执行一次就多占用一个连接',
    },
    overwritten: {
      en: '`{name}` gets a new value on line {line} before it was finished: what `{call}` took is never given back',
      'zh-cn': '`{name}` 在释放之前就在第 {line} 行被重新赋值：`{call}` 占用的资源再也不会归还',
    },
    'step-acquired': { en: 'from here on `{name}` has to be given back', 'zh-cn': '从这里起必须释放 `{name}`' },
    'error-unread': {
      en: '`{name}.Next()` returns false at the end of the rows and also when the query fails on the way there, and nobody asks `{name}.Err()` which it was: a part of the rows is taken for all of them',
      'zh-cn':
        '`{name}.Next()` 在结果集读完时返回 false，在查询中途失败时也返回 false，而没有代码用 `{name}.Err()` 区分两者：只读到一部分行，却被当作全部',
    },
    'error-unread-once': {
      en: '`{name}.Next()` returns false when there is no row and also when the query fails, and nobody asks `{name}.Err()` which it was: a query that failed is taken for one without rows',
      'zh-cn':
        '`{name}.Next()` 在没有行时返回 false，在查询失败时也返回 false，而没有代码用 `{name}.Err()` 区分两者：失败的查询被当作没有结果',
    },
    'step-rows': { en: '`{name}` comes from `{call}`', 'zh-cn': '`{name}` 来自 `{call}`' },
    'fix-return-error': { en: 'Return `{name}.Err()`', 'zh-cn': '返回 `{name}.Err()`' },
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
      en: 'Rows, a statement, a transaction or a connection of a database is not closed, committed or rolled back on some way out, or is replaced in a field while it is open.',
      'zh-cn': '在某条返回路径上，数据库的结果集、语句、事务或连接没有被关闭、提交或回滚，或在字段中尚未关闭就被取代。',
    },
    why: {
      en: 'Rows, transactions and connections hold one of the pool’s connections until they are closed, committed or rolled back. A return in between keeps it. A prepared statement holds no connection, but the database server keeps it, and servers have limits. When the pool has none left, every goroutine that asks for a connection waits, and a service stands still without using any CPU.\n\nRows close themselves when `Next` returns false. A `return` or `break` inside the loop is where they leak. What `database/sql`, sqlx, pgx and gorm give is known.\n\n`Next` returns false too when the query fails in the middle, because the connection breaks or the context ends. Only `rows.Err()` tells that from the end of the rows; that nobody asks it is told as information.',
      'zh-cn':
        '结果集、事务和连接在关闭、提交或回滚之前，会一直占用连接池中的一个连接；中途返回就会把它留住。预处理语句不占用连接，但数据库服务器会一直保留它，而服务器对其数量有限制。连接池耗尽后，每个申请连接的 goroutine 都会等待，服务停滞而 CPU 空闲。\n\n当 `Next` 返回 false 时，结果集会自动关闭；泄漏通常发生在循环内部的 `return` 或 `break`。`database/sql`、sqlx、pgx 和 gorm 给出的对象都会检查。\n\n查询中途失败（连接断开或 context 结束）时，`Next` 同样返回 false，只有 `rows.Err()` 能把它与读完区分开；没有检查它时，以提示信息级别报告。',
    },
    silent: {
      en: '- closed, committed or rolled back by a helper, or in a deferred function\n- returned, stored, or passed to code that is not visible\n- rows read to the end: `Next` has returned false\n- rows and statements of a transaction: they end with it\n- `Err` of the rows is asked anywhere in the function, or the rows are passed to somebody who may ask\n- the way out is the one on which the call failed\n- code that runs once in the life of the process',
      'zh-cn':
        '- 由辅助函数或 defer 的函数关闭、提交或回滚\n- 被返回、保存，或交给不可见的代码\n- 结果集已读完：`Next` 返回了 false\n- 属于某个事务的结果集和语句：它们随事务结束\n- 函数中某处检查了 `Err`，或结果集被交给可能检查它的代码\n- 该路径是调用失败的路径\n- 在进程生命周期内只执行一次的代码',
    },
    fix: {
      en: 'Write `defer rows.Close()` or `defer tx.Rollback()` right after the error check. Closing twice is harmless, and so is a rollback after `Commit`. Behind the loop return `rows.Err()` in the place of `nil`.',
      'zh-cn':
        '在检查错误之后立即写 `defer rows.Close()` 或 `defer tx.Rollback()`。重复关闭无害，在 `Commit` 之后回滚同样无害。循环之后返回 `rows.Err()` 而不是 `nil`。',
    },
    bad: `package p

import "database/sql"

func names(db *sql.DB) ([]string, error) {
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		return nil, err
	}
	var all []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		all = append(all, name)
	}
	return all, rows.Err()
}
`,
    good: `package p

import "database/sql"

func names(db *sql.DB) ([]string, error) {
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		all = append(all, name)
	}
	return all, rows.Err()
}
`,
  },
};
