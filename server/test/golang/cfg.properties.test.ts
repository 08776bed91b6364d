import assert from 'node:assert/strict';
import fc from 'fast-check';
import { join } from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';
import type { CaseClause, Expr, FuncNode, Node, Stmt } from '../../src/syntax/ast.ts';
import { nodesOfKind } from '../../src/golang/node-index.ts';
import type { DeclUnit } from '../../src/golang/unit.ts';
import { walkShallow } from '../../src/golang/walk.ts';
import { goSources } from '../support/go-files.ts';
import { packageOf } from '../support/analysis.ts';

/**
 * Which statements can run, by structure alone: an interpreter that follows both ways of every branch. A statement ends
 * in a set of outcomes: `next`, `return`, `break`, `continue` and `fallthrough`, the former with a label if it names one.
 */
class Interpreter {
  readonly reached = new Set<Node>();

  block(stmts: readonly Stmt[]): Set<string> {
    const outcomes = new Set(['next']);
    for (const s of stmts) {
      if (!outcomes.delete('next')) break;
      for (const o of this.stmt(s)) outcomes.add(o);
    }
    return outcomes;
  }

  private cond(e: Expr): { yes: boolean; no: boolean } {
    if (e.kind === 'BinaryExpr') {
      const x = this.cond(e.x);
      if (!(e.op === '&&' ? x.yes : x.no)) return x;
      const y = this.cond(e.y);
      return e.op === '&&' ? { yes: y.yes, no: x.no || y.no } : { yes: x.yes || y.yes, no: y.no };
    }
    this.reached.add(e);
    const name = e.kind === 'Ident' ? e.name : '';
    return { yes: name !== 'false', no: name !== 'true' };
  }

  private stmt(s: Stmt, label = ''): Set<string> {
    switch (s.kind) {
      case 'BlockStmt':
        return this.block(s.stmts);
      case 'LabeledStmt':
        return this.stmt(s.stmt, `:${s.label.name}`);
      case 'IfStmt': {
        const { yes, no } = this.cond(s.cond);
        const outcomes = yes ? this.block(s.body.stmts) : new Set<string>();
        const other = !no ? [] : s.else ? this.stmt(s.else) : ['next'];
        for (const o of other) outcomes.add(o);
        return outcomes;
      }
      case 'ForStmt': {
        const { yes, no } = s.cond ? this.cond(s.cond) : { yes: true, no: false };
        return this.loop(yes ? this.block(s.body.stmts) : new Set(), no, label, s.post);
      }
      case 'RangeStmt':
        this.reached.add(s);
        return this.loop(this.block(s.body.stmts), true, label);
      case 'SwitchStmt':
        return this.switch(s.cases, s.tag !== undefined, label);
      case 'SelectStmt': {
        this.reached.add(s);
        const outcomes = new Set<string>();
        for (const c of s.clauses) {
          if (c.comm) this.reached.add(c.comm);
          for (const o of this.block(c.body)) outcomes.add(o);
        }
        return this.afterBreak(outcomes, label);
      }
      case 'BranchStmt':
        this.reached.add(s);
        return new Set([s.tok + (s.label ? `:${s.label.name}` : '')]);
      default:
        this.reached.add(s);
        return new Set([s.kind === 'ReturnStmt' ? 'return' : 'next']);
    }
  }

  private loop(body: Set<string>, canEnd: boolean, label: string, post?: Stmt): Set<string> {
    const again = ['next', 'continue', `continue${label}`].map((o) => body.delete(o));
    if (post && again.includes(true)) this.stmt(post);
    if (canEnd) body.add('next');
    return this.afterBreak(body, label);
  }

  private afterBreak(outcomes: Set<string>, label: string): Set<string> {
    const broken = ['break', `break${label}`].map((o) => outcomes.delete(o));
    if (broken.includes(true)) outcomes.add('next');
    return outcomes;
  }

  private switch(cases: readonly CaseClause[], tagged: boolean, label: string): Set<string> {
    const enters = cases.map(() => tagged);
    let none = true;
    for (const [i, c] of cases.entries())
      for (const e of c.exprs) {
        if (tagged) this.reached.add(e);
        if (tagged || !none) continue;
        const { yes, no } = this.cond(e);
        enters[i] ||= yes;
        none = no;
      }
    const fallback = cases.findIndex((c) => c.isDefault);
    if (fallback >= 0 && none) enters[fallback] = true;
    const outcomes = new Set<string>(none && fallback < 0 ? ['next'] : []);
    for (const [i, c] of cases.entries()) {
      if (!enters[i]) continue;
      const body = this.block(c.body);
      if (body.delete('fallthrough') && i + 1 < cases.length) enters[i + 1] = true;
      for (const o of body) outcomes.add(o);
    }
    return this.afterBreak(outcomes, label);
  }
}

