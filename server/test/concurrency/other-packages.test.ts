/** What the model makes of functions and types of packages that are not seen. */
import { deepStrictEqual, ok } from 'node:assert';
import { modelOf } from '../../src/concurrency/model/model.ts';
import { packageOf } from '../support/analysis.ts';

/** A helper of tests that receives twice, but for what is called in between; its file. */
async function rulesIn(file: string, call: string, more = ''): Promise<string[]> {
  const { analysis, pkg } = await packageOf({
    [file]: `package p

import (
	"time"

	. "example.com/expect"
)

func (s *suite) Interrupted(run func() error) {
	result := make(chan error)
	go func() { result <- run() }()
	select {
	case <-result:
		${call}
	case <-time.After(time.Second):
	}
	ExpectEq(nil, <-result)
}

type suite struct{ name string }
${more}`,
  });
  const [source] = pkg.files;
  ok(source);
  return modelOf(analysis)
    .leaks(pkg, source)
    .map(({ rule }) => rule);
}

describe('concurrency model with dot imports', () => {
  for (const call of ['AbortTest()', 'Fail("it has ended")', 'FailNow()', 'Skip("too fast")'])
    it(`takes ${call} for the end of a test`, async () => deepStrictEqual(await rulesIn('a_test.go', call), []));

  it('goes on after other functions', async () => {
    deepStrictEqual(await rulesIn('a_test.go', 'AddFailure("it has ended")'), ['receive-without-sender']);
    deepStrictEqual(await rulesIn('a_test.go', 'FailIf(run())'), ['receive-without-sender']);
  });

  it('takes it for the end in helpers of tests in other files, too', async () =>
    deepStrictEqual(await rulesIn('a.go', 'AbortTest()'), []));

  it('takes c.Error of a suite for its failure, and err.Error for none', async () => {
    const suite = (call: string): string => `func (s *suite) TestWait(c *C, err error) {
	done := make(chan bool)
	go func() { done <- s.name != "" }()
	select {
	case <-done:
	case <-time.After(time.Second):
		_ = ${call}
	}
}
`;
    deepStrictEqual(await rulesIn('a_test.go', 'FailNow()', suite('c.Error("late")')), []);
    deepStrictEqual(await rulesIn('a_test.go', 'FailNow()', suite('err.Error()')), ['abandoned-send']);
  });

  it('knows what the package declares itself', async () =>
    deepStrictEqual(await rulesIn('a_test.go', 'AbortTest()', 'func AbortTest() {}\n'), ['receive-without-sender']));
});

describe('concurrency model with interfaces that are not seen', () => {
  /** A test that receives `received` values; two goroutines send three each by a method of an interface of another package. */
  const program = (received: number): string => `package p

import (
	"testing"

	"example.com/queue"
)

type broker struct{ produced chan int }

func (b *broker) producer() queue.Producer { return &fake{b} }

type fake struct{ broker *broker }

func (f *fake) Produce(n int) error {
	f.broker.produced <- n
	return nil
}

func produce(p queue.Producer) {
	for i := 0; i < 3; i++ {
		if err := p.Produce(i); err != nil {
			println(err)
		}
	}
}

func TestProduce(t *testing.T) {
	b := &broker{produced: make(chan int)}
	p := b.producer()
	for i := 0; i < 2; i++ {
		go produce(p)
	}
	for i := 0; i < ${received}; i++ {
		<-b.produced
	}
}
`;

  async function rulesOf(code: string): Promise<string[]> {
    const { analysis, pkg } = await packageOf({ 'a_test.go': code });
    const [source] = pkg.files;
    ok(source);
    return modelOf(analysis)
      .leaks(pkg, source)
      .map(({ rule }) => rule);
  }

  it('runs the method of the value', async () => {
    deepStrictEqual(await rulesOf(program(6)), []);
    deepStrictEqual(await rulesOf(program(7)), ['receive-without-sender']);
    deepStrictEqual(await rulesOf(program(5)), ['producer-outlives-consumer']);
  });
});

describe('concurrency model of tests with channels that are not seen', () => {
  /** A type that starts functions until a channel of another package says that it is over, and a test that starts one. */
  async function leaksOf(wait: string, test: string): Promise<[string, boolean | undefined][]> {
    const { analysis, pkg } = await packageOf({
      'a.go': `package p

import (
	"errors"

	"example.com/tomb"
)

type runner struct {
	tomb  tomb.Tomb
	start chan func()
}

func newRunner() *runner {
	r := &runner{start: make(chan func())}
	go func() {
		for f := range r.start {
			go f()
		}
	}()
	return r
}

func (r *runner) run(f func()) error {
	select {
	case r.start <- f:
		return nil
	case <-${wait}:
		return errors.New("over")
	}
}
`,
      'a_test.go': `package p

import "testing"

func TestRun(t *testing.T) {
${test}}
`,
    });
    const file = pkg.files.find((f) => f.isTest);
    ok(file);
    return modelOf(analysis)
      .leaks(pkg, file)
      .map(({ rule, uncertain }) => [rule, uncertain]);
  }

  const test = `	r := newRunner()
	begin := make(chan int)
	r.run(func() { <-begin })
	begin <- 1
	close(r.start)
`;

  it('is not sure when one of them has to be ready for the leak', async () =>
    deepStrictEqual(await leaksOf('r.tomb.Dying()', test), [['abandoned-send', true]]));

  it('is sure of a leak that needs none', async () =>
    deepStrictEqual(await leaksOf('r.tomb.Dying()', test.replace('{ <-begin }', '{}')), [['abandoned-send', false]]));
});
