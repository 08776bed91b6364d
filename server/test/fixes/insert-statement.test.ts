import { insertAfterStatement, insertAtBlockStart, insertBeforeStatement } from '../../src/fixes/insert-statement.ts';
import { check, go, type Subject } from './support.ts';

describe('insertAfterStatement', () => {
  it('adds a line with the same indentation', () =>
    check(
      go`
        package p

        func f() {
        	if x {
        		a()
        		b()
        	}
        }
      `,
      (s) => insertAfterStatement(s.unit, s.node('ExprStmt', 'a()'), 'defer c()'),
      go`
        package p

        func f() {
        	if x {
        		a()
        		defer c()
        		b()
        	}
        }
      `,
    ));

  it('goes below a trailing comment and below a statement of several lines', () =>
    check(
      go`
        package p

        func f() {
        	a(
        		1,
        	) // one
        	b()
        }
      `,
      (s) => insertAfterStatement(s.unit, s.node('ExprStmt', 'a('), 'if c {\n\treturn\n}'),
      go`
        package p

        func f() {
        	a(
        		1,
        	) // one
        	if c {
        		return
        	}
        	b()
        }
      `,
    ));

  it('keeps comments below each other on either side', () =>
    check(
      go`
        package p

        func f() {
        	a()          // one
        	long(1, 2)   // two
        	longer(3, 4) // three
        	b()          // four
        }
      `,
      (s) => insertAfterStatement(s.unit, s.node('ExprStmt', 'long('), 'defer c()'),
      go`
        package p

        func f() {
        	a()        // one
        	long(1, 2) // two
        	defer c()
        	longer(3, 4) // three
        	b()          // four
        }
      `,
    ));

  it('opens up a body on one line', () =>
    check(
      go`
        package p

        func f() {
        	go func() { a(); b() }() // bg
        }
      `,
      (s) => insertAfterStatement(s.unit, s.node('ExprStmt', 'a()'), 'c()'),
      go`
        package p

        func f() {
        	go func() {
        		a()
        		c()
        		b()
        	}() // bg
        }
      `,
    ));

  it('separates statements on one line', () =>
    check(
      'package p\n\nfunc f() {\n\ta(); b() // b\n\tc()\n}\n',
      (s) => insertAfterStatement(s.unit, s.node('ExprStmt', 'a()'), 'x()'),
      'package p\n\nfunc f() {\n\ta()\n\tx()\n\tb() // b\n\tc()\n}\n',
    ));

  it('works in case clauses', () => {
    check(
      go`
        package p

        func f() {
        	switch x {
        	case 1:
        		a()
        	case 2:
        		b()
        	}
        }
      `,
      (s) => insertAfterStatement(s.unit, s.node('ExprStmt', 'a()'), 'c()'),
      go`
        package p

        func f() {
        	switch x {
        	case 1:
        		a()
        		c()
        	case 2:
        		b()
        	}
        }
      `,
    );
    check(
      'package p\n\nfunc f() {\n\tselect {\n\tcase <-c: a()\n\t}\n}\n',
      (s) => insertAfterStatement(s.unit, s.node('ExprStmt', 'a()'), 'b()'),
      'package p\n\nfunc f() {\n\tselect {\n\tcase <-c:\n\t\ta()\n\t\tb()\n\t}\n}\n',
    );
  });

  it('declines for the init of an if and beside comments whose place is open', () => {
    check(
      'package p\n\nfunc f() {\n\tif a := g(); a {\n\t}\n}\n',
      (s) => insertAfterStatement(s.unit, s.node('AssignStmt'), 'b()'),
      undefined,
    );
    check(
      'package p\n\nfunc f() { a() /* a */ }\n',
      (s) => insertAfterStatement(s.unit, s.node('ExprStmt'), 'b()'),
      undefined,
    );
  });
});

describe('insertBeforeStatement', () => {
  it('leaves comments in their columns where those are of one side', () =>
    check(
      go`
        package p

        func f() {
        	if x { // one
        		a() // two
        	}
        	é("ö") // three
        	// four
        	b(c, d) // five
        	return  // six
        }
      `,
      (s) => insertBeforeStatement(s.unit, s.node('ReturnStmt'), 'e()'),
      go`
        package p

        func f() {
        	if x { // one
        		a() // two
        	}
        	é("ö") // three
        	// four
        	b(c, d) // five
        	e()
        	return // six
        }
      `,
    ));

  it('goes above the comments of the statement and above its label', () =>
    check(
      go`
        package p

        func f() {
        	b()
        	// loops
        	// for ever
        loop:
        	for {
        		break loop
        	}
        }
      `,
      (s) => insertBeforeStatement(s.unit, s.node('ForStmt'), 'a()'),
      go`
        package p

        func f() {
        	b()
        	a()
        	// loops
        	// for ever
        loop:
        	for {
        		break loop
        	}
        }
      `,
    ));

  it('opens up a body on one line', () =>
    check(
      'package p\n\nfunc f() { a() }\n',
      (s) => insertBeforeStatement(s.unit, s.node('ExprStmt'), 'b()'),
      'package p\n\nfunc f() {\n\tb()\n\ta()\n}\n',
    ));
});

describe('insertAtBlockStart', () => {
  const start = (s: Subject) => insertAtBlockStart(s.unit, s.node('FuncLit').body, 'defer wg.Done()');

  it('keeps the comment behind the brace', () =>
    check(
      go`
        package p

        func f() {
        	go func() { // worker
        		// first
        		a()
        	}()
        }
      `,
      start,
      go`
        package p

        func f() {
        	go func() { // worker
        		defer wg.Done()
        		// first
        		a()
        	}()
        }
      `,
    ));

  it('opens up an empty body and a body on one line', () => {
    const after = (rest: string) => `package p\n\nfunc f() {\n\tgo func() {\n\t\tdefer wg.Done()\n${rest}\t}()\n}\n`;
    check('package p\n\nfunc f() {\n\tgo func() {}()\n}\n', start, after(''));
    check('package p\n\nfunc f() {\n\tgo func() {\n\t}()\n}\n', start, after(''));
    check('package p\n\nfunc f() {\n\tgo func() { a() }()\n}\n', start, after('\t\ta()\n'));
  });

  it('fills a clause', () =>
    check(
      'package p\n\nfunc f() {\n\tswitch {\n\tcase a:\n\tdefault:\n\t\tb()\n\t}\n}\n',
      (s) => insertAtBlockStart(s.unit, s.node('CaseClause', 'case a'), 'c()'),
      'package p\n\nfunc f() {\n\tswitch {\n\tcase a:\n\t\tc()\n\tdefault:\n\t\tb()\n\t}\n}\n',
    ));
});