/** Source of random statements. `@` stands for a number of its own each time. */
const statements = fc.letrec<{ list: string; stmt: string; cond: string; cases: string }>((tie) => ({
  cond: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('c@', 'c@', 'c@', 'true', 'false'),
    fc.tuple(tie('cond'), fc.constantFrom('&&', '||'), tie('cond')).map(([x, op, y]) => `${x} ${op} ${y}`),
  ),
  list: fc.array(tie('stmt'), { maxLength: 4 }).map((s) => s.join('; ')),
  cases: fc
    .tuple(fc.array(fc.tuple(tie('cond'), tie('list'), fc.boolean()), { maxLength: 3 }), fc.option(tie('list')))
    .map(
      ([cases, fallback]) =>
        cases.map(([c, body, through]) => `case ${c}:\n${body}\n${through ? 'fallthrough' : ''}\n`).join('') +
        (fallback === null ? 'case c@:\n' : `default: ${fallback}\n`),
    ),
  stmt: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom('f@()', 'x@ := 1', 'return', 'break', 'continue', 'break L', 'continue L', 'defer d@()'),
    tie('list').map((b) => `{ ${b} }`),
    fc
      .tuple(tie('cond'), tie('list'), fc.option(tie('list')))
      .map(([c, a, b]) => `if ${c} { ${a} }${b === null ? '' : ` else { ${b} }`}`),
    fc.tuple(tie('cond'), tie('list')).map(([c, b]) => `for i@ := 0; ${c}; p@() { ${b} }`),
    tie('list').map((b) => `for { ${b} }`),
    tie('list').map((b) => `for range r@ { ${b} }`),
    tie('cases').map((c) => `switch { ${c} }`),
    tie('cases').map((c) => `switch t@ { ${c} }`),
    fc
      .tuple(tie('list'), tie('list'), fc.boolean())
      .map(([a, b, d]) => `select { case <-a@: ${a}\n case b@ <- 1: ${b}\n ${d ? 'default:' : ''} }`),
    fc.constant('select { }'),
  ),
}));

/** A function body in which every branch has a target. */
const program = statements.list.map((list) => {
  let n = 0;
  return `L: for c@ { switch { case c@: ${list} } }; end@()`.replace(/@/g, () => String(n++));
});

/** A declared function and every literal in it. */
function functionsOf({ decl }: DeclUnit): FuncNode[] {
  const literals = nodesOfKind(decl, 'FuncLit');
  return decl.kind === 'FuncDecl' && decl.body ? [decl, ...literals] : [...literals];
}

describe('control flow graph, properties', function () {
  this.timeout(60_000);

  it('agrees with an interpreter on what can run, and holds every node once', async () => {
    await fc.assert(
      fc.asyncProperty(program, async (source) => {
        const { analysis, unit } = await packageOf({ 'a.go': `package p\nfunc test() { ${source} }\n` });
        const u = unit('test');
        assert.ok(!u.hasError && u.decl.kind === 'FuncDecl' && u.decl.body);
        const cfg = analysis.cfg(u, u.decl);
        const nodes = cfg.blocks.flatMap((b) => b.nodes);
        assert.equal(new Set(nodes).size, nodes.length, 'a node is there twice');
        for (const [node, { block, index }] of cfg.where) assert.equal(block.nodes[index], node);
        assert.equal(cfg.where.size, nodes.length);
        for (const b of cfg.blocks) {
          for (const e of b.succs) assert.ok(e.from === b && e.to.preds.includes(e));
          for (const e of b.preds) assert.ok(e.to === b && e.from.succs.includes(e));
        }
        const run = new Interpreter();
        // Initialisers of loops run when the loop is reached; the interpreter leaves them to the loop's own nodes.
        run.block(u.decl.body.stmts);
        const compared = nodes.filter((n) => n.kind !== 'AssignStmt' && !isTagOrCase(u.text(n)));
        const text = (list: Node[]): string[] => list.map((n) => u.text(n)).sort();
        assert.deepEqual(
          text(compared.filter((n) => cfg.reachable.has(cfg.where.get(n)!.block))),
          text(compared.filter((n) => run.reached.has(n))),
        );
      }),
      { numRuns: 300 },
    );
  });
});

/** Tags are conditions to neither; the cases of a switch with a tag are compared by their bodies. */
function isTagOrCase(text: string): boolean {
  return /^t\d+$/.test(text);
}

describe('control flow graph against the compiler', function () {
  this.timeout(60_000);
  const root = goSources();

  for (const path of ['strconv', 'net/http', 'go/types', 'encoding/json', 'text/template', 'regexp/syntax', 'runtime'])
    it(`no function of ${path} that has results can run off its end`, async function () {
      // The compiler's rule of "missing return" proves it for everything that compiles.
      if (!root) return this.skip();
      const names = readdirSync(join(root, path)).filter((n) => n.endsWith('.go') && !n.endsWith('_test.go'));
      const files = Object.fromEntries(names.map((n) => [n, readFileSync(join(root, path, n), 'utf8')]));
      const { analysis, pkg } = await packageOf(files, path);
      const wrong: string[] = [];
      let functions = 0;
      for (const file of pkg.files)
        for (const declaration of file.outline.decls) {
          const unit = pkg.unit({ file, declaration });
          if (unit.hasError) continue;
          for (const func of functionsOf(unit)) {
            if (func.type.results.length === 0 || !func.body) continue;
            functions++;
            const cfg = analysis.cfg(unit, func);
            const falls = cfg.exit.preds.some(
              (e) => cfg.reachable.has(e.from) && e.from.nodes.at(-1)?.kind !== 'ReturnStmt',
            );
            if (falls) wrong.push(`${file.path}: ${unit.text(func).slice(0, 60)}`);
            let gaps = 0;
            for (const s of func.body.stmts)
              walkShallow(s, (n) => void (isPlainStatement(n) && !cfg.where.has(n) && gaps++));
            if (gaps) wrong.push(`${file.path}: ${gaps} statements of ${unit.text(func).slice(0, 60)} have no block`);
          }
        }
      assert.deepEqual(wrong, []);
      assert.ok(functions > 20);
    });
});

function isPlainStatement(n: Node): boolean {
  return [
    'ExprStmt',
    'SendStmt',
    'IncDecStmt',
    'AssignStmt',
    'GoStmt',
    'DeferStmt',
    'ReturnStmt',
    'BranchStmt',
    'RangeStmt',
    'SelectStmt',
  ].includes(n.kind);
}
