/** How many states small programs have: what makes no difference must not make states. */
import { ok, strictEqual } from 'node:assert';
import { Model } from '../../src/concurrency/model/model.ts';
import { packageOf } from '../support/analysis.ts';

async function explored(code: string): Promise<{ states: number; incomplete: boolean }> {
  const { analysis, unit } = await packageOf({ 'a.go': `package p\n\nimport "sync"\n\n${code}` });
  const result = new Model(analysis).explore(unit('work'));
  ok(result);
  return result;
}

/** Workers that wait for a lock after each job of a caller's, and do something under it. */
function workers(count: number, before: string, under: string, after: string): string {
  return `func work(jobs <-chan string) ${after === '' ? '' : 'any '}{
	var (
		wg sync.WaitGroup
		mu sync.Mutex
	)
	${before}
	for range ${count} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for job := range jobs {
				mu.Lock()
				${under}
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	${after}
}
`;
}

describe('states of the concurrency model', () => {
  it('a counter that nobody asks makes none', async () => {
    const plain = await explored(workers(2, '', '_ = job', ''));
    const counting = await explored(workers(2, 'done := 0', '_ = job\n\t\t\t\tdone++', 'return done'));
    strictEqual(counting.states, plain.states);
  });

  it('a list that nobody asks makes none', async () => {
    const plain = await explored(workers(2, '', '_ = job', ''));
    const listing = await explored(workers(2, 'var done []string', 'done = append(done, job)', 'return done'));
    strictEqual(listing.states, plain.states);
  });

  it('a counter in a field that nobody asks makes none', async () => {
    const type = 'type stats struct{ jobs int }\n\n';
    const plain = await explored(type + workers(2, 's := &stats{}', '_ = s', ''));
    const counting = await explored(type + workers(2, 's := &stats{}', 's.jobs++', ''));
    strictEqual(counting.states, plain.states);
  });

  it('what is carried along and only told makes none', async () => {
    const send = (carried: string): string => `import "log"

type note struct {
	line int
	text string
}

func work(lines []string) {
	notes := make(chan note, 2)
	go func() {
		for n := range notes {
			tell(n.line, n.text)
		}
	}()
	line := 0
	for _, text := range lines {
		line++
		notes <- note{${carried}}
	}
	close(notes)
}

func tell(line int, text string) { log.Println(line, text) }
`;
    const plain = await explored(send('').replace('line := 0', '').replace('line++', '_ = text'));
    const carrying = await explored(send('line: line, text: text'));
    strictEqual(carrying.states, plain.states);
    const asked = await explored(
      send('line: line, text: text').replace('tell(n.line, n.text)', 'if n.line == 2 {\n\t\t\t\treturn\n\t\t\t}'),
    );
    ok(asked.states > plain.states, `${asked.states} > ${plain.states}`);
  });

  it('the key of what is waited for makes some, though it is only carried along to what is dropped', async () => {
    const drop = `type waits map[string]chan int

func work(a, b string) {
	w := waits{}
	w[a], w[b] = make(chan int, 1), make(chan int, 1)
	drop(w, b)
	<-w[a]
}

func drop(w waits, key string) { delete(w, key) }
`;
    ok((await explored(drop)).states > 0);
    const { analysis, unit, pkg } = await packageOf({ 'a.go': `package p\n\n${drop}` });
    const [leak] = new Model(analysis).leaks(pkg, unit('work').file);
    strictEqual(leak?.rule, 'receive-without-sender');
  });

  it('a counter that somebody asks makes some', async () => {
    const plain = await explored(workers(2, '', '_ = job', ''));
    const asked = await explored(
      workers(2, 'done := 0', 'done++\n\t\t\t\tif done == 3 {\n\t\t\t\t\tmu.Unlock()\n\t\t\t\t\treturn\n\t\t\t\t}', ''),
    );
    ok(asked.states > plain.states, `${asked.states} > ${plain.states}`);
  });

  it('which of several workers waits makes none', async () => {
    const sends = (n: number): string => `func work() {
	results := make(chan int, ${n})
	for range ${n} {
		go func() { results <- 1 }()
	}
	<-results
}
`;
    const [two, three, four] = [await explored(sends(2)), await explored(sends(3)), await explored(sends(4))];
    // One more worker adds how many have sent, not which.
    strictEqual(four.states - three.states, three.states - two.states);
    ok(four.states <= 10, `${four.states} states`);
  });
});
