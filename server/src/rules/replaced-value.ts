/** Resources that are replaced where it is known that they may be there: in a field, a package variable, or an element of a map. */
import { insertBeforeStatement } from '../fixes/insert-statement.ts';
import { freshName } from '../fixes/names.ts';
import { runsOncePerProcess } from '../golang/process-lifetime.ts';
import { replacedValue } from '../golang/replaced-values.ts';
import type { Acquisition } from '../golang/resources.ts';
import type { FixSpec, RuleContext } from './context.ts';
import { releaseOf } from './carried-release.ts';
import { pathSteps } from './witness.ts';

/**
 * Reports an acquisition by which a function replaces an older one that it does not release. A rule that calls this spreads
 * `PATH_MESSAGES` and `REPLACED_MESSAGES` and has a message `replaced` ({name}, {method}).
 */
export function reportReplacedValue(context: RuleContext, a: Acquisition, level?: 'hint'): boolean {
  const { analysis, unit } = context;
  const { decl } = unit;
  const found = replacedValue(analysis, a);
  if (!found || decl.kind !== 'FuncDecl' || runsOncePerProcess(analysis, unit, a.call)) return false;
  const { stmt, target, acquires, path, released, isOnlyLookedAt, by } = found;
  const from = by ?? { unit, func: decl };
  const name = unit.text(target);
  const [method = ''] = acquires.release;
  const type = analysis.typeOf(unit, target);
  const release =
    acquires.via !== undefined
      ? releaseOf(context, type, acquires, method)
      : (value: string) => (method === '()' ? `${value}()` : `${value}.${method}()`);
  const old = freshName(unit, stmt, 'old');
  const isNilable = /^(?:pointer|func|interface)$/.test(analysis.types.underlying(type).kind);
  context.report({
    node: a.destination.kind === 'variable' ? a.destination.ident : target,
    message: 'replaced',
    level,
    args: { name, method: from.func.name.name },
    steps: [
      ...pathSteps(from.unit, from.func, path)
        .slice(0, -1)
        .map((step) => ({ ...step, unit: from.unit })),
      { node: a.call, message: 'step-next' },
      { unit: released.unit, node: released.node, message: 'step-taken-out' },
    ],
    fixes: [
      {
        id: 'close-old',
        title: 'fix-close-old',
        args: { call: release?.(name) ?? '' },
        preferred: true,
        edits:
          release && isOnlyLookedAt && isNilable
            ? insertBeforeStatement(unit, stmt, `if ${old} := ${name}; ${old} != nil {\n\t${release(old)}\n}`)
            : undefined,
      } satisfies FixSpec,
    ],
  });
  return true;
}
