import assert from 'node:assert/strict';
import { nameBlank } from '../../src/fixes/assign.ts';
import { freshName, isUnshadowed } from '../../src/fixes/names.ts';
import { check, subject, type Subject } from './support.ts';

describe('freshName', () => {
  const fresh = (body: string, at: string, ...bases: [string, ...string[]]) => {
    const s = subject(`package p\n\nimport "time"\n\nvar pkgvar int\n\nfunc f(param int) {\n${body}\n}\n`);
    return freshName(s.unit, s.node('ExprStmt', at), ...bases);
  };

  it('takes the base when nothing has that name', () => assert.equal(fresh('a()', 'a', 'cancel'), 'cancel'));
  it('avoids names declared or used in the scope', () => {
    assert.equal(fresh('cancel := 1\na()\n_ = cancel', 'a', 'cancel'), 'cancel2');
    assert.equal(fresh('if x {\na()\n}\ncancel()', 'a', 'cancel'), 'cancel');
    assert.equal(fresh('if x {\na()\ncancel()\n}', 'a', 'cancel'), 'cancel2');
  });
  it('avoids names of the scopes around, not of those beside', () => {
    assert.equal(fresh('cancel := 1\nif x {\na()\n}\n_ = cancel', 'a', 'cancel'), 'cancel2');
    assert.equal(fresh('if x {\ncancel := 1\n_ = cancel\n} else {\na()\n}', 'a', 'cancel'), 'cancel');
    assert.equal(fresh('a()', 'a', 'param'), 'param2');
  });
  it('avoids imports, package-level names, keywords and predeclared names', () => {
    for (const name of ['time', 'pkgvar', 'f', 'range', 'len'])
      assert.equal(fresh('a()', 'a', name, 'other'), 'other', name);
  });
  it('does not mind fields and methods', () => assert.equal(fresh('a(x.cancel)', 'a', 'cancel'), 'cancel'));
});

describe('isUnshadowed', () => {
  it('looks at the scopes around a node only', () => {
    const s = subject('package p\n\nfunc f() {\n\tif time := 1; time > 0 {\n\t\ta()\n\t}\n\tb()\n}\n');
    assert.equal(isUnshadowed(s.unit, s.node('ExprStmt', 'a'), 'time'), false);
    assert.equal(isUnshadowed(s.unit, s.node('ExprStmt', 'b'), 'time'), true);
  });
});

describe('nameBlank', () => {
  const name = (s: Subject) => nameBlank(s.unit, s.node('Ident', '_'), 'cancel', 'context.CancelFunc');
  const f = (body: string, params = '') => `package p\n\nfunc f(${params}) {\n${body}}\n`;

  it('renames in := and var', () => {
    check(f('\tctx, _ := g()\n'), name, f('\tctx, cancel := g()\n'));
    check(f('\tvar ctx, _ = g()\n'), name, f('\tvar ctx, cancel = g()\n'));
    check(f('\tif ctx, _ := g(); ctx != nil {\n\t}\n'), name, f('\tif ctx, cancel := g(); ctx != nil {\n\t}\n'));
  });
  it('turns = into := when the others were declared in the same scope', () => {
    check(f('\tvar ctx any\n\tctx, _ = g()\n'), name, f('\tvar ctx any\n\tctx, cancel := g()\n'));
    check(f('\tctx, _ = g()\n', 'ctx any'), name, f('\tctx, cancel := g()\n', 'ctx any'));
  });
  it('declares the name where := would hide a variable', () => {
    check(
      f('\tif x {\n\t\tctx, _ = g()\n\t}\n', 'ctx any'),
      name,
      f('\tif x {\n\t\tvar cancel context.CancelFunc\n\t\tctx, cancel = g()\n\t}\n', 'ctx any'),
    );
    check(f('\ts.ctx, _ = g()\n'), name, f('\tvar cancel context.CancelFunc\n\ts.ctx, cancel = g()\n'));
  });
  it('declines without a type for that', () =>
    check(f('\ts.ctx, _ = g()\n'), (s) => nameBlank(s.unit, s.node('Ident', '_'), 'cancel'), undefined));
});
