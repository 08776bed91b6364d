/** Code that is not seen may panic when it calls what it was given, and what recovers may then do more than nothing. */
import { deepStrictEqual, ok } from 'node:assert';
import { modelOf } from '../../src/concurrency/model/model.ts';
import { packageOf } from '../support/analysis.ts';

/** What a test meets that waits for the handler of a panic. */
async function rulesIn(install: string): Promise<string[]> {
  const { analysis, pkg } = await packageOf({
    'a_test.go': `package p

import (
	"reflect"
	"testing"
)

var handler func(any)

func setHandler(h func(any)) { handler = h }

func call(f any) { reflect.ValueOf(f).Call(nil) }

func work(jobs <-chan any) {
	for j := range jobs {
		run(j)
	}
}

func run(j any) {
	if handler != nil {
		defer func() {
			if r := recover(); r != nil {
				handler(r)
			}
		}()
	}
	call(j)
}

func TestHandler(t *testing.T) {
	handled := make(chan bool, 1)
	h := func(any) { handled <- true }
	${install}
	jobs := make(chan any)
	go work(jobs)
	jobs <- func() { var s []int; s[0] = 1 }
	close(jobs)
	<-handled
}
`,
  });
  const [source] = pkg.files;
  ok(source);
  return modelOf(analysis)
    .leaks(pkg, source)
    .map(({ rule }) => rule);
}

describe('panics of code that is not seen', () => {
  it('may come to a handler in a package variable', async () => deepStrictEqual(await rulesIn('setHandler(h)'), []));

  it('come to nobody where there is no handler', async () =>
    deepStrictEqual(await rulesIn('_ = h'), ['receive-without-sender']));

  it('have not come where a function has done all it does', async () => {
    const code = (before: string): string => `package p

func draw(rows []int, paint func(int) int) []int {
	ch := make(chan int)
	for _, r := range rows {
		go func() {
			defer func() {
				if err := recover(); err != nil {
					ch <- -1
				}
			}()
			${before}
			ch <- paint(r)
		}()
	}
	var out []int
	for range rows {
		out = append(out, <-ch)
	}
	return out
}
`;
    const rules = async (text: string): Promise<string[]> => {
      const { analysis, pkg } = await packageOf({ 'a.go': text });
      const [file] = pkg.files;
      ok(file);
      return modelOf(analysis)
        .leaks(pkg, file)
        .map(({ rule }) => rule);
    };
    deepStrictEqual(await rules(code('')), []);
    ok((await rules(code('ch <- 0'))).includes('double-send'));
  });

  it('leave how much a channel of unknown size holds to who made it', async () => {
    const { analysis, pkg } = await packageOf({
      'a.go': `package p

type index struct {
	n     int
	parts []func() error
}

func (i *index) each() error {
	errs := make(chan error, i.n)
	for _, p := range i.parts {
		go func() { errs <- p() }()
	}
	for k := 0; k < cap(errs); k++ {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}
`,
    });
    const [file] = pkg.files;
    ok(file);
    deepStrictEqual(
      modelOf(analysis)
        .leaks(pkg, file)
        .map(({ rule }) => rule),
      [],
    );
  });
});
