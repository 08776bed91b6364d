/** Gives a plain number the unit it was probably meant in. */
import { combine } from '../../fixes/apply.ts';
import { importEdits } from '../../fixes/add-import.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import { isFunc, isStmt } from '../../golang/parents.ts';
import { unparen } from '../../golang/walk.ts';
import type { Expr, Node } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { type LimitConstant, limitConstant } from './zero-timeout.constants.ts';

const IDS = { Second: 'in-seconds', Millisecond: 'in-milliseconds' } as const;

/**
 * One fix for each unit, the likeliest first: where the number stands, or where a constant is declared that is there for nothing else. None is
 * preferred: only the author knows which one was meant.
 */
export function withUnits(context: RuleContext, expr: Expr, ...units: (keyof typeof IDS)[]): FixSpec[] {
  const { unit } = context;
  const constant = limitConstant(context.analysis, unit, expr);
  if (constant) return units.map((name) => atDeclaration(constant, name));
  const time = importEdits(unit.file, 'time', { unit, node: expr });
  const x = unparen(expr);
  const number = x === expr && x.kind === 'BinaryExpr' && x.op !== '*' ? `(${unit.text(expr)})` : unit.text(expr);
  return units.map((name) => {
    const measure = `${time?.name ?? 'time'}.${name}`;
    const times = isInLongList(context, expr) ? '*' : ' * ';
    const whole = number === '1' ? measure : `${number}${times}${measure}`;
    return {
      id: IDS[name],
      title: 'fix-unit',
      args: { value: whole },
      edits: time && combine(time.edits, replaceNode(unit, expr, whole)),
    };
  });
}

function atDeclaration({ unit, name, value }: LimitConstant, measure: keyof typeof IDS): FixSpec {
  const time = importEdits(unit.file, 'time', { unit, node: value });
  const whole = `${unit.text(value)} * ${time?.name ?? 'time'}.${measure}`;
  return {
    id: IDS[measure],
    title: 'fix-unit',
    args: { value: `${name} = ${whole}` },
    edits: time && combine(time.edits, replaceNode(unit, value, whole)),
  };
}

/** True where gofmt writes a product without spaces: among several arguments, its own or those of a call around it. */
function isInLongList({ analysis, unit }: RuleContext, expr: Expr): boolean {
  const parents = analysis.parents(unit);
  for (let n: Node | undefined = parents.get(expr); n && !isStmt(n) && !isFunc(n); n = parents.get(n)) {
    if (n.kind === 'CallExpr' && n.args.length > 1) return true;
    if (n.kind === 'CompositeLit' || n.kind === 'KeyValueExpr') return false;
  }
  return false;
}
