import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    unbounded: {
      en: 'nothing limits the pool of `{call}`: under load it opens one connection for each query that waits, until the database refuses more, and connections that a proxy has dropped are kept for ever',
      'zh-cn':
        '`{call}` 的连接池没有任何限制：负载高时，它会为每个等待的查询新建一个连接，直到数据库拒绝；已被代理断开的连接也会一直保留',
    },
    'fix-limit': {
      en: 'Limit the connections of `{name}` and how long they are kept',
      'zh-cn': '限制 `{name}` 的连接数和连接保留时间',
    },
  },
  docs: {
    summary: {
      en: 'A database is opened without any limit for the number of its connections or the time they are kept.',
      'zh-cn': '打开数据库时，没有限制连接数和连接保留时间。',
    },
    why: {
      en: 'The pool behind `sql.DB` has no upper limit unless it is told one: when queries become slow, each waiting goroutine opens a connection of its own, the database slows down further and in the end refuses connections, for all services that use it. Without a maximal lifetime connections live until they fail, so they stay on an old server after a failover, and break when a load balancer has dropped them silently.',
      'zh-cn':
        '`sql.DB` 背后的连接池默认没有上限：查询变慢时，每个等待的 goroutine 都会新建连接，数据库因此更慢，最终拒绝连接，影响所有使用它的服务。如果没有最长保留时间，连接会一直用到出错为止：故障切换后仍连着旧服务器，被负载均衡器悄悄断开后才报错。',
    },
    silent: {
      en: '- the package calls `SetMaxOpenConns`, `SetConnMaxLifetime` or `SetConnMaxIdleTime` somewhere\n- an exported function returns the database, an exported variable or field holds it, or code that is not seen gets it: others may set limits\n- the function that opens the database closes it again, and is not `main`, or is the only one to make queries, one after the other\n- the kind of database is a parameter: what is opened for others is theirs to limit\n- databases in a file or in memory\n- commands that end soon, and tests',
      'zh-cn':
        '- 包内某处调用了 `SetMaxOpenConns`、`SetConnMaxLifetime` 或 `SetConnMaxIdleTime`\n- 数据库由导出的函数返回、由导出的变量或字段持有，或传给看不见的代码：别处可能设置限制\n- 打开数据库的函数自己又将其关闭，且不是 `main`；或者只有该函数自己依次执行查询\n- 数据库类型由参数给出：替别人打开的数据库应由调用者限制\n- 文件或内存中的数据库\n- 很快结束的命令，以及测试',
    },
    fix: {
      en: 'Call `SetMaxOpenConns` with the share of the database that this service may use, and `SetConnMaxLifetime` with a few minutes. The numbers that the fix puts in are only a beginning.',
      'zh-cn':
        '调用 `SetMaxOpenConns`，设为该服务可占用的连接数，并用 `SetConnMaxLifetime` 设置几分钟的保留时间。修复中填入的数字只是起点。',
    },
    bad: `package main

import (
	"database/sql"
	"log"
	"net/http"
)

func main() {
	db, err := sql.Open("postgres", "host=db")
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if err := db.PingContext(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
`,
    good: `package main

import (
	"database/sql"
	"log"
	"net/http"
	"time"
)

func main() {
	db, err := sql.Open("postgres", "host=db")
	if err != nil {
		log.Fatal(err)
	}
	db.SetMaxOpenConns(25)
	db.SetConnMaxLifetime(5 * time.Minute)
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if err := db.PingContext(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
`,
  },
};
