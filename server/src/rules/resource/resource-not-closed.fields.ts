/** Resources in fields which the method that ends the value leaves open. */
import { runsInCommand, runsOncePerProcess } from '../../golang/process-lifetime.ts';
import type { Acquisition } from '../../golang/resources.ts';
import { unreleasedField } from '../../golang/unreleased-fields.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { SelectorExpr } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';

/** Methods that give away the descriptor, or what else the resource goes on living in. */
const GIVES_AWAY = /^(?:Fd|File|SyscallConn|NetConn|UnderlyingConn)$/;

/** Reports an acquisition that goes into a field, where nothing closes what the field holds although its value is ended. */
export function reportLeftOpen(context: RuleContext, a: Acquisition): void {
  const { analysis, unit } = context;
  const { release } = a.acquires;
  const isUse = (at: DeclUnit, member: SelectorExpr): boolean => {
    const call = analysis.parents(at).get(member);
    if (call?.kind !== 'CallExpr' || call.fun !== member) return false;
    const callee = analysis.callee(at, call);
    const { name } = member.sel;
    return !release.includes(name) && !GIVES_AWAY.test(name) && callee.kind === 'method' && !callee.visible;
  };
  const field = unreleasedField(analysis, a, isUse);
  if (!field || runsOncePerProcess(analysis, unit, a.call)) return;
  const { owner, name, end } = field;
  context.report({
    node: a.call,
    message: 'left-open',
    level: runsInCommand(analysis, unit, a.call) ? 'hint' : undefined,
    args: {
      call: unit.text(a.call.fun).replace(/\s+/g, ' '),
      field: `${owner.name}.${name}`,
      method: `${owner.name}.${end.decl.name.name}`,
    },
    steps: [{ unit: end.unit, node: end.ends[0]?.stmt ?? end.decl.name, message: 'step-value-ends' }],
    fixes: [],
  });
}
