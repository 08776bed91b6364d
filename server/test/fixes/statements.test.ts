import { breakOutOfLoop } from '../../src/fixes/label-break.ts';
import { makeBuffered } from '../../src/fixes/make-buffered.ts';
import { deleteStatement, moveStatementBefore } from '../../src/fixes/move-statement.ts';
import { wrapBodyInClosure, wrapStatements } from '../../src/fixes/wrap.ts';
import { check, go, type Subject } from './support.ts';

const fn = (body: string) => `package p\n\nfunc f() {\n${body}}\n`;

describe('breakOutOfLoop', () => {
  const label = (s: Subject) => breakOutOfLoop(s.unit, [s.node('BranchStmt', 'break')], s.node('ForStmt'));
  const loop = (brk: string, before = '', after = '') =>
    fn(`${before}\tfor {\n\t\tselect {\n\t\tcase <-c:\n\t\t\t${brk} // out\n\t\t}\n\t}\n${after}`);

  it('labels the loop', () =>
    check(loop('break', '\t// for ever\n', '\tg()\n'), label, loop('break loop', '\t// for ever\nloop:\n', '\tg()\n')));
  it('uses the label that is there', () =>
    check(loop('break', 'outer:\n', '\tg()\n'), label, loop('break outer', 'outer:\n', '\tg()\n')));
  it('does not use a label twice', () => {
    const other = 'loop:\n\tfor x() {\n\t\tcontinue loop\n\t}\n';
    const second = (s: Subject) => breakOutOfLoop(s.unit, [s.node('BranchStmt', 'break')], s.node('ForStmt', 'for {'));
    check(loop('break', other, '\tg()\n'), second, loop('break loop2', `${other}loop2:\n`, '\tg()\n'));
  });
  it('returns when the function ends with the loop', () => check(loop('break'), label, loop('return')));
});

describe('makeBuffered', () => {
  const one = (s: Subject) => makeBuffered(s.unit, s.node('CallExpr', 'make'));
  it('adds a capacity', () => check(fn('\tc := make(chan int)\n'), one, fn('\tc := make(chan int, 1)\n')));
  it('replaces 0', () =>
    check(
      fn('\tc := make(chan int, 0)\n'),
      (s) => makeBuffered(s.unit, s.node('CallExpr', 'make'), 'len(items)'),
      fn('\tc := make(chan int, len(items))\n'),
    ));
  it('leaves other capacities', () => check(fn('\tc := make(chan int, n)\n'), one, undefined));
});

describe('moveStatementBefore', () => {
  const move = (s: Subject) => moveStatementBefore(s.unit, s.node('ExprStmt', 'wg.Add'), s.node('GoStmt'));

  it('moves the lines with their comments', () =>
    check(
      go`
        package p

        func f() {
        	var wg W
        	// start it
        	go func() {
        		// count it
        		wg.Add(1) // one

        		defer wg.Done()
        	}()
        }
      `,
      move,
      go`
        package p

        func f() {
        	var wg W
        	// count it
        	wg.Add(1) // one
        	// start it
        	go func() {
        		defer wg.Done()
        	}()
        }
      `,
    ));

  it('takes it out of a shared line', () => {
    check(fn('\tgo func() { wg.Add(1); g() }()\n'), move, fn('\twg.Add(1)\n\tgo func() { g() }()\n'));
    check(fn('\tgo func() { wg.Add(1) }()\n'), move, fn('\twg.Add(1)\n\tgo func() {}()\n'));
  });

  it('declines when the statement uses a variable of the goroutine', () =>
    check(fn('\tgo func() {\n\t\tn := 1\n\t\twg.Add(n)\n\t}()\n'), move, undefined));
});

describe('deleteStatement', () => {
  it('leaves no blank line at the start of a block', () =>
    check(fn('\ta()\n\n\tb()\n'), (s) => deleteStatement(s.unit, s.node('ExprStmt', 'a')), fn('\tb()\n')));
});

describe('wrapStatements', () => {
  it('indents what it wraps but not raw strings', () =>
    check(
      fn('\ta()\n\t// b\n\tb(`\n\tx`, 1,\n\t\t2) // b\n\n\tc()\n\td()\n'),
      (s) => wrapStatements(s.unit, s.node('ExprStmt', 'b'), s.node('ExprStmt', 'c'), 'if x {', '}'),
      fn('\ta()\n\tif x {\n\t\t// b\n\t\tb(`\n\tx`, 1,\n\t\t\t2) // b\n\n\t\tc()\n\t}\n\td()\n'),
    ));
});

describe('wrapBodyInClosure', () => {
  const wrap = (s: Subject) => wrapBodyInClosure(s.unit, s.node('RangeStmt').body);

  it('makes defer run per iteration', () =>
    check(
      fn(
        '\tfor _, x := range xs {\n\t\tif x {\n\t\t\tcontinue\n\t\t}\n\t\tdefer x.Close()\n\t\tfor {\n\t\t\tbreak\n\t\t}\n\t}\n',
      ),
      wrap,
      fn(
        '\tfor _, x := range xs {\n\t\tfunc() {\n\t\t\tif x {\n\t\t\t\treturn\n\t\t\t}\n\t\t\tdefer x.Close()\n\t\t\tfor {\n\t\t\t\tbreak\n\t\t\t}\n\t\t}()\n\t}\n',
      ),
    ));
  it('declines when the body leaves the loop', () => {
    for (const jump of ['break', 'return'])
      check(fn(`\tfor range xs {\n\t\tif x {\n\t\t\t${jump}\n\t\t}\n\t}\n`), wrap, undefined);
  });
});
