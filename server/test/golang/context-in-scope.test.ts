import assert from 'node:assert/strict';
import { contextInScope } from '../../src/golang/context-in-scope.ts';
import { Analysis } from '../../src/golang/analysis.ts';
import { ApiPackages, Program } from '../../src/golang/package.ts';
import { parser, subject } from '../fixes/support.ts';

describe('contextInScope', () => {
  const analysis = new Analysis(new Program(new ApiPackages(parser), []));
  const found = (signature: string, body: string) => {
    const s = subject(`package p\n\nimport (\n\t"context"\n\t"net/http"\n)\n\nfunc f${signature} {\n${body}\n}\n`);
    return contextInScope(analysis, s.unit, s.node('ExprStmt', 'here'))?.expr;
  };

  it('takes a parameter, also of a function around', () => {
    assert.equal(found('(ctx context.Context)', 'here()'), 'ctx');
    assert.equal(found('(c context.Context)', 'go func() {\nhere()\n}()'), 'c');
  });
  it('takes what was derived last and is in scope', () => {
    const derived = 'child, cancel := context.WithCancel(ctx)\ndefer cancel()\n';
    assert.equal(found('(ctx context.Context)', `${derived}here(child)`), 'child');
    assert.equal(found('(ctx context.Context)', `if x {\n${derived}}\nhere()`), 'ctx');
    assert.equal(found('(ctx context.Context)', `here()\n${derived}`), 'ctx');
  });
  it('does not take a hidden variable', () => {
    assert.equal(found('(ctx context.Context)', 'for ctx := range 3 {\nhere(ctx)\n}'), undefined);
  });
  it('uses the context of a request when there is no other', () => {
    assert.equal(found('(w http.ResponseWriter, r *http.Request)', 'here()'), 'r.Context()');
    assert.equal(found('(r *http.Request, ctx context.Context)', 'here()'), 'ctx');
  });
  it('finds none where there is none', () => assert.equal(found('(n int)', 'here()'), undefined));
});
