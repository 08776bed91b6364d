/** Gives a function a context as its first parameter, and its callers in the file one to pass. */
import { addFirstArgument } from '../fixes/add-first-argument.ts';
import { importEdits } from '../fixes/add-import.ts';
import { combine } from '../fixes/apply.ts';
import { isFree } from '../fixes/names.ts';
import { insertion } from '../fixes/statement-site.ts';
import type { TextEdit } from '../engine/finding.ts';
import { mentionsOf } from '../golang/callers.ts';
import { contextInScope } from '../golang/context-in-scope.ts';
import { contextParams } from '../golang/contexts.ts';
import { isExported } from '../golang/exported.ts';
import { isProcessScope } from '../golang/goroutines.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { contains } from '../golang/walk.ts';
import { declarationsNaming } from '../golang/word-index.ts';
import type { BlockStmt, CallExpr, FuncDecl } from '../syntax/ast.ts';
import { defineRefactoring, type RefactoringContext, touches } from './refactoring.ts';

const NAME = 'ctx';

export const contextParameter = defineRefactoring({
  id: 'add-context-parameter',
  title: {
    en: 'Add parameter `ctx context.Context` to `{name}` and its callers',
    'zh-cn': '为 `{name}` 及其调用者添加参数 `ctx context.Context`',
  },
  find(context) {
    const { unit } = context;
    const { decl } = unit;
    if (decl.kind !== 'FuncDecl' || !decl.body || !touches(context, { start: decl.start, end: decl.body.start }))
      return undefined;
    const calls = takesContext(context, decl, decl.body) ? undefined : callsInFile(context, decl);
    const made = calls && importEdits(unit.file, 'context', { unit, node: decl.body });
    if (!made) return undefined;
    const edits = combine(
      made.edits,
      [parameter(unit, decl, `${NAME} ${made.name}.Context`)],
      ...calls.map(({ unit: caller, call }) =>
        addFirstArgument(caller, call, contextAt(context, decl, caller, call, made.name)),
      ),
    );
    return edits && { edits, args: { name: decl.name.name } };
  },
});

/** Functions that have a context, or cannot be given one: `main`, tests, and those in which the name means something else. */
function takesContext({ analysis, unit }: RefactoringContext, decl: FuncDecl, body: BlockStmt): boolean {
  return (
    contextParams(analysis, unit, decl).length > 0 ||
    // Parameters either all have names or none.
    decl.type.params[0]?.names.length === 0 ||
    isProcessScope(unit) ||
    (unit.file.isTest && isExported(decl.name.name)) ||
    !isFree(unit, body, NAME)
  );
}

interface Call {
  unit: DeclUnit;
  call: CallExpr;
}

/** All calls of a function, when all that names it are calls in its own file; undefined otherwise. */
function callsInFile({ analysis, unit }: RefactoringContext, decl: FuncDecl): Call[] | undefined {
  const { name } = decl.name;
  if (isExported(name) && unit.pkg.name !== 'main') return undefined;
  // A method may be what an interface asks for.
  const isAskedFor = declarationsNaming(unit.pkg, name).some(
    ({ file, declaration }) => declaration.tok === 'type' && file.textOf(declaration).includes('interface'),
  );
  if (decl.recv && isAskedFor) return undefined;
  const calls: Call[] = [];
  for (const { unit: at, call } of mentionsOf(analysis, unit, decl)) {
    if (!call || at.file !== unit.file || call.spread || analysis.callee(at, call).visible?.decl !== decl)
      return undefined;
    // The value of a call that is itself an argument list cannot have another one before it.
    if (call.args.length === 1 && decl.type.params.length > 1) return undefined;
    calls.push({ unit: at, call });
  }
  return calls;
}

/** What a caller passes: the context it has, or a note that it lacks one. */
function contextAt(
  { analysis, unit }: RefactoringContext,
  decl: FuncDecl,
  caller: DeclUnit,
  call: CallExpr,
  context: string,
): string {
  if (caller === unit && contains(decl, call)) return NAME;
  return contextInScope(analysis, caller, call)?.expr ?? `${context}.TODO()`;
}

function parameter(unit: DeclUnit, { type }: FuncDecl, text: string): TextEdit {
  const [first] = type.params;
  return first ? insertion(unit.base + first.start, `${text}, `) : insertion(unit.base + type.paramsEnd - 1, text);
}
