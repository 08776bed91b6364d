/** What a timer goes on holding after it has been taken out of the map that it was kept in. */
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { givenArguments } from '../../golang/given-arguments.ts';
import { isExported } from '../../golang/exported.ts';
import { mapEntries } from '../../golang/map-entries.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, unparen, walk } from '../../golang/walk.ts';
import type { CallExpr, Expr, ExprStmt, FuncNode, Ident, LocalObject, Node } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';

export interface HeldEntry {
  /** Where the function of the timer names it. */
  use: Ident;
  map: string;
  stored: { unit: DeclUnit; node: Node };
  removal: { unit: DeclUnit; call: CallExpr };
}

/** The value that the function puts into a map, from which other code than the timer's may take it before the timer fires. */
export function heldEntry(
  { analysis, unit }: RuleContext,
  func: FuncNode,
  stmt: ExprStmt,
  run: Expr,
): HeldEntry | undefined {
  const held = new Map<LocalObject, Ident>();
  walk(run, (n) => {
    const object = n.kind === 'Ident' ? n.obj : undefined;
    if (n.kind !== 'Ident' || !object || object.func !== func || held.has(object)) return;
    if (object.role === 'local' || object.role === 'param') held.set(object, n);
  });
  for (const [object, use] of held) {
    if (analysis.types.underlying(analysis.objectType(unit, object)).kind !== 'pointer') continue;
    for (const { unit: at, object: value } of variablesOf(analysis, unit, object))
      for (const { map, stored, removals } of mapEntries(analysis, at, value)) {
        const isOther = (r: DeclUnit): boolean => r !== unit && r !== at;
        const removal = removals.find((r) => isOther(r.unit) && runsWithout(analysis, { unit, stmt }, r.unit, 0));
        if (removal) return { use, map, stored: { unit: at, node: stored }, removal };
      }
  }
  return undefined;
}

/** The variable itself, or those of the callers whose values a parameter gets. */
function variablesOf(
  analysis: Analysis,
  unit: DeclUnit,
  object: LocalObject,
): { unit: DeclUnit; object: LocalObject }[] {
  if (object.role === 'local') return [{ unit, object }];
  return givenArguments(analysis, unit, object).flatMap(({ unit: at, expr }) => {
    const x = unparen(expr);
    return x.kind === 'Ident' && x.obj?.role === 'local' ? [{ unit: at, object: x.obj }] : [];
  });
}

/** Callers of callers that are looked at. */
const MAX_DEPTH = 3;

/** True for a function that runs otherwise than by the timer: others may call it, or something does that so runs. */
function runsWithout(analysis: Analysis, timer: { unit: DeclUnit; stmt: Node }, at: DeclUnit, depth: number): boolean {
  const { decl } = at;
  if (decl.kind !== 'FuncDecl' || depth > MAX_DEPTH) return false;
  if (isExported(decl.name.name)) return true;
  return mentionsOf(analysis, at, decl).some(({ unit, call }) => {
    if (!call || unit.file.isTest || (unit === timer.unit && contains(timer.stmt, call))) return false;
    return unit !== at && runsWithout(analysis, timer, unit, depth + 1);
  });
}
