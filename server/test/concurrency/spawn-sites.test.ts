import assert from 'node:assert/strict';
import { goroutinesIn, type Goroutine } from '../../src/engine/goroutines.ts';
import type { Locale } from '../../src/rules/rule.ts';
import { packageOf } from '../support/analysis.ts';

const HEADER = [
  'package p',
  'import ("context"; "errors"; "log"; "net"; "net/http"; "os"; "runtime"; "sync"; "time"; "golang.org/x/sync/errgroup")',
  'var _ context.Context; var _ = errors.New; var _ = log.Print; var _ net.Conn; var _ http.Handler; var _ = os.Exit',
  'var _ = runtime.Gosched; var _ sync.Once; var _ time.Time; var _ errgroup.Group',
  '',
].join('\n');
/** Line of the first line of a test's source. */
const FIRST = HEADER.split('\n').length;

async function goroutines(source: string, locale: Locale = 'en', more: Record<string, string> = {}) {
  const { analysis, pkg } = await packageOf({ 'a.go': HEADER + source, ...more });
  const [file] = pkg.files;
  assert.ok(file);
  for (const declaration of file.outline.decls)
    assert.ok(!pkg.unit({ file, declaration }).hasError, 'the test itself does not parse');
  return goroutinesIn(analysis, pkg, file, Infinity, locale);
}

/** `kind: text` with line numbers that count from the first line of the test's source, without the opening words. */
function summary({ ends, text }: Goroutine): string {
  const relative = text.replace(/\bline (\d+)/g, (_, n: string) => `line ${Number(n) - FIRST + 1}`);
  return `${ends}: ${relative.replace(/^This goroutine /, '').replace(/\.$/, '')}`;
}

const SERVER = 'type server struct { ctx context.Context; jobs chan int; quit, done chan struct{}; errs chan error }\n';

