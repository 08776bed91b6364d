/** What the model makes of functions that come from a dot import, whose names are not resolved. */
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

  it('goes on in code that is no test', async () =>
    deepStrictEqual(await rulesIn('a.go', 'AbortTest()'), ['receive-without-sender']));

  it('knows what the package declares itself', async () =>
    deepStrictEqual(await rulesIn('a_test.go', 'AbortTest()', 'func AbortTest() {}\n'), ['receive-without-sender']));
});
