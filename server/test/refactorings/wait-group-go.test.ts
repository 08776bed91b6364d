import { check, offered } from './support.ts';
import assert from 'node:assert/strict';

const ID = 'use-wait-group-go';
const file = (body: string): string => `package p

import "sync"

func all(items []string, do func(string)) {
	var wg sync.WaitGroup
	for _, item := range items {
${body}
	}
	wg.Wait()
}
`;

describe('refactoring: wg.Go', () => {
  it('takes the place of Add, go and Done', () => {
    const before = file(`		// One for each.
		wg.Add(1)
		¦go func() {
			defer wg.Done()
			// The work.
			do(item)
		}()`);
    const after = file(`		wg.Go(func() {
			// The work.
			do(item)
		})`);
    check(ID, before, after);
    assert.equal(offered(before).get(ID)?.title, 'Start the goroutine with `wg.Go`');
  });

  it('needs no parameters for the variables of a loop', () =>
    check(
      ID,
      file(`		wg.Add(1)
		¦go func(item string) {
			defer wg.Done()
			do(item)
		}(item)`),
      file(`		wg.Go(func() {
			do(item)
		})`),
    ));

  it('is offered at Add, too, but not within the work', () => {
    const at = (add: string, work: string): string =>
      file(`		${add}wg.Add(1)
		go func() {
			defer wg.Done()
			do(item)
			${work}do(item)
		}()`);
    assert.ok(offered(at('¦', '')).has(ID));
    assert.ok(!offered(at('', '¦')).has(ID));
  });

  it('is not offered before Go 1.25, for other counts, arguments, or a Done elsewhere', () => {
    const good = `		wg.Add(1)
		¦go func() {
			defer wg.Done()
			do(item)
		}()`;
    check(ID, file(good), undefined, '1.24');
    check(ID, file(good.replace('Add(1)', 'Add(2)')), undefined);
    check(ID, file(good.replace('func()', 'func(s string)').replace('}()', '}(item)')), undefined);
    check(ID, file(good.replace('func()', 'func(item any)').replace('}()', '}(item)')), undefined);
    check(ID, file(good.replace('defer wg.Done()', 'do(item)')), undefined);
    check(ID, file(good.replace('do(item)\n', 'if item == "" {\n\t\t\t\twg.Done()\n\t\t\t}\n')), undefined);
    check(ID, file(good.replace('wg.Add(1)', 'do(item)')), undefined);
  });
});
