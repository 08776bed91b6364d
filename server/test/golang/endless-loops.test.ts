import assert from 'node:assert/strict';
import { endlessLoops } from '../../src/golang/endless-loops.ts';
import { launches } from '../../src/golang/launches.ts';
import { runsOncePerProcess } from '../../src/golang/process-lifetime.ts';
import { packageOf } from '../support/analysis.ts';

/** Source of the endless loops of a function body, each cut at its first brace. */
async function loops(body: string): Promise<string[]> {
  const source = `package p\nimport ("log"; "os"; "time")\nfunc spin() { for {} }\nfunc test(c, done chan int, t *time.Ticker) { ${body} }\n`;
  const { analysis, unit } = await packageOf({ 'a.go': source });
  const u = unit('test');
  assert.ok(!u.hasError && u.decl.kind === 'FuncDecl', 'the test itself does not parse');
  return endlessLoops(analysis.cfg(u, u.decl)).map((l) => (l.stmt ? u.text(l.stmt).replace(/\s*\{[^]*/, '') : '?'));
}

const LOOPS: Record<string, [body: string, ...loops: string[]]> = {
  'a plain loop': ['for { <-c }', 'for'],
  'an empty loop': ['for {}', 'for'],
  'a true condition': ['for true { f() }', 'for true'],
  'a parked goroutine': ['select {}', 'select'],
  'a loop after a way out': ['if a { return }; for { f() }', 'for'],
  'what leads to the loop is no part of it': ['f(); g(); for { <-c }', 'for'],
  'the inner of two loops': ['for a { f(); for { g() } }', 'for'],
  'the outer loop around one that ends': ['for { for b { g() } }', 'for'],
  'a range inside an endless loop': ['for { for x := range c { f(x) } }', 'for'],
  'two loops': ['if a { for { <-c } } else { for { c <- 1 } }', 'for', 'for'],
  goto: ['again: f(); goto again', 'again: f()'],
  'a labelled loop': ['outer: for { for { continue outer } }', 'for'],
  'break that leaves the select only': ['for { select { case <-done: break } }', 'for'],
  'the channel of a ticker': ['for range t.C { f() }', 'for range t.C'],
  'time.Tick': ['for now := range time.Tick(1) { f(now) }', 'for now := range time.Tick(1)'],
  'a ticker in a variable': ['k := time.NewTicker(1); ch := k.C; for range ch { f() }', 'for range ch'],
  'a condition': ['for a { f() }'],
  'a channel that can be closed': ['for x := range c { f(x) }'],
  return: ['for { select { case <-done: return; case <-c: } }'],
  'labelled break': ['l: for { select { case <-done: break l } }'],
  'goto out': ['for { if a { goto out } }; out: f()'],
  panic: ['for { if a { panic(1) } }'],
  exit: ['for { if a { os.Exit(1) } }'],
  fatal: ['for { if a { log.Fatal() } }'],
  'break in a ticker loop': ['for range t.C { if a { break } }'],
  'unreachable loop': ['return; for { f() }'],
};

describe('endless loops', () => {
  for (const [name, [body, ...expected]] of Object.entries(LOOPS))
    it(name, async () => assert.deepEqual(await loops(body), expected));
});

/** Whether the goroutine started in `test` is started once per process. */
async function once(source: string, name = 'p'): Promise<boolean> {
  const imports =
    'import ("net/http"; "sync"; "sync/atomic")\nvar _ http.Handler; var _ sync.Once; var _ atomic.Bool\n';
  const { analysis, unit } = await packageOf({ 'a.go': `package ${name}\n${imports}${source}\n` });
  const u = unit('test');
  const launch = launches(analysis, u)[0];
  assert.ok(launch, 'nothing is started');
  return runsOncePerProcess(analysis, u, launch.stmt);
}

describe('code that runs once per process', () => {
  const yes: Record<string, [source: string, pkg?: string]> = {
    'called from init': ['func test() { go f() }; func init() { test() }'],
    'called from a package variable': ['func test() int { go f(); return 1 }; var x = test()'],
    'given to sync.Once': ['var o sync.Once\nfunc Get() { o.Do(test) }\nfunc test() { go f() }'],
    'a literal given to sync.Once': ['var o sync.Once\nfunc test() { o.Do(func() { go f() }) }\nfunc Get() { test() }'],
    'guarded by a package variable': [
      'var c chan int\nfunc test() { if c == nil { c = make(chan int); go f() } }\nfunc Get() { test() }',
    ],
    'guarded by an early return': [
      'var on bool\nfunc test() { if on { return }; on = true; go f() }\nfunc Get() { test() }',
    ],
    'guarded atomically': [
      'var on atomic.Bool\nfunc test() { if on.CompareAndSwap(false, true) { go f() } }\nfunc Get() { test() }',
    ],
    'a counted loop in main': ['func main() { for i := 0; i < 3; i++ { test() } }\nfunc test() { go f() }', 'main'],
    'an exported function of a program': [
      'func main() { Run() }\nfunc Run() { test() }\nfunc test() { go f() }',
      'main',
    ],
  };
  const no: Record<string, [source: string, pkg?: string]> = {
    'called by nobody': ['func test() { go f() }'],
    'called from an exported function': ['func Start() { test() }\nfunc test() { go f() }'],
    'in an endless loop of main': ['func main() { for { test() } }\nfunc test() { go f() }', 'main'],
    'for each value of a channel': [
      'func main() { for range make(chan int) { test() } }\nfunc test() { go f() }',
      'main',
    ],
    'in a request handler': [
      'func main() { http.HandleFunc("/", h) }\nfunc h(w http.ResponseWriter, r *http.Request) { test() }\nfunc test() { go f() }',
      'main',
    ],
    'guarded by a field': [
      'type s struct{ on bool }\nfunc (x *s) Go() { test(x) }\nfunc test(x *s) { if !x.on { x.on = true; go f() } }',
    ],
    'guarded by a variable that does not change': [
      'var verbose bool\nfunc Start() { test() }\nfunc test() { if verbose { go f() } }',
    ],
    'also called elsewhere': ['func init() { test() }\nfunc Again() { test() }\nfunc test() { go f() }'],
  };
  for (const [name, args] of Object.entries(yes)) it(`is ${name}`, async () => assert.equal(await once(...args), true));
  for (const [name, args] of Object.entries(no))
    it(`is not ${name}`, async () => assert.equal(await once(...args), false));
});
