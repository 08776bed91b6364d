import assert from 'node:assert/strict';
import { nearestName } from '../../src/engine/nearest-name.ts';
import { ancestors, dirname, join, relative, relativeInside } from '../../src/workspace/paths.ts';

describe('paths', () => {
  it('joins, normalises and splits', () => {
    assert.equal(join('/a/b', '../c/./d'), '/a/c/d');
    assert.equal(join('/a', '/x'), '/x');
    assert.equal(join('C:/a', '../../..'), 'C:/');
    assert.equal(dirname('/a'), '/');
    assert.equal(dirname('C:/a'), 'C:/');
    assert.deepEqual([...ancestors('/a/b')], ['/a/b', '/a', '/']);
  });

  it('makes paths relative', () => {
    assert.equal(relativeInside('/a', '/a/b'), 'b');
    assert.equal(relativeInside('/', '/b'), 'b');
    assert.equal(relativeInside('/a', '/ab'), undefined);
    assert.equal(relative('/a/b', '/a/c/d'), '../c/d');
    assert.equal(relative('/a', '/a'), '.');
    assert.equal(relative('/a', '/b'), '/b');
  });
});

describe('nearest name', () => {
  const rules = ['lost-cancel', 'nil-context', 'missing-unlock'];
  it('finds typing mistakes and leaves strangers alone', () => {
    assert.equal(nearestName('lost-cancle', rules), 'lost-cancel');
    assert.equal(nearestName('Lost_Cancel', rules), 'lost-cancel');
    assert.equal(nearestName('missing-unlocks', rules), 'missing-unlock');
    assert.equal(nearestName('banana', rules), undefined);
  });
});
