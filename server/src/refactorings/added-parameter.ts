/** A function that gets a context as its first parameter, with all the calls of it. */
import { insertionIn, type FileEdit } from '../fixes/file-edit.ts';
import { addFirstArgument } from '../fixes/add-first-argument.ts';
import { combine } from '../fixes/apply.ts';
import { isFree } from '../fixes/names.ts';
import type { Analysis } from '../golang/analysis.ts';
import { mentionsOf } from '../golang/callers.ts';
import { contextParams } from '../golang/contexts.ts';
import { isExported } from '../golang/exported.ts';
import { isProcessScope } from '../golang/goroutines.ts';
import { isContext } from '../golang/types.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { flattenFields } from '../golang/walk.ts';
import { declarationsNaming } from '../golang/word-index.ts';
import type { CallExpr, FuncDecl } from '../syntax/ast.ts';

/** The name of the parameter. */
export const CONTEXT = 'ctx';

export interface Call {
  unit: DeclUnit;
  call: CallExpr;
}

/**
 * All calls of a function that can be given a context. Undefined for one that has a context, for `main` and tests, where the name means
 * something else, and where something but calls names it.
 */
export function callsToExtend(analysis: Analysis, unit: DeclUnit, decl: FuncDecl): Call[] | undefined {
  return takesContext(analysis, unit, decl) ? undefined : callsOf(analysis, unit, decl);
}

function takesContext(analysis: Analysis, unit: DeclUnit, decl: FuncDecl): boolean {
  return (
    contextParams(analysis, unit, decl).length > 0 ||
    decl.type.params.some(({ type }) => isContext(analysis.types.resolve(unit, type))) ||
    // Parameters either all have names or none.
    decl.type.params[0]?.names.length === 0 ||
    isProcessScope(unit) ||
    (unit.file.isTest && isExported(decl.name.name)) ||
    !decl.body ||
    isCalledFromElsewhere(unit, decl.name.name) ||
    !isFree(unit, decl.body, CONTEXT)
  );
}

/** True for a function that C code or another package calls by a directive. */
function isCalledFromElsewhere({ file }: DeclUnit, name: string): boolean {
  return [...file.text.matchAll(/^\/\/(?:export|go:linkname) (\w+)/gm)].some(([, exported]) => exported === name);
}

function callsOf(analysis: Analysis, unit: DeclUnit, decl: FuncDecl): Call[] | undefined {
  const { name } = decl.name;
  // An exported method may be what an interface of another package asks for.
  if (isExported(name) && (decl.recv || unit.pkg.name !== 'main')) return undefined;
  const isAskedFor = declarationsNaming(unit.pkg, name).some(
    ({ file, declaration }) => declaration.tok === 'type' && file.textOf(declaration).includes('interface'),
  );
  if (decl.recv && isAskedFor) return undefined;
  const calls: Call[] = [];
  for (const { unit: at, call } of mentionsOf(analysis, unit, decl)) {
    if (!call || call.spread || analysis.callee(at, call).visible?.decl !== decl) return undefined;
    // The value of a call that is itself an argument list cannot have another one before it.
    if (call.args.length === 1 && flattenFields(decl.type.params).length > 1) return undefined;
    calls.push({ unit: at, call });
  }
  return calls;
}

/**
 * The parameter, and an argument for each call.
 * @param context local name of the package
 * @param argument what a call passes; undefined when it has nothing to pass
 * @returns undefined when a call has nothing to pass
 */
export function addContext(
  unit: DeclUnit,
  { type }: FuncDecl,
  context: string,
  calls: readonly Call[],
  argument: (call: Call) => string | undefined,
): FileEdit[] | undefined {
  const text = `${CONTEXT} ${context}.Context`;
  const [first] = type.params;
  const parameter = first
    ? insertionIn(unit.file, unit.base + first.start, `${text}, `)
    : insertionIn(unit.file, unit.base + type.paramsEnd - 1, text);
  return combine(
    [parameter],
    ...calls.map((at) => {
      const given = argument(at);
      return given === undefined ? undefined : addFirstArgument(at.unit, at.call, given);
    }),
  );
}
