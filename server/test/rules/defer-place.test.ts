/** What may be deferred, told from the text of a function alone. */
import assert from 'node:assert/strict';
import { changesLater, isConditional, isTested } from '../../src/rules/leak-repairs/defer-place.ts';
import { subject, type Subject } from '../fixes/support.ts';

/** The function around some lines, and its statement that closes. */
function release(lines: string): Subject & { func: ReturnType<typeof funcOf>; stmt: ReturnType<typeof closeIn> } {
  const s = subject(`package p\n\nfunc f() {\n${lines}\n}\n`);
  return { ...s, func: funcOf(s), stmt: closeIn(s) };
}

const funcOf = (s: Subject) => s.node('FuncDecl');
const closeIn = (s: Subject) => s.node('ExprStmt', 'close');

describe('the place of a defer', () => {
  it('is not where a condition says whether there is anything to close', () => {
    const { unit, func, stmt } = release('\tch := table[1]\n\tif ch != nil {\n\t\tch <- 1\n\t\tclose(ch)\n\t}');
    assert.equal(isConditional(unit, func, [stmt]), true);
    assert.equal(isTested(func.body ?? assert.fail(), first(func), [stmt]), true);
  });
  it('may be where a way out closes by itself', () => {
    const { unit, func, stmt } = release(
      '\tch := open()\n\tfor {\n\t\tif ended() {\n\t\t\tclose(ch)\n\t\t\treturn\n\t\t}\n\t}',
    );
    assert.equal(isConditional(unit, func, [stmt]), false);
    assert.equal(isTested(func.body ?? assert.fail(), first(func), [stmt]), false);
  });
  it('is not in front of what tells whether there is a channel', () => {
    const { func, stmt } = release('\tch, ok := table[1]\n\tif !ok {\n\t\treturn\n\t}\n\tclose(ch)');
    assert.equal(isTested(func.body ?? assert.fail(), first(func), [stmt]), true);
  });
  it('is not where arguments have other values', () => {
    const { stmt, func } = release('\tch := open()\n\tfor more() {\n\t\tch = open()\n\t}\n\tclose(ch)');
    assert.equal(changesLater([stmt], first(func).end), true);
  });
});

/** The first statement of a function. */
function first({ body }: ReturnType<typeof funcOf>) {
  return body?.stmts[0] ?? assert.fail();
}
