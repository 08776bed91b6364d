/** Packages of the workspace that an analysed one imports: what is known of them, and what is kept when they change. */
import assert from 'node:assert/strict';
import type { Imports, PackageInput } from '../../src/engine/api.ts';
import { engineWith, SETTINGS, summary, Workspace } from './support.ts';

function input(source: string, imports?: Imports): PackageInput {
  const files = [{ path: '/ws/app/a.go', text: `package app\n${source}\n` }];
  return { files, importPath: 'example.com/app', goVersion: '1.22', ...(imports && { imports }) };
}

/** What is said of a file, alone and among other packages. */
async function saidOf(source: string, packages: Record<string, string>): Promise<{ alone: string[]; among: string[] }> {
  const engine = await engineWith();
  const said = (imports?: Imports): string[] => summary(engine.analyze(input(source, imports), SETTINGS)[0]);
  return { alone: said(), among: said(new Workspace(packages)) };
}

const FETCH = `import (
	"net/http"

	"example.com/help"
)

func fetch(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	return help.Check(resp)
}`;

describe('imported packages of the workspace', () => {
  it('tell whether a helper releases what it is given', async () => {
    const helper = (body: string): Record<string, string> => ({
      'example.com/help': `package help\nimport "net/http"\nfunc Check(r *http.Response) error {\n${body}\n\treturn nil\n}`,
    });
    assert.deepEqual(await saidOf(FETCH, helper('\tr.Body.Close()')), { alone: [], among: [] });
    assert.deepEqual(await saidOf(FETCH, helper('\tprintln(r.Status)')), {
      alone: [],
      among: ['9 response-body-not-closed'],
    });
  });

  it('tell what their functions hand out, also of types declared further away', async () => {
    const source = `import "example.com/store"

func names(s *store.Store) error {
	rows, err := s.DB().Query("select name from person")
	if err != nil {
		return err
	}
	rows.Next()
	return nil
}

func open() {
	c := store.Dial()
	c.Write(nil)
}`;
    const packages = {
      'example.com/store':
        'package store\nimport ("net"; "example.com/base")\ntype Store struct{ base.Base }\n' +
        'func Dial() net.Conn {\n\tc, _ := net.Dial("tcp", "host:1")\n\treturn c\n}',
      'example.com/base':
        'package base\nimport "database/sql"\ntype Base struct{}\nfunc (Base) DB() *sql.DB { return nil }',
    };
    const { alone, among } = await saidOf(source, packages);
    assert.deepEqual(alone, []);
    assert.deepEqual(among, ['5 rows-not-closed', '14 resource-not-closed']);
  });

  it('tell of goroutines that a function ends which they hand out', async () => {
    const source = `import "example.com/lamp"

func signal(l *lamp.Lamp, send func() error) error {
	stop, err := l.Blink()
	if err != nil {
		return err
	}
	if err := send(); err != nil {
		return err
	}
	stop()
	go send()
	return nil
}`;
    const lamp = (ends: string): Record<string, string> => ({
      'example.com/lamp': `package lamp
import ("context"; "time")
type Lamp struct{ n int }
func (l *Lamp) Blink() (stop func(), err error) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		for {
			select {
			case <-time.After(time.Second):
				l.n++
			${ends}
				return
			}
		}
	}()
	return func() { cancel() }, nil
}`,
    });
    assert.deepEqual(await saidOf(source, lamp('case <-ctx.Done():')), { alone: [], among: ['5 lost-cancel'] });
    const either = 'case <-ctx.Done():\n\t\t\t\treturn\n\t\t\tcase <-time.After(time.Hour):';
    assert.deepEqual(await saidOf(source, lamp(either)), { alone: [], among: [] });
  });

  it('tell of functions that never return', async () => {
    const source = `import (
	"sync"

	"example.com/log"
)

var mu sync.Mutex

func set(err error) {
	mu.Lock()
	if err != nil {
		log.Die(err)
	}
	if err == nil {
		mu.Unlock()
	}
}`;
    const log = 'package log\nimport "os"\nfunc Die(err error) {\n\tprintln(err)\n\tos.Exit(1)\n}';
    assert.deepEqual((await saidOf(source, { 'example.com/log': log })).among, []);
    assert.deepEqual((await saidOf(source, { 'example.com/log': log.replace('os.Exit', 'println') })).among, [
      '11 missing-unlock',
    ]);
  });

  it('are not explored: what is given to them may end up anywhere', async () => {
    const source = `import "example.com/work"

func run() int {
	ch := make(chan int)
	go func() { ch <- 1 }()
	if work.Try(ch) {
		return 0
	}
	return <-ch
}`;
    const work = 'package work\nfunc Try(ch chan int) bool { return len(ch) > 0 }';
    assert.deepEqual((await saidOf(source, { 'example.com/work': work })).among, []);
  });

  it('have interfaces whose methods the values of the package bring along', async () => {
    const source = `import "example.com/api"

type broker struct{ out chan int }

type producer struct{ b *broker }

func (b *broker) producer() api.Producer { return &producer{b} }

func (p *producer) Produce(n int) error {
	p.b.out <- n
	return nil
}

func produce(p api.Producer) {
	for i := 0; i < 2; i++ {
		n := i * 2
		if err := p.Produce(n + 1); err != nil {
			println(n, err.Error())
		}
	}
}

func use() int {
	b := &broker{out: make(chan int)}
	go produce(b.producer())
	return <-b.out + <-b.out
}`;
    const api = 'package api\ntype Producer interface{ Produce(n int) error }';
    assert.deepEqual(await saidOf(source, { 'example.com/api': api }), { alone: [], among: [] });
  });

  it('are no place for findings, and are asked for only as needed', async () => {
    const engine = await engineWith();
    const leak = 'package far\nimport "net/http"\nfunc Get() { resp, _ := http.Get("x"); println(resp.Status) }';
    const workspace = new Workspace({ 'example.com/far': leak });
    const call = input('import "example.com/far"\nfunc f() { far.Get() }', workspace);
    assert.deepEqual(
      engine.analyze(call, SETTINGS).map((r) => summary(r)),
      [[]],
    );
    assert.deepEqual(workspace.asked, []);
  });

  it('do not stand in the way of the package itself and of what is known of libraries', async () => {
    const workspace = new Workspace({
      'example.com/app': 'package app\nimport "net/http"\nfunc check(r *http.Response) { r.Body.Close() }',
    });
    const engine = await engineWith();
    const source = FETCH.replace('help.Check(resp)', 'check(resp)').replace('\n\t"example.com/help"\n', '');
    const own = `${source}\n\nfunc check(r *http.Response) error { println(r.Status); return nil }`;
    assert.deepEqual(summary(engine.analyze(input(own, workspace), SETTINGS)[0]), ['7 response-body-not-closed']);
  });

  it('are looked at anew when they change, and only then', async () => {
    const engine = await engineWith(undefined, { incremental: true });
    const closing = 'package help\nimport "net/http"\nfunc Check(r *http.Response) error {\n\treturn r.Body.Close()\n}';
    const workspace = new Workspace({ 'example.com/help': closing });
    const said = (): string[] => summary(engine.analyze(input(FETCH, workspace), SETTINGS)[0]);
    assert.deepEqual(said(), []);
    const parsed = engine.statistics.declarationsParsed;
    assert.deepEqual(said(), []);
    assert.equal(engine.statistics.declarationsParsed, parsed);
    workspace.set('example.com/help', closing.replace('r.Body.Close()', 'nil'));
    assert.deepEqual(said(), ['9 response-body-not-closed']);
    workspace.set('example.com/help', closing);
    assert.deepEqual(said(), []);
  });

  it('may be broken', async () => {
    const broken = 'package help\nimport "net/http"\nfunc Check(r *http.Response) error {\n\tif r.\n';
    assert.deepEqual((await saidOf(FETCH, { 'example.com/help': broken })).among, []);
    assert.deepEqual((await saidOf(FETCH, { 'example.com/help': '' })).among, []);
  });

  it('may import one another in a circle', async () => {
    const circle = {
      'example.com/help':
        'package help\nimport ("net/http"; "example.com/more")\nfunc Check(r *http.Response) error { return more.Check(r) }',
      'example.com/more':
        'package more\nimport ("net/http"; "example.com/help")\nfunc Check(r *http.Response) error { return help.Check(r) }',
    };
    assert.deepEqual((await saidOf(FETCH, circle)).among, []);
  });
});
