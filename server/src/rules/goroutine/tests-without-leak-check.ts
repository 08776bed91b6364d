/** A package starts goroutines, and none of its tests looks whether some are left. */
import type { Analysis } from '../../golang/analysis.ts';
import type { GoPackage } from '../../golang/package.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { SourceFile } from '../../golang/source-file.ts';
import type { GoStmt } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { addLeakCheck } from './tests-without-leak-check.fixes.ts';
import { text } from './tests-without-leak-check.text.ts';

export const testsWithoutLeakCheck = defineRule({
  meta: {
    id: 'tests-without-leak-check',
    group: 'goroutine',
    // Whether a package wants such a check is a matter of taste.
    level: 'off',
    triggers: ['func Test(?=\\w*\\(\\w+ \\*testing\\.[TM]\\))'],
    imports: ['testing'],
    fixes: ['add-leak-check'],
  },
  text,
  checkFile(context) {
    const { analysis, unit } = context;
    const { pkg, file } = unit;
    if (unit.decl.kind !== 'FuncDecl' || file !== firstWithTests(pkg)) return;
    const tested = pkg.name.endsWith('_test') ? analysis.program.package(pkg.path.replace(/_test$/, '')) : pkg;
    // Tests inside the package speak for those outside as well.
    if (!tested || (tested !== pkg && firstWithTests(tested))) return;
    const outside = tested === pkg ? analysis.program.package(`${pkg.path}_test`) : undefined;
    if (checksLeaks(pkg) || (outside && checksLeaks(outside))) return;
    const start = startOf(analysis, tested);
    // A package and the tests outside of it have one such function between them.
    const hasMain = [pkg, tested, outside].some((p) => p?.member('TestMain'));
    if (start) report(context, start, hasMain);
  },
});

interface Start {
  unit: DeclUnit;
  node: GoStmt;
}

function report(context: RuleContext, { unit: at, node }: Start, hasMain: boolean): void {
  const { unit } = context;
  if (unit.decl.kind !== 'FuncDecl') return;
  context.report({
    node: unit.decl.name,
    message: 'unchecked',
    args: { line: context.line({ unit: at, node }), file: at.file.name },
    steps: [{ unit: at, node: { start: node.start, end: node.start + 'go'.length }, message: 'step-go' }],
    fixes: hasMain ? [] : [{ id: 'add-leak-check', title: 'fix-check', edits: addLeakCheck(unit) }],
  });
}

/** The first of the package's files, by path, with a test in it. */
function firstWithTests({ files }: GoPackage): SourceFile | undefined {
  const hasTests = ({ isTest, outline }: SourceFile): boolean =>
    isTest &&
    outline.decls.some((d) => d.tok === 'func' && d.recv === undefined && /^Test($|[^a-z])/.test(d.names[0] ?? ''));
  return files.filter(hasTests).sort((a, b) => (a.path < b.path ? -1 : 1))[0];
}

/** What is named where the goroutines that are left are counted or looked at. */
const CHECKS = ['NumGoroutine', 'VerifyTestMain', 'VerifyNone', 'goroutineleak'];

/** True when something in a package's tests knows of leaks: an import or a function with that name, a bubble, a count of goroutines. */
function checksLeaks(pkg: GoPackage): boolean {
  const isCheck = (file: SourceFile): boolean =>
    [...file.imports.values()].some((path) => /leak[^/]*$/i.test(path) || path === 'testing/synctest') ||
    file.outline.decls.some((d) => d.names.some((n) => /leak/i.test(n)));
  return (
    pkg.files.some((f) => f.isTest && isCheck(f)) ||
    CHECKS.some((word) => declarationsNaming(pkg, word).some((m) => m.file.isTest))
  );
}

const PROCESS_WAITS = new Set(['os/exec.Cmd.Wait', 'os.Process.Wait']);

/** The first goroutine that the package itself starts, in the order of its paths; one that waits for a process ends with that. */
function startOf(analysis: Analysis, pkg: GoPackage): Start | undefined {
  const naming = [...declarationsNaming(pkg, 'go')];
  naming.sort((a, b) => (a.file.path < b.file.path ? -1 : Number(a.file !== b.file)));
  for (const member of naming) {
    const { file, declaration } = member;
    if (file.path.endsWith('_test.go') || (file.isTest && /^Test|^Benchmark/.test(declaration.names[0] ?? '')))
      continue;
    const unit = pkg.unit(member);
    const starts = unit.hasError ? [] : nodesOfKind(unit.decl, 'GoStmt');
    const waitsForProcess = ({ call }: GoStmt): boolean =>
      call.kind === 'CallExpr' && PROCESS_WAITS.has(analysis.callee(unit, call).name);
    const node = starts.find((start) => !waitsForProcess(start));
    if (node) return { unit, node };
  }
  return undefined;
}
