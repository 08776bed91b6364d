import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Parser, Tree } from 'web-tree-sitter';
import { DeclarationTrees } from '../../src/syntax/document-tree.ts';
import { GoParser } from '../../src/syntax/parser.ts';
import { loadWasm } from '../support/wasm.ts';
import { applyChange, change, DECLARATIONS } from './tree-checks.ts';

/** Counts tree-sitter trees made and deleted, by anyone, while it is installed. */
class TreeCounter {
  live = 0;
  made = 0;
  incremental = 0;
  private readonly parse = Parser.prototype.parse;
  private readonly copy = Tree.prototype.copy;
  private readonly remove = Tree.prototype.delete;

  install(): void {
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const counter = this;
    const { parse, copy, remove } = this;
    Parser.prototype.parse = function (this: Parser, ...args: Parameters<Parser['parse']>) {
      const tree = parse.apply(this, args);
      if (tree) counter.made++;
      if (tree) counter.live++;
      if (args[1]) counter.incremental++;
      return tree;
    };
    Tree.prototype.copy = function (this: Tree) {
      counter.live++;
      return copy.call(this);
    };
    Tree.prototype.delete = function (this: Tree) {
      counter.live--;
      remove.call(this);
    };
  }

  uninstall(): void {
    Parser.prototype.parse = this.parse;
    Tree.prototype.copy = this.copy;
    Tree.prototype.delete = this.remove;
  }
}

describe('incremental parsing', () => {
  let parser: GoParser;
  let counter: TreeCounter;
  before(async () => {
    parser = await GoParser.create(await loadWasm());
  });
  after(() => parser.dispose());
  beforeEach(() => {
    counter = new TreeCounter();
    counter.install();
  });
  afterEach(() => counter.uninstall());

  it('equals a fresh parse after any edits, and leaks no tree', () => {
    let good = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...DECLARATIONS),
        fc.array(change, { minLength: 1, maxLength: 8 }),
        (source, changes) => {
          const trees = new DeclarationTrees(parser);
          let text = source;
          assert.deepEqual(trees.parse('k', text), parser.parseDeclaration(text));
          for (const c of changes) {
            text = applyChange(text, c);
            const incremental = trees.parse('k', text);
            assert.deepEqual(incremental, parser.parseDeclaration(text), JSON.stringify(text));
            if (!incremental.hasError) good++;
          }
          trees.dispose();
          assert.equal(counter.live, 0);
        },
      ),
      { numRuns: 300 },
    );
    assert.ok(counter.incremental > 300);
    assert.ok(good > 50, `only ${good} edited texts parsed without error`);
  });

  it('equals a fresh parse after edits that keep the code valid', () => {
    const statement = fc.constantFrom(
      'x := <-ch',
      'go func() { ch <- "😀é" }()',
      'if x { return }',
      'a[i], b = f(x...), []int{1, 2}',
      'for range ch { break }',
      'select { case v := <-ch: f(v); default: }',
      'var y = T[int]{a: 1}',
      'switch v := x.(type) { case int: g(v) }',
      'x = `raw\r\n}`',
      '// comment }',
      'y := new(x + 1)',
      '{ { z() } }',
    );
    const step = fc.record({
      at: fc.nat(20),
      remove: fc.nat(2),
      insert: fc.array(statement, { maxLength: 2 }),
      newline: fc.constantFrom('\n', '\r\n'),
    });
    fc.assert(
      fc.property(
        fc.array(statement, { maxLength: 12 }),
        fc.array(step, { minLength: 1, maxLength: 10 }),
        (initial, steps) => {
          const trees = new DeclarationTrees(parser);
          const statements = [...initial];
          for (const { at, remove, insert, newline } of steps) {
            statements.splice(at % (statements.length + 1), remove, ...insert);
            const text = `func f(ch chan int) {${newline}\t${statements.join(`${newline}\t`)}${newline}}`;
            const incremental = trees.parse('k', text);
            assert.equal(incremental.hasError, false, text);
            assert.deepEqual(incremental, parser.parseDeclaration(text), text);
          }
          trees.dispose();
          assert.equal(counter.live, 0);
        },
      ),
      { numRuns: 200 },
    );
    assert.ok(counter.incremental > 200);
  });

  it('parses from the last good tree while the code is broken', () => {
    const trees = new DeclarationTrees(parser);
    const texts = ['func f() { a() }', 'func f() { a(', 'func f() { a() }}', 'func f() { a(); b() }'];
    assert.deepEqual(
      texts.map((text) => trees.parse('k', text).hasError),
      [false, true, true, false],
    );
    assert.equal(counter.incremental, 3);
    assert.equal(trees.held, 1);
    trees.dispose();
    assert.equal(counter.live, 0);
  });

  it('gives a new result each time, since later layers annotate it', () => {
    const trees = new DeclarationTrees(parser);
    const first = trees.parse('k', 'var x int');
    const second = trees.parse('k', 'var x int');
    assert.deepEqual(first, second);
    assert.notEqual(first.decl, second.decl);
    trees.dispose();
  });

  it('drops the least recently used trees over its capacity', () => {
    const trees = new DeclarationTrees(parser, 25);
    for (const key of ['a', 'b', 'a', 'c']) trees.parse(key, 'var x int');
    assert.equal(trees.held, 2);
    assert.equal(counter.live, 2);
    const { incremental } = counter;
    trees.parse('a', 'var y int');
    assert.equal(counter.incremental, incremental + 1);
    trees.parse('b', 'var y int');
    assert.equal(counter.incremental, incremental + 1);
    trees.parse('big', 'var aVeryLongNameIndeed int');
    assert.equal(trees.held, 0);
    trees.dispose();
    assert.equal(counter.live, 0);
  });

  it('forgets a document', () => {
    const trees = new DeclarationTrees(parser);
    for (const key of ['/a.go f', '/a.go g', '/b.go f']) trees.parse(key, 'var x int');
    trees.forget('/a.go ');
    assert.equal(trees.held, 1);
    assert.equal(counter.live, 1);
    trees.dispose();
    assert.equal(counter.live, 0);
  });

  it('leaks no tree in plain parsing', () => {
    for (const text of ['var x int', 'func f() {', 'var x = new(1)', 'var x = new(1', ''])
      parser.parseDeclaration(text);
    assert.ok(counter.made >= 5);
    assert.equal(counter.live, 0);
  });
});