/** What the code is, and how its goroutines end. Sources that start with `func` or `type` are whole declarations. */
const SHAPES: Record<string, [source: string, ...ends: string[]]> = {
  'straight code': ['go func() { println() }()', 'completes: runs to completion'],
  'calls of unknown length': [
    'func f(c net.Conn, b []byte) {\ngo func() { for { if _, err := c.Read(b); err != nil { return } } }()\n}',
    'completes: runs to completion',
  ],
  'a bounded loop': ['go func() { for i := 0; i < 9; i++ { time.Sleep(1) } }()', 'completes: runs to completion'],
  'a timer': ['go func() { <-time.After(1); <-time.NewTimer(1).C }()', 'completes: runs to completion'],
  'a wait with a time limit': [
    'func f(c chan int) { go func() { select { case <-c: case <-time.After(1): } }() }',
    'completes: runs to completion',
  ],
  'a select with a default': [
    'func f(c chan int) { go func() { select { case c <- 1: default: } }() }',
    'completes: runs to completion',
  ],
  'a result into a buffer': [
    'errc := make(chan error, 1); go func() { errc <- nil }(); <-errc',
    'completes: runs to completion',
  ],
  'results into a buffer of that size': [
    'c := make(chan int, 2); go func() { c <- 1 }(); go func() { c <- 2 }(); <-c',
    'completes: runs to completion',
    'completes: runs to completion',
  ],
  'more results than the buffer holds': [
    'c := make(chan int, 1); for range 3 { go func() { c <- 1 }() }; <-c',
    'when-sent: ends when it has sent on `c` (line 1)',
  ],
  'an unbuffered result': [
    'c := make(chan int); go func() { c <- 1 }(); <-c',
    'when-sent: ends when it has sent on `c` (line 1)',
  ],
  'a result that nobody takes': [
    'c := make(chan int); go func() { c <- 1 }()',
    'none: No end found: the goroutine waits in line 1, and nobody receives from `c`',
  ],
  'a signal that comes': [
    'c := make(chan int); go func() { <-c }(); c <- 1',
    'when-received: ends when it has received from `c` (line 1)',
  ],
  'a signal that does not come': [
    'c := make(chan int)\ngo func() {\n<-c\n}()',
    'none: No end found: the goroutine waits in line 3, and nobody sends on `c` or closes it',
  ],
  'a signal by close': [
    'c := make(chan struct{})\ngo func() { <-c }()\nclose(c)',
    'when-closed: ends when `c` is closed (line 2, `close` in line 3)',
  ],
  'a deferred close': [
    'c := make(chan int)\ndefer close(c)\ngo func() { for range c {} }()\nc <- 1',
    'when-closed: ends when `c` is closed (line 3, `close` in line 2)',
  ],
  'a range over what nobody closes': [
    'c := make(chan int)\ngo func() { for v := range c { println(v) } }()\nc <- 1',
    'none: No end found: the goroutine waits in line 2, and nobody closes `c`',
  ],
  'a range that is left': [
    'c := make(chan int)\ngo func() { for v := range c { if v == 0 { break } } }()\nc <- 1',
    'when-signalled: ends when it leaves its loop (line 2)',
  ],
  'a range over what others may close': [
    'func f(c chan int) { go func() { for range c {} }() }',
    'when-closed: ends when `c` is closed (line 1)',
  ],
  'a channel that a called function closes': [
    'func f() { c := make(chan int); go work(c); stop(c) }\nfunc work(in <-chan int) { for range in {} }\nfunc stop(c chan int) { close(c) }',
    'when-closed: ends when `in` is closed (line 2, `close` in line 3)',
  ],
  'the comma-ok form': [
    'func f(c chan int) { go func() {\nfor {\n_, ok := <-c\nif !ok { return }\n}\n}() }',
    'when-closed: ends when `c` is closed (line 4)',
  ],
  'a context': [
    'func f(ctx context.Context) { go func() { <-ctx.Done() }() }',
    'when-done: ends when `ctx` is done (line 1)',
  ],
  'a worker with a context': [
    'func f(ctx context.Context, in chan int) { go func() {\nfor {\nselect {\ncase <-ctx.Done():\nreturn\ncase v := <-in:\nprintln(v)\n}\n}\n}() }',
    'when-done: ends when `ctx` is done (line 4)',
  ],
  'a context asked for its error': [
    'func f(ctx context.Context) { go func() { for ctx.Err() == nil { println() } }() }',
    'when-done: ends when `ctx` is done (line 1)',
  ],
  'a context in a variable': [
    'func f(ctx context.Context) { done := ctx.Done(); go func() { <-done }() }',
    'when-done: ends when `ctx` is done (line 1)',
  ],
  'several ways out': [
    `${SERVER}func (s *server) start() { go s.run() }\nfunc (s *server) run() { for { select {\ncase <-s.ctx.Done(): return\ncase <-s.quit: return\ncase j := <-s.jobs: println(j)\n} } }\nfunc (s *server) Close() { close(s.quit) }`,
    'when-signalled: ends when `s.ctx` is done (line 4) or `s.quit` is closed (line 5, `close` in line 8)',
  ],
  'a field that is closed elsewhere': [
    `${SERVER}func (s *server) start() { s.jobs = make(chan int); go s.run() }\nfunc (s *server) run() { for j := range s.jobs { println(j) } }\nfunc (s *server) Close() { close(s.jobs) }`,
    'when-closed: ends when `s.jobs` is closed (line 3, `close` in line 4)',
  ],
  'a field that nobody closes': [
    `${SERVER}func start() *server { s := &server{jobs: make(chan int)}; go s.run(); return s }\nfunc (s *server) run() { for j := range s.jobs { println(j) } }\nfunc (s *server) Add() { s.jobs <- 1 }`,
    'none: No end found: the goroutine waits in line 3, and nobody closes `s.jobs`',
  ],
  'a field that comes from outside': [
    `${SERVER}func start(in chan int) { s := &server{jobs: in}; go s.run() }\nfunc (s *server) run() { for range s.jobs {} }`,
    'when-closed: ends when `s.jobs` is closed (line 3)',
  ],
  'an exported field': [
    'type T struct { C chan int }\nfunc start() *T { t := &T{C: make(chan int)}; go t.run(); return t }\nfunc (t *T) run() { for range t.C {} }',
    'when-closed: ends when `t.C` is closed (line 3)',
  ],
  'a field set by position': [
    'type t struct { c chan int }\nfunc start(in chan int) { x := t{in}; go x.run() }\nfunc (x t) run() { for range x.c {} }',
    'when-closed: ends when `x.c` is closed (line 3)',
  ],
  'a channel known by two names': [
    `${SERVER}func start() { c := make(chan int); s := &server{jobs: c}; go s.run(); close(c) }\nfunc (s *server) run() { for range s.jobs {} }`,
    'when-closed: ends when `s.jobs` is closed (line 3, `close` in line 2)',
  ],
  'a package variable': [
    'var stop = make(chan struct{})\nfunc Start() { go func() { <-stop }() }\nfunc Stop() { close(stop) }',
    'when-closed: ends when `stop` is closed (line 2, `close` in line 3)',
  ],
  'a getter of a channel': [
    `${SERVER}func (s *server) Done() <-chan struct{} { return s.done }\nfunc Watch(s *server) { go func() { <-s.Done() }() }\nfunc (s *server) Close() { close(s.done) }`,
    'when-closed: ends when `s.Done()` is closed (line 3, `close` in line 4)',
  ],
  'a wait group': [
    'var wg sync.WaitGroup; c := make(chan int); go func() { wg.Wait(); close(c) }(); <-c',
    'when-signalled: ends when `wg.Wait` returns (line 1)',
  ],
  'a loop left by an error': [
    'func f(ctx context.Context, g func() error) { go func() { for {\nselect {\ncase <-ctx.Done(): return\ndefault:\n}\nif err := g(); err != nil {\nreturn\n}\n} }() }',
    'when-done: ends when `ctx` is done (line 3) or it leaves its loop (line 6)',
  ],
  'a condition of the loop itself': [
    'func f(quit chan int, on bool) { go func() { for on {\nselect { case <-quit: return; case <-time.After(1): on = g() }\n} }() }\nfunc g() bool { return true }',
    'when-signalled: ends when it has received from `quit` (line 2) or it leaves its loop (line 1)',
  ],
  'waits in a called function': [
    'func f(ctx context.Context) { go func() { defer println(); run(ctx) }() }\nfunc run(c context.Context) { <-c.Done() }',
    'when-done: ends when `c` is done (line 2)',
  ],
  'several waits': [
    'func f(in, out chan int) { go func() {\nv := <-in\nout <- v\n}() }',
    'when-sent: ends when it has sent on `out` (line 3). It may also wait in line 2',
  ],
  'a wait on some ways only': [
    'func f(errs chan error, err error) { go func() {\nif err != nil { errs <- err }\n}() }',
    'when-sent: runs to completion; on some ways it first waits until it has sent on `errs` (line 2)',
  ],
  'a loop that is not always reached': [
    'func f(ctx context.Context, g func() error) { go func() {\nif g() != nil { return }\nfor { select { case <-ctx.Done(): return; case <-time.After(1): println() } }\n}() }',
    'when-done: ends at the latest when `ctx` is done (line 3)',
  ],
  'a range that only Goexit leaves': [
    'c := make(chan int); go func() { for v := range c { if v == 0 { runtime.Goexit() } } }(); c <- 1',
    'completes: runs to completion',
  ],
  'a range that only the end of the program leaves': [
    'c := make(chan int); go func() { for v := range c { if v == 0 { os.Exit(1) } } }(); c <- 1',
    'with-process: ends with the process only: line 1 ends the program',
  ],
  'a select none of whose arms can be taken': [
    `${SERVER}func start() { s := &server{}; go s.run() }\nfunc (s *server) run() { select { case <-s.quit: case <-s.done: } }`,
    'none: No end found: the goroutine waits in line 3, and nobody sends on `s.quit` or closes it, nobody sends on `s.done` or closes it',
  ],
  'a place in a semaphore': [
    'sem := make(chan int, 4); for range 9 { go func() {\nsem <- 1\ndefer func() { <-sem }()\n}() }',
    'when-sent: ends when it has sent on `sem` (line 2)',
  ],
  'an endless loop': [
    'go func() {\nfor { println() }\n}()',
    'none: No end found: nothing leads out of the loop in line 2',
  ],
  'a parked goroutine': ['go func() { select {} }()', 'none: No end found: the `select` in line 1 waits for ever'],
  'a loop over a ticker': [
    't := time.NewTicker(1); go func() { for range t.C { println() } }()',
    'none: No end found: nothing leads out of the loop in line 1',
  ],
  'a daemon': [
    '\n//hygiene:daemon flushes until the process ends\ngo func() { for { println() } }()',
    'with-process: lives as long as the process, as its comment says',
  ],
  'a daemon without a reason': [
    '\n//hygiene:daemon\ngo func() { for { println() } }()',
    'none: No end found: nothing leads out of the loop in line 3',
  ],
  'started once': [
    'func init() { go func() { for { println() } }() }',
    'with-process: is started once and lives as long as the process: nothing ends the wait or loop in line 1',
  ],
  'the end of the program': [
    'func f(l net.Listener) { go func() { log.Fatal(http.Serve(l, nil)) }() }',
    'with-process: ends with the process only: line 1 ends the program',
  ],
  Goexit: ['go func() { println(); runtime.Goexit() }()', 'completes: runs to completion'],
  'a function value': [
    'func f(g func()) { go g() }',
    'unknown: How this goroutine ends is not known: the code it runs is not visible here',
  ],
  'a cancel function': ['func f(cancel context.CancelFunc) { go cancel() }', 'completes: runs to completion'],
  'an interface method': [
    'func f(r interface{ Run() }) { go r.Run() }',
    'unknown: How this goroutine ends is not known: the code it runs is not visible here',
  ],
  'input and output of an API': [
    'func f(s *http.Server, l net.Listener) { go s.Serve(l) }',
    'completes: runs to completion',
  ],
  'a group': [
    'func f(ctx context.Context) {\nvar g errgroup.Group\ng.Go(func() error { <-ctx.Done(); return ctx.Err() })\nvar wg sync.WaitGroup\nwg.Go(func() { select {} })\n}',
    'when-done: ends when `ctx` is done (line 3)',
    'none: No end found: the `select` in line 5 waits for ever',
  ],
  'functions that call each other': [
    'func a(c chan int) { b(c) }\nfunc b(c chan int) { if <-c > 0 { a(c) } }\nfunc f(c chan int) { go a(c) }',
    'when-received: ends when it has received from `c` (line 2)',
  ],
};

