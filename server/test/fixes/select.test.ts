import { addDoneArm, rangeWithDone, receiveLoopWithDone, selectWithDone } from '../../src/fixes/select-with-done.ts';
import type { Stmt } from '../../src/syntax/ast.ts';
import { check, go, type Subject } from './support.ts';

const fn = (signature: string, body: string) => `package p\n\nfunc f${signature} {\n${body}}\n`;

describe('selectWithDone', () => {
  const wrap =
    (kind: Stmt['kind'], prefix = '') =>
    (s: Subject) =>
      selectWithDone(s.unit, s.node(kind, prefix) as Stmt, 'ctx.Done()');

  it('makes a send an arm of a select', () =>
    check(
      fn('(ctx C)', '\t// first\n\tch <- T{\n\t\ta: 1,\n\t} // send\n\tg()\n'),
      wrap('SendStmt'),
      fn(
        '(ctx C)',
        '\t// first\n\tselect {\n\tcase ch <- T{\n\t\ta: 1,\n\t}: // send\n\tcase <-ctx.Done():\n\t\treturn\n\t}\n\tg()\n',
      ),
    ));

  it('needs no return at the end of a function without results', () => {
    check(
      fn('(ctx C)', '\tgo func() { ch <- g() }()\n\th()\n'),
      wrap('SendStmt'),
      fn('(ctx C)', '\tgo func() {\n\t\tselect {\n\t\tcase ch <- g():\n\t\tcase <-ctx.Done():\n\t\t}\n\t}()\n\th()\n'),
    );
    check(
      fn('(ctx C)', '\t<-ch\n'),
      wrap('ExprStmt'),
      fn('(ctx C)', '\tselect {\n\tcase <-ch:\n\tcase <-ctx.Done():\n\t}\n'),
    );
  });

  it('returns the error of the context', () => {
    const body = (rest: string) => `\t${rest}\n\treturn g()\n`;
    const after = (leave: string) => body(`select {\n\tcase ch <- 1:\n\tcase <-ctx.Done():\n\t\t${leave}\n\t}`);
    for (const [results, leave] of [
      ['error', 'return ctx.Err()'],
      ['([]int, string, *T, error)', 'return nil, "", nil, ctx.Err()'],
      ['(n int, err error)', 'return 0, ctx.Err()'],
      ['(n T, err error)', 'return n, ctx.Err()'],
    ] as const)
      check(fn(`(ctx C) ${results}`, body('ch <- 1')), wrap('SendStmt'), fn(`(ctx C) ${results}`, after(leave)));
  });

  it('declines where there is no right result', () => {
    check(fn('(ctx C) T', '\tch <- 1\n\treturn t\n'), wrap('SendStmt'), undefined);
    check(
      fn('(ctx C) (n T, err error)', '\tif n := g(); n != nil {\n\t\tch <- 1\n\t\th()\n\t}\n\treturn\n'),
      wrap('SendStmt'),
      undefined,
    );
  });

  it('moves what uses a received value into the arm', () =>
    check(
      fn('(ctx C) error', '\tv, ok := <-ch\n\tif ok {\n\t\tg(v, `a\nb`)\n\t}\n\treturn nil\n'),
      wrap('AssignStmt'),
      fn(
        '(ctx C) error',
        '\tselect {\n\tcase <-ctx.Done():\n\t\treturn ctx.Err()\n\tcase v, ok := <-ch:\n\t\tif ok {\n\t\t\tg(v, `a\nb`)\n\t\t}\n\t\treturn nil\n\t}\n',
      ),
    ));

  it('keeps a plain assignment', () =>
    check(
      fn('(ctx C)', '\tx = <-ch\n\tg()\n'),
      wrap('AssignStmt'),
      fn('(ctx C)', '\tselect {\n\tcase x = <-ch:\n\tcase <-ctx.Done():\n\t\treturn\n\t}\n\tg()\n'),
    ));

  it('is only for channel operations in a block', () => {
    check(fn('(ctx C)', '\tg()\n'), wrap('ExprStmt'), undefined);
    check(fn('(ctx C)', '\tx := g(<-ch)\n\th(x)\n'), wrap('AssignStmt'), undefined);
    check(fn('(ctx C)', '\tselect {\n\tcase ch <- 1:\n\t}\n'), wrap('SendStmt'), undefined);
  });
});

