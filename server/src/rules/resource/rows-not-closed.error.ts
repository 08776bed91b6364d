/** Rows whose end is taken for their last one: nobody asks whether the query failed on the way there. */
import { replaceNode } from '../../fixes/replace-expr.ts';
import { returnsError } from '../../golang/expected-failure.ts';
import { ancestor, enclosingFunc, isFunc } from '../../golang/parents.ts';
import type { Acquisition } from '../../golang/resources.ts';
import { isErrorType } from '../../golang/types.ts';
import type { CallExpr, ForStmt, Ident, LocalObject, Node, ReturnStmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';

/** Methods of rows that say nothing of errors. What is not here may, or hands the rows on. */
const SILENT = new Set([
  'Close',
  'ColumnTypes',
  'Columns',
  'CommandTag',
  'FieldDescriptions',
  'MapScan',
  'Next',
  'NextResultSet',
  'RawValues',
  'Scan',
  'SliceScan',
  'StructScan',
  'Values',
]);

/** Reports the first `Next` of rows that are used in one function only and not asked there how they ended. */
export function checkRowsError(context: RuleContext, a: Acquisition): void {
  if (a.acquires.kind !== 'rows' || a.destination.kind !== 'variable' || !hasErr(context, a)) return;
  const { object } = a.destination;
  const calls = silentCalls(context, object);
  const next = calls?.find((c) => c.method === 'Next' && c.call.start > a.call.end && isJudged(context, c.call))?.call;
  if (!next || object.addressTaken) return;
  const { unit } = context;
  const name = object.name;
  context.report({
    node: next,
    message: isInLoop(context, next) ? 'error-unread' : 'error-unread-once',
    level: unit.file.isTest ? 'hint' : 'information',
    args: { name },
    steps: [{ node: a.call, message: 'step-rows', args: { call: unit.text(a.call.fun), name } }],
    fixes: returnError(context, next, name),
  });
}

/**
 * False where the result is dropped, and where a failure is told of in both cases: `if !rows.Next() { return errNone }`, or a test that
 * misses its row.
 */
function isJudged({ analysis, unit }: RuleContext, next: CallExpr): boolean {
  const parents = analysis.parents(unit);
  const parent = parents.get(next);
  if (parent?.kind === 'ExprStmt' || (unit.file.isTest && !isInLoop({ analysis, unit }, next))) return false;
  const test = parent?.kind === 'UnaryExpr' ? parents.get(parent) : undefined;
  return test?.kind !== 'IfStmt' || !returnsError(analysis, unit, test.body.stmts.at(-1));
}

/** True for the condition of a loop, or a part of it. */
function isInLoop({ analysis, unit }: Pick<RuleContext, 'analysis' | 'unit'>, next: CallExpr): boolean {
  const around = ancestor(
    analysis.parents(unit),
    next,
    (n) => n.kind === 'ForStmt' || n.kind === 'IfStmt' || isFunc(n),
  );
  return around?.kind === 'ForStmt';
}

/** Not all that gives rows has `Err`: the readers of pgconn return the error from `Close`. */
function hasErr({ analysis, unit }: RuleContext, a: Acquisition): boolean {
  const rows = analysis.types.valuesOf(unit, a.call)[a.acquires.result];
  const found = rows && analysis.types.members.find(rows, 'Err');
  return found?.type.kind === 'func' && found.type.params.length === 0;
}

/** The calls of methods on a variable; undefined when anything else is done with it, or a method that may tell of errors is called. */
function silentCalls(
  { analysis, unit }: RuleContext,
  object: LocalObject,
): { method: string; call: CallExpr }[] | undefined {
  const parents = analysis.parents(unit);
  const calls: { method: string; call: CallExpr }[] = [];
  for (const use of object.uses) {
    if (isAssigned(parents, use)) continue;
    const selector = parents.get(use);
    const call = selector && parents.get(selector);
    if (selector?.kind !== 'SelectorExpr' || call?.kind !== 'CallExpr' || call.fun !== selector) return undefined;
    if (!SILENT.has(selector.sel.name)) return undefined;
    calls.push({ method: selector.sel.name, call });
  }
  return calls;
}

function isAssigned(parents: ReadonlyMap<Node, Node>, use: Ident): boolean {
  const parent = parents.get(use);
  return (
    (parent?.kind === 'AssignStmt' && parent.lhs.includes(use)) ||
    (parent?.kind === 'ValueSpec' && parent.names.includes(use))
  );
}

/** `return all, nil` behind the loop becomes `return all, rows.Err()`. */
function returnError(context: RuleContext, next: CallExpr, name: string): FixSpec[] {
  const { unit } = context;
  const last = returnBehind(context, next)?.results.at(-1);
  if (last?.kind !== 'Ident' || last.name !== 'nil') return [];
  return [
    {
      id: 'return-rows-error',
      title: 'fix-return-error',
      args: { name },
      preferred: true,
      edits: replaceNode(unit, last, `${name}.Err()`),
    },
  ];
}

/** The `return` that follows on the loop over the rows, with nothing but the closing of the rows between, when it returns an error. */
function returnBehind({ analysis, unit }: RuleContext, next: CallExpr): ReturnStmt | undefined {
  const parents = analysis.parents(unit);
  const loop = ancestor(parents, next, (n): n is ForStmt => n.kind === 'ForStmt');
  const block = loop?.cond === next ? parents.get(loop) : undefined;
  const func = enclosingFunc(parents, next);
  if (!loop || block?.kind !== 'BlockStmt' || !func) return undefined;
  const [first, second] = block.stmts.slice(block.stmts.indexOf(loop) + 1);
  const isClose = first?.kind === 'ExprStmt' && /\.Close\(\)$/.test(unit.text(first));
  const behind = isClose ? second : first;
  const result = analysis.types.signature(unit, func.type).results.at(-1);
  return behind?.kind === 'ReturnStmt' && result && isErrorType(result) ? behind : undefined;
}
