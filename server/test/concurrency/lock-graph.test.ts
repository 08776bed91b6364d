import { deepStrictEqual, strictEqual } from 'node:assert';
import { type LockGraph, lockGraph } from '../../src/concurrency/locks/lock-graph.ts';
import { LockSummaries } from '../../src/concurrency/locks/lock-summary.ts';
import { lockersOf } from '../../src/concurrency/locks/lockers.ts';
import { runContexts } from '../../src/concurrency/locks/run-contexts.ts';
import { pathName } from '../../src/golang/access-path.ts';
import { packageOf, type TestPackage } from '../support/analysis.ts';

const HEADER = `package p

import "sync"

type pair struct {
	a, b sync.Mutex
	rw   sync.RWMutex
}

var global sync.Mutex
`;

async function load(body: string): Promise<{ p: TestPackage; graph: LockGraph }> {
  const p = await packageOf({ 'a.go': HEADER + body });
  const lockers = lockersOf(p.analysis, p.pkg);
  const none = {
    edges: new Map(),
    summaries: new LockSummaries(p.analysis, { mayLock: new Set(), mayKeep: new Set() }),
  };
  return { p, graph: lockers ? lockGraph(p.analysis, p.pkg, lockers) : none };
}

describe('lock graph', () => {
  const cases: { title: string; body: string; edges: string[] }[] = [
    {
      title: 'has an edge for a lock taken while another is held, and none once it is free',
      body: `func (p *pair) f() {
	p.a.Lock()
	p.b.Lock()
	p.a.Unlock()
	global.Lock()
}`,
      edges: ['(example.com/p.pair).a -> (example.com/p.pair).b', '(example.com/p.pair).b -> global'],
    },
    {
      title: 'follows calls, and helpers that lock and unlock for their caller',
      body: `func (p *pair) lockA() { p.a.Lock() }
func (p *pair) unlockA() { p.a.Unlock() }
func (p *pair) takeB() { p.b.Lock(); defer p.b.Unlock() }
func (p *pair) f() {
	p.lockA()
	p.takeB()
	p.unlockA()
	global.Lock()
	global.Unlock()
}`,
      edges: ['(example.com/p.pair).a -> (example.com/p.pair).b'],
    },
    {
      title: 'follows helpers that unlock for their caller in a deferred call',
      body: `func (p *pair) lockA() { p.a.Lock() }
func (p *pair) release() { p.a.Unlock() }
func (p *pair) unlockA() {
	defer p.release()
	println(p)
}
func (p *pair) unlockRW() { defer p.rw.Unlock() }
func (p *pair) f() {
	p.lockA()
	p.rw.Lock()
	p.unlockA()
	p.unlockRW()
	global.Lock()
	global.Unlock()
}`,
      edges: ['(example.com/p.pair).a -> (example.com/p.pair).rw'],
    },
    {
      title: 'lets go of nothing where a deferred call unlocks what the function has locked',
      body: `func (p *pair) lockA() { p.a.Lock() }
func (p *pair) takeB() {
	p.b.Lock()
	defer p.b.Unlock()
}
func (p *pair) takeA(x bool) {
	if x {
		p.a.Lock()
		defer p.a.Unlock()
	}
}
func (p *pair) f() {
	p.b.Lock()
	p.takeA(true)
	p.a.Lock()
	p.takeA(false)
	p.rw.RLock()
	p.rw.RUnlock()
	p.a.Unlock()
	p.b.Unlock()
}`,
      edges: [
        '(example.com/p.pair).a -> (example.com/p.pair).rw',
        '(example.com/p.pair).b -> (example.com/p.pair).a',
        '(example.com/p.pair).b -> (example.com/p.pair).rw',
      ],
    },
    {
      title: 'counts a lock as held only where every way holds it',
      body: `func (p *pair) f(x bool) {
	if x {
		p.a.Lock()
	}
	p.b.Lock()
	p.b.Unlock()
}`,
      edges: [],
    },
    {
      title: 'does not tell two parameters apart',
      body: `func f(x, y *pair) {
	x.a.Lock()
	y.b.Lock()
	y.b.Unlock()
	x.a.Unlock()
}`,
      edges: [],
    },
    {
      title: 'sees through a variable that stands for a field',
      body: `func (p *pair) f() {
	mu := &p.a
	mu.Lock()
	defer mu.Unlock()
	p.rw.RLock()
	p.rw.RUnlock()
}`,
      edges: ['(example.com/p.pair).a -> (example.com/p.pair).rw'],
    },
  ];
  for (const { title, body, edges } of cases)
    it(title, async () => {
      const { graph } = await load(body);
      deepStrictEqual([...graph.edges.keys()].sort(), edges);
    });

  it('tells what a function takes, keeps and lets go of', async () => {
    const { p, graph } = await load(`func (p *pair) swap() {
	p.a.Unlock()
	p.b.Lock()
}
func (p *pair) both() {
	p.a.Lock()
	p.swap()
}`);
    const { decl } = p.unit('pair.swap');
    if (decl.kind !== 'FuncDecl') throw new Error('no function');
    const summary = graph.summaries.of(p.unit('pair.swap'), decl);
    deepStrictEqual(
      summary.acquires.map((a) => pathName(a.path)),
      ['p.b'],
    );
    deepStrictEqual(
      summary.keeps.map((a) => pathName(a.path)),
      ['p.b'],
    );
    deepStrictEqual(summary.releases.map(pathName), ['p.a']);
    strictEqual(graph.edges.size, 0);
  });
});

describe('run contexts', () => {
  const kinds = async (body: string, name: string): Promise<string[]> => {
    const { p } = await load(body);
    const { decl } = p.unit(name);
    if (decl.kind !== 'FuncDecl' || !decl.body) throw new Error('no function');
    return runContexts(p.analysis, p.unit(name), decl.body).map((c) => c.kind);
  };
  it('takes an exported function to run anywhere', async () => {
    deepStrictEqual(await kinds('func F() {}', 'F'), ['any']);
  });
  it('follows the callers of an unexported one to the statement that starts them', async () => {
    deepStrictEqual(await kinds('func f() {}\nfunc g() { f() }\nfunc New() { go g() }', 'f'), ['launch']);
  });
  it('takes a goroutine started in a loop for many', async () => {
    deepStrictEqual(await kinds('func f() {}\nfunc New() { for { go f() } }', 'f'), ['any']);
  });
  it('takes a function that is kept as a value to run anywhere', async () => {
    deepStrictEqual(await kinds('func f() {}\nvar Handler = f', 'f'), ['any']);
    deepStrictEqual(await kinds('func f() {}\nfunc g(run func(func())) { run(f) }', 'f'), ['any']);
  });
  it('follows values, tables, fields and arguments to the calls of them', async () => {
    for (const body of [
      'func f() {}\nvar table = map[int]func(){1: f}\nfunc g() { table[1]() }\nfunc New() { go g() }',
      'func f() {}\ntype t struct{ fs []func() }\nfunc (x *t) g() { for _, f := range x.fs { f() } }\nfunc New() *t { x := &t{fs: []func(){f}}; go x.g(); return x }',
      'func f() {}\nfunc call(f func()) { if f != nil { f() } }\nfunc New() { run := f; go call(run) }',
      'func f() {}\nvar handler func()\nfunc set() { handler = f }\nfunc New() { go handler() }',
    ])
      deepStrictEqual(await kinds(body, 'f'), ['launch'], body);
  });
  it('knows the goroutine of init', async () => {
    deepStrictEqual(await kinds('func f() {}\nfunc init() { f() }', 'f'), ['root']);
  });
});
