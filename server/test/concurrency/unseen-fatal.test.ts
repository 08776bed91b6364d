/** Calls of `Fatal` and the like on values of which nothing is seen: whether they come back is not known. */
import { deepStrictEqual, ok } from 'node:assert';
import { modelOf } from '../../src/concurrency/model/model.ts';
import { packageOf } from '../support/analysis.ts';

/** What a sender meets whose receiver may give up in one arm. */
async function rulesIn(call: string, more = ''): Promise<string[]> {
  const { analysis, pkg } = await packageOf({
    'a_test.go': `package p

import (
	"testing"
	"time"

	check "example.com/check"
)

func TestDone(t *testing.T) {
	c := check.New(t)
	done := make(chan struct{})
	go func() { done <- struct{}{} }()
	select {
	case <-done:
	case <-time.After(time.Second):
		${call}
	}
}

type quiet struct{}
type suite struct{ *check.Checker }

var own quiet
var embedded suite

func (quiet) Note(string)  {}
${more}`,
  });
  const [source] = pkg.files;
  ok(source);
  return modelOf(analysis)
    .leaks(pkg, source)
    .map(({ rule }) => rule);
}

describe('calls that may be the end', () => {
  for (const call of ['c.Fatalf("late")', 'c.FailNow()', 'check.Fatal("late")', 'embedded.Fatalln("late")'])
    it(`finds nothing past ${call}`, async () => deepStrictEqual(await rulesIn(call), []));

  for (const call of ['c.Logf("late")', 'own.Note("late")'])
    it(`goes on after ${call}`, async () => deepStrictEqual(await rulesIn(call), ['abandoned-send']));

  it('knows what the package declares itself', async () =>
    deepStrictEqual(await rulesIn('own.Fatal("late")', 'func (quiet) Fatal(string) {}\n'), ['abandoned-send']));
});