describe('goroutines and their ends', () => {
  for (const [name, [source, ...expected]] of Object.entries(SHAPES))
    it(name, async () => {
      const code = /^(?:func|type) |^var \w+ =/.test(source) ? source : `func f() { ${source} }`;
      assert.deepEqual((await goroutines(code)).map(summary), expected);
    });

  it('have a name, a place and a reason', async () => {
    const source =
      'func f(c chan int, g errgroup.Group) {\n\tgo work(c)\n\tg.Go(once)\n}\nfunc once() error { return nil }\n';
    const work = 'package p\n\nfunc work(c chan int) {\n\tfor range c {\n\t}\n}\n';
    const [first, second, ...others] = await goroutines(source, 'en', { 'dir/work.go': work });
    assert.ok(first && second && others.length === 0);
    assert.equal(first.function, 'work');
    assert.equal(first.text, 'This goroutine ends when `c` is closed (`work.go:4`).');
    assert.equal(first.title, 'ends when c is closed');
    assert.deepEqual(first.reason?.path, 'dir/work.go');
    assert.deepEqual(first.reason?.range.start, { line: 3, character: 1 });
    assert.deepEqual([first.range.start.line, first.range.start.character, first.end - first.start], [FIRST, 1, 2]);
    assert.equal(second.function, 'once');
    const text = HEADER + source;
    assert.equal(text.slice(second.start, second.end), 'g.Go');
    assert.equal(text.slice(second.word.start, second.word.end), 'Go');
  });

  it('are told in 简体中文', async () => {
    const source =
      'func f(ctx context.Context, c chan int) { go func() { for { select { case <-ctx.Done(): return; case <-c: return } } }() }';
    const [only] = await goroutines(source, 'zh-cn');
    const line = `第 ${FIRST} 行`;
    assert.equal(only?.text, `该 goroutine 在 \`ctx\` 结束（${line}）或从 \`c\` 接收成功（${line}）时结束。`);
  });

  it('take no more work than they may', async () => {
    const chain = Array.from({ length: 3000 }, (_, i) => `if a { <-c${i % 7} }`).join('\n');
    const params = 'a bool, c0, c1, c2, c3, c4, c5, c6 chan int';
    const source = `func f(${params}) { go println(); go func() {\n${chain}\n}(); go println() }`;
    const ends = (await goroutines(source)).map(({ ends }) => ends);
    assert.deepEqual(ends, ['completes', 'unknown', 'unknown']);
  });
});
