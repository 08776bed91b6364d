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
});
