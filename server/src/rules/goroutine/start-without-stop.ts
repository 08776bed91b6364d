/** A worker is started and neither stopped nor handed on. */
import { combine } from '../../fixes/apply.ts';
import { insertAfterErrorCheck } from '../../fixes/error-check.ts';
import { insertAfterStatement } from '../../fixes/insert-statement.ts';
import type { FileEdit } from '../../fixes/file-edit.ts';
import { deleteStatement } from '../../fixes/move-statement.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingStmt, inLoop } from '../../golang/parents.ts';
import { find } from '../../golang/walk.ts';
import type { CallExpr, Node, Stmt } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { errorOf, unstoppedStart } from '../unstopped-starts.ts';
import { pathSteps } from '../witness.ts';
import { callsOfStarters, importedStarters } from './start-without-stop.starts.ts';
import { SEEN_ENDS } from './start-without-stop.types.ts';
import { text } from './start-without-stop.text.ts';

export const startWithoutStop = defineRule({
  meta: {
    id: 'start-without-stop',
    group: 'goroutine',
    level: 'warning',
    // What a test starts ends with its process.
    skipsTests: true,
    triggers: ['\\.Start\\(', '\\.Run\\((?<=\\bgo\\s+\\w+\\.Run\\()'],
    // A function that starts a goroutine and gives back what ends it.
    packageTriggers: ['\\bgo (?:func\\b|[\\w.]+\\()'],
    fixes: ['defer-stop'],
    daemon: true,
  },
  text,
  packageTest: callsOfStarters,
  importedTests: [{ where: `\\.(?:${SEEN_ENDS.join('|')})\\(\\)`, names: importedStarters }],
  check(context) {
    for (const call of nodesOfKind(context.unit.decl, 'CallExpr')) checkStart(context, call);
  },
});

function checkStart(context: RuleContext, call: CallExpr): void {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  const start = unstoppedStart(analysis, unit, call);
  if (!start) return;
  const { object, worker, site, stops, path } = start;
  const { func } = object;
  const end = path.node ?? { start: func.end - 1, end: func.end };
  const isOwn = parents.get(call)?.kind === 'GoStmt';
  const stop = `${object.name}.${worker.stop}()`;
  context.report({
    node: call,
    message: path.end === 'return' ? 'not-stopped' : 'again',
    args: { call: unit.text(call.fun), stop, line: context.line({ node: end }) },
    steps: [
      ...(isOwn ? [] : [{ unit: site.unit, node: site.node, message: 'step-goroutine' }]),
      ...pathSteps(unit, func, path),
    ],
    fixes: [
      {
        id: 'defer-stop',
        title: 'fix-defer',
        args: { stop },
        preferred: true,
        edits: path.end === 'return' && !inLoop(parents, call) ? deferStop(context, call, stop, stops) : undefined,
      },
    ],
  });
}

/** `defer w.Stop()`, in the place of those right before a return: where it is stopped on other ways, it would be stopped twice. */
function deferStop(
  { analysis, unit }: RuleContext,
  call: CallExpr,
  stop: string,
  stops: ReadonlySet<Node>,
): FileEdit[] | undefined {
  const plain = [...stops].map((node) => enclosingStmt(analysis.parents(unit), node));
  const isNeedless = (stmt: Stmt | undefined): stmt is Stmt => {
    const place = stmt?.kind === 'ExprStmt' && unit.text(stmt) === stop ? placeInList(unit, stmt) : undefined;
    const next = place?.list.stmts[place.index + 1];
    return next?.kind === 'ReturnStmt' && !next.results.some((r) => find(r, (n) => n.kind === 'CallExpr'));
  };
  if (!plain.every(isNeedless)) return undefined;
  const stmt = enclosingStmt(analysis.parents(unit), call);
  const deferred =
    stmt?.kind === 'AssignStmt'
      ? insertAfterErrorCheck(
          unit,
          stmt,
          `defer ${stop}`,
          (c) => analysis.callee(unit, c).fact?.neverReturns ?? false,
          errorOf(analysis, unit, stmt),
        )
      : stmt?.kind === 'ExprStmt' || stmt?.kind === 'GoStmt'
        ? insertAfterStatement(unit, stmt, `defer ${stop}`)
        : undefined;
  return deferred && combine(deferred, ...plain.map((s) => deleteStatement(unit, s)));
}
