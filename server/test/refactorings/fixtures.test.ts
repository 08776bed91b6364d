/**
 * Applies refactorings to their fixtures and compares with the golden files; see `test-fixtures/refactorings/README.md`.
 * UPDATE_GOLDEN=1 rewrites the golden files.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { REFACTORINGS } from '../../src/refactorings/registry.ts';
import { FIXTURES, fixtures, marksIn, offeredAt, refactored, UNWANTED } from './fixtures.ts';

const UPDATE = process.env.UPDATE_GOLDEN === '1';

for (const fixture of fixtures())
  describe(`fixtures of refactorings: ${relative(FIXTURES, fixture.dir)}`, () => {
    it('belong to a refactoring', () =>
      assert.ok(
        REFACTORINGS.some(({ id }) => id === fixture.id),
        fixture.id,
      ));

    let changed: Map<string, string>;
    before(() => (changed = refactored(fixture)));

    for (const [name, text] of fixture.files) {
      const golden = join(fixture.dir, `${name}.golden`);

      it(`${name}: becomes what the golden file says`, () => {
        const after = changed.get(name);
        if (after === undefined) return assert.ok(!existsSync(golden), 'a golden file of what does not change');
        if (UPDATE) return writeFileSync(golden, after);
        assert.ok(existsSync(golden), `${golden} is missing; UPDATE_GOLDEN=1 writes it`);
        assert.equal(after, readFileSync(golden, 'utf8'));
      });

      it(`${name}: is left alone elsewhere`, () => {
        const offered = marksIn(text, UNWANTED).filter((mark) =>
          offeredAt(fixture, name, mark).some(({ id }) => id === fixture.id),
        );
        assert.deepEqual(
          offered.map((mark) => text.slice(0, mark).split('\n').length),
          [],
          'lines on which it is offered',
        );
      });
    }
  });
