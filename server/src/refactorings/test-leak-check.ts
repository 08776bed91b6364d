/** Makes a test fail when goroutines are left behind: with goleak where the module has it, else in a bubble of `testing/synctest`. */
import { importEdits } from '../fixes/add-import.ts';
import { combine } from '../fixes/apply.ts';
import { insertAtBlockStart } from '../fixes/insert-statement.ts';
import { lineStart } from '../fixes/source-lines.ts';
import { StatementSite } from '../fixes/statement-site.ts';
import { wrapStatements } from '../fixes/wrap.ts';
import { testParameter, type TestReach, testReach } from '../golang/bubbles.ts';
import type { GoPackage } from '../golang/package.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { declarationsNaming } from '../golang/word-index.ts';
import type { BlockStmt } from '../syntax/ast.ts';
import { defineRefactoring, type Refactored, type RefactoringContext, touches } from './refactoring.ts';

const GOLEAK = 'go.uber.org/goleak';

export const testLeakCheck = defineRefactoring({
  id: 'add-leak-check',
  title: {
    en: 'Let the test fail when goroutines are left (`{check}`)',
    'zh-cn': '有 goroutine 残留时让测试失败（`{check}`）',
  },
  find(context) {
    const { analysis, unit, isRequired } = context;
    const { decl } = unit;
    const test = testParameter(analysis, unit);
    if (!test || decl.kind !== 'FuncDecl' || !decl.body || decl.body.stmts.length === 0) return undefined;
    if (!touches(context, { start: decl.start, end: decl.body.start }) || isChecked(unit)) return undefined;
    const reach = testReach(analysis, unit, decl);
    const hasGoleak = isRequired(GOLEAK) || unit.pkg.files.some((f) => f.importsAnyOf([GOLEAK]));
    return hasGoleak ? verifyNone(unit, decl.body, test.name, reach) : bubble(context, decl.body, test.name, reach);
  },
});

/** True when the test, or `TestMain` for all of them, checks already. */
function isChecked({ pkg, decl, file, declaration }: DeclUnit): boolean {
  const main = pkg.member('TestMain');
  const text = file.textOf(declaration);
  return (
    decl.kind !== 'FuncDecl' ||
    /\b(?:goleak|synctest|NumGoroutine|leaktest)\b|[Ll]eak[A-Z]?\w*\(/.test(
      text.slice(declaration.body - declaration.base),
    ) ||
    (main !== undefined && /[Ll]eak|NumGoroutine/.test(main.file.textOf(main.declaration))) ||
    checksAll(pkg)
  );
}

function checksAll(pkg: GoPackage): boolean {
  return declarationsNaming(pkg, 'VerifyTestMain').length > 0;
}

/** Goroutines of tests that run beside this one would count as left. */
function verifyNone(unit: DeclUnit, body: BlockStmt, test: string, reach: TestReach): Refactored | undefined {
  const imported = reach.isParallel ? undefined : importEdits(unit.file, GOLEAK, { unit, node: body });
  if (!imported) return undefined;
  const check = `${imported.name}.VerifyNone(${test})`;
  // What `t.Cleanup` ends is there until all deferred calls have run.
  const line = reach.cleansUp ? `${test}.Cleanup(func() { ${check} })` : `defer ${check}`;
  const edits = combine(imported.edits, insertAtBlockStart(unit, body, line));
  return edits && { edits, args: { check: `${imported.name}.VerifyNone` } };
}

/** The body as that of a bubble, which waits for all its goroutines and panics when they cannot end. */
function bubble(
  { unit, goAtLeast }: RefactoringContext,
  body: BlockStmt,
  test: string,
  reach: TestReach,
): Refactored | undefined {
  const [first, last] = [body.stmts[0], body.stmts.at(-1)];
  if (!goAtLeast('1.25') || !reach.starts || !reach.fitsBubble || !first || !last) return undefined;
  const imported = importEdits(unit.file, 'testing/synctest', { unit, node: body });
  const testing = importEdits(unit.file, 'testing', { unit, node: body });
  if (!imported || !testing || testing.edits.length > 0 || !isAllOf(unit, body)) return undefined;
  const head = `${imported.name}.Test(${test}, func(${test} *${testing.name}.T) {`;
  const edits = combine(imported.edits, wrapStatements(unit, first, last, head, '})'));
  return edits && { edits, args: { check: `${imported.name}.Test` } };
}

/** True when there is nothing above the first statement's comments and below the last statement. */
function isAllOf(unit: DeclUnit, body: BlockStmt): boolean {
  const { text } = unit.file;
  const [first, last] = [body.stmts[0], body.stmts.at(-1)];
  const [top, bottom] = [first && StatementSite.of(unit, first), last && StatementSite.of(unit, last)];
  if (!top || !bottom || top.shares || bottom.shares) return false;
  const close = unit.base + body.end - 1;
  return (
    text.slice(unit.base + body.start + 1, top.top).trim() === '' &&
    text.slice(bottom.bottom, lineStart(text, close)).trim() === ''
  );
}