describe('addDoneArm', () => {
  it('adds the first arm', () =>
    check(
      fn('(ctx C)', '\tfor {\n\t\tselect { // wait\n\t\t// a value\n\t\tcase <-ch:\n\t\t\tg()\n\t\t}\n\t}\n'),
      (s) => addDoneArm(s.unit, s.node('SelectStmt'), 'ctx.Done()'),
      fn(
        '(ctx C)',
        '\tfor {\n\t\tselect { // wait\n\t\tcase <-ctx.Done():\n\t\t\treturn\n\t\t// a value\n\t\tcase <-ch:\n\t\t\tg()\n\t\t}\n\t}\n',
      ),
    ));
});

describe('rangeWithDone', () => {
  const turn = (s: Subject) => rangeWithDone(s.unit, s.node('RangeStmt'), 'ctx.Done()');

  it('turns a ticker loop into a select in a loop', () =>
    check(
      go`
        package p

        func f(ctx C) {
        	// every second
        	for range ticker.C { // tick
        		// work
        		if x {
        			continue
        		}

        		g()
        		// done
        	}
        }
      `,
      turn,
      go`
        package p

        func f(ctx C) {
        	// every second
        	for {
        		select {
        		case <-ctx.Done():
        			return
        		case <-ticker.C: // tick
        			// work
        			if x {
        				continue
        			}

        			g()
        			// done
        		}
        	}
        }
      `,
    ));

  it('keeps what break means', () => {
    check(
      fn('(ctx C)', '\tfor t := range ticker.C {\n\t\tif t {\n\t\t\tbreak\n\t\t}\n\t}\n\tg()\n'),
      turn,
      fn(
        '(ctx C)',
        '\tfor {\n\t\tselect {\n\t\tcase <-ctx.Done():\n\t\t\treturn\n\t\tcase t := <-ticker.C:\n\t\t\tif t {\n\t\t\t\tbreak loop\n\t\t\t}\n\t\t}\n\t}\n\tg()\n',
      ).replace('\tfor {', 'loop:\n\tfor {'),
    );
    check(
      fn('(ctx C)', '\tfor range ticker.C {\n\t\tif t {\n\t\t\tbreak\n\t\t}\n\t}\n'),
      turn,
      fn(
        '(ctx C)',
        '\tfor {\n\t\tselect {\n\t\tcase <-ctx.Done():\n\t\t\treturn\n\t\tcase <-ticker.C:\n\t\t\tif t {\n\t\t\t\treturn\n\t\t\t}\n\t\t}\n\t}\n',
      ),
    );
  });

  it('copes with an empty body', () =>
    check(
      fn('(ctx C)', '\tfor range ticker.C {\n\t}\n'),
      turn,
      fn('(ctx C)', '\tfor {\n\t\tselect {\n\t\tcase <-ctx.Done():\n\t\t\treturn\n\t\tcase <-ticker.C:\n\t\t}\n\t}\n'),
    ));
});

describe('receiveLoopWithDone', () => {
  const turn = (s: Subject) => receiveLoopWithDone(s.unit, s.node('ExprStmt', '<-'), 'ctx.Done()');

  it('puts what follows the receive into its arm', () =>
    check(
      fn(
        '(ctx C)',
        '\tfor {\n\t\t// wait\n\t\t<-ticker.C // tick\n\t\tif x {\n\t\t\tbreak\n\t\t}\n\n\t\tg()\n\t}\n\th()\n',
      ),
      turn,
      fn(
        '(ctx C)',
        'loop:\n\tfor {\n\t\t// wait\n\t\tselect {\n\t\tcase <-ctx.Done():\n\t\t\treturn\n\t\tcase <-ticker.C: // tick\n\t\t\tif x {\n\t\t\t\tbreak loop\n\t\t\t}\n\n\t\t\tg()\n\t\t}\n\t}\n\th()\n',
      ),
    ));
});
