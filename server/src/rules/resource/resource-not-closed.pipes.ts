/** The reader of a pipe is left before all was read, and the goroutine that writes into it waits for ever. */
import { insertAfterErrorCheck } from '../../fixes/error-check.ts';
import { insertAfterStatement, insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { type LeftPipe, leftPipe } from '../../golang/left-pipes.ts';
import type { GoPackage } from '../../golang/package.ts';
import { inLoop } from '../../golang/parents.ts';
import { runsInCommand, runsOncePerProcess } from '../../golang/process-lifetime.ts';
import type { Acquisition } from '../../golang/resources.ts';
import { find } from '../../golang/walk.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { pathSteps } from '../witness.ts';

const MAKES_PIPE = /\bio\.Pipe\(/;

/** Names of the functions of a package that make a pipe, whose callers may get its reader. */
export function pipeMakers(pkg: GoPackage): string[] {
  return pkg.files.flatMap((file) =>
    !file.isTest && MAKES_PIPE.test(file.text)
      ? file.outline.decls.flatMap((d) => (d.tok === 'func' && MAKES_PIPE.test(file.textOf(d)) ? d.names : []))
      : [],
  );
}

/** Reports a reader that is left while a goroutine writes. */
export function reportLeftPipe(context: RuleContext, a: Acquisition): void {
  const { analysis, unit } = context;
  const left = leftPipe(analysis, a);
  if (!left || a.destination.kind !== 'variable') return;
  const { writer, path, fails } = left;
  const { name } = a.destination.object;
  const end = path.node ?? { start: a.func.end - 1, end: a.func.end };
  // What is left a few times is gone with the process.
  const isBrief = runsOncePerProcess(analysis, unit, a.call) || runsInCommand(analysis, unit, a.call);
  const call = fails && unit.text(fails.fun).replace(/\s+/g, ' ');
  context.report({
    node: a.call,
    message: call === undefined ? 'pipe-left' : 'pipe-fails',
    args: { name, line: context.line({ node: end }), call: call ?? '' },
    level: isBrief ? 'hint' : undefined,
    steps: [{ unit: writer.unit, node: writer.write, message: 'step-pipe-write' }, ...pathSteps(unit, a.func, path)],
    fixes: repairs(context, a, left),
  });
}

function repairs(context: RuleContext, a: Acquisition, { path, isHandedOn }: LeftPipe): FixSpec[] {
  const { analysis, unit } = context;
  if (a.destination.kind !== 'variable' || a.stmt?.kind !== 'AssignStmt') return [];
  const { object } = a.destination;
  const release = `${object.name}.Close()`;
  const ret = path.node;
  if (!isHandedOn && !inLoop(analysis.parents(unit), a.call)) {
    const edits =
      a.acquires.error === undefined
        ? insertAfterStatement(unit, a.stmt, `defer ${release}`)
        : a.error &&
          insertAfterErrorCheck(
            unit,
            a.stmt,
            `defer ${release}`,
            (x) => analysis.callee(unit, x).fact?.neverReturns ?? false,
            a.error,
          );
    return edits
      ? [{ id: 'defer-close', title: 'fix-defer', args: { release }, preferred: true, safe: true, edits }]
      : [];
  }
  if (ret?.kind !== 'ReturnStmt' || find(ret, (n) => n.kind === 'Ident' && n.obj === object)) return [];
  const edits = insertBeforeStatement(unit, ret, release);
  const args = { release, line: context.line({ node: ret }) };
  return edits ? [{ id: 'close-before-return', title: 'fix-before-return', args, preferred: true, edits }] : [];
}
