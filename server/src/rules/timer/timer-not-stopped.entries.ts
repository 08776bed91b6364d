/** Timers of the values in a map: one way to take a value out of it stops the timer, and another leaves it running. */
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { givenValue } from '../../golang/only-value.ts';
import { fieldMentionsOf, type OwnMention, ownMentions } from '../../golang/own-mentions.ts';
import type { Acquisition } from '../../golang/resources.ts';
import { deref, type NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, FuncDecl, LocalObject, Node } from '../../syntax/ast.ts';

export interface RunningEntry {
  field: string;
  map: string;
  /** Where a value is taken out, and its timer goes on. */
  removal: { unit: DeclUnit; call: CallExpr };
  /** Where another one is taken out, and its timer is stopped. */
  stop: { unit: DeclUnit; node: Node };
}

/** What becomes of a timer that is kept in a field, where values with that field are taken out of a map in several functions. */
export function runningEntry(analysis: Analysis, a: Acquisition): RunningEntry | undefined {
  const field = fieldOf(analysis, a);
  const mentions = field && fieldMentionsOf(analysis, a.unit, field.owner, field.name);
  if (!field || !mentions) return undefined;
  for (const stop of mentions.filter((m) => isStopped(analysis, m)))
    for (const removal of removalsIn(analysis, stop.unit, field.owner)) {
      const map = removal.call.args[0];
      const all = map && ownMentions(analysis, stop.unit, map);
      const left = all && leftRunning(analysis, a, all, field.owner, mentions);
      if (map && left) return { field: field.name, map: stop.unit.text(map), removal: left, stop };
    }
  return undefined;
}

interface TimerField {
  owner: NamedType;
  name: string;
}

/** `l.late = time.AfterFunc(…)`, or the same in a composite literal. */
function fieldOf(analysis: Analysis, { unit, call, destination }: Acquisition): TimerField | undefined {
  const target = destination.kind === 'elsewhere' && destination.target ? unparen(destination.target) : undefined;
  if (target?.kind === 'SelectorExpr') {
    const s = analysis.types.members.selector(unit, target);
    return s?.kind === 'field' && s.owner ? { owner: s.owner, name: s.name } : undefined;
  }
  const parents = analysis.parents(unit);
  const entry = parents.get(call);
  const lit = entry?.kind === 'KeyValueExpr' && entry.key.kind === 'Ident' ? parents.get(entry) : undefined;
  const type = lit?.kind === 'CompositeLit' ? deref(analysis.typeOf(unit, lit)) : undefined;
  return type?.kind === 'named' && entry?.kind === 'KeyValueExpr' && entry.key.kind === 'Ident'
    ? { owner: type, name: entry.key.name }
    : undefined;
}

function isStopped(analysis: Analysis, { unit, node }: OwnMention): boolean {
  const method = analysis.parents(unit).get(node);
  return method?.kind === 'SelectorExpr' && method.sel.name === 'Stop' && !unit.file.isTest;
}

/** The calls by which a function takes values of a type out of maps. */
function removalsIn(analysis: Analysis, unit: DeclUnit, owner: NamedType): { unit: DeclUnit; call: CallExpr }[] {
  return nodesOfKind(unit.decl, 'CallExpr').flatMap((call) => {
    const map = call.args[0];
    if (!map || analysis.callee(unit, call).name !== 'delete') return [];
    const type = analysis.types.underlying(analysis.typeOf(unit, map));
    const elem = type.kind === 'map' ? deref(type.elem) : undefined;
    return elem?.kind === 'named' && elem.pkg === owner.pkg && elem.name === owner.name ? [{ unit, call }] : [];
  });
}

/**
 * The call that takes a value out of the map in a function which has looked the value up, only reads from it, and does not know the timer; nor
 * does anybody who calls that function.
 */
function leftRunning(
  analysis: Analysis,
  a: Acquisition,
  map: readonly OwnMention[],
  owner: NamedType,
  timer: readonly OwnMention[],
): RunningEntry['removal'] | undefined {
  const knowsTimer = (unit: DeclUnit): boolean => unit === a.unit || timer.some((m) => m.unit === unit);
  for (const { unit } of map) {
    const { decl } = unit;
    if (unit.hasError || unit.file.isTest || decl.kind !== 'FuncDecl' || knowsTimer(unit)) continue;
    for (const removal of removalsIn(analysis, unit, owner)) {
      const value = lookedUp(unit, removal.call, map);
      if (!value || !value.uses.every((use) => isRead(analysis, unit, use))) continue;
      const callers = mentionsOf(analysis, unit, decl as FuncDecl);
      if (callers.some((c) => !c.call || knowsTimer(c.unit))) continue;
      return removal;
    }
  }
  return undefined;
}

/** The variable that has got the value with `v, ok := m[k]` or `v := m[k]` before it is deleted under the same key. */
function lookedUp(unit: DeclUnit, { args, start }: CallExpr, map: readonly OwnMention[]): LocalObject | undefined {
  const [from, key] = args;
  if (!from || !key || !map.some((m) => m.unit === unit && contains(from, m.node))) return undefined;
  for (const stmt of nodesOfKind(unit.decl, 'AssignStmt')) {
    const [first] = stmt.lhs;
    const given = stmt.rhs.length === 1 && stmt.rhs[0] ? unparen(stmt.rhs[0]) : undefined;
    if (stmt.op !== ':=' || stmt.start > start || first?.kind !== 'Ident' || given?.kind !== 'IndexExpr') continue;
    const isSame =
      unit.text(given.x) === unit.text(from) && given.indices[0] && isSameText(unit, given.indices[0], key);
    if (isSame && first.obj && first.obj.writes.length === 0) return first.obj;
  }
  return undefined;
}

function isSameText(unit: DeclUnit, a: Expr, b: Expr): boolean {
  return unit.text(a) === unit.text(b);
}

/** True for `v.field` that is read and not called, and for a comparison: nobody gets the value itself. */
function isRead(analysis: Analysis, unit: DeclUnit, use: Node): boolean {
  const parents = analysis.parents(unit);
  const parent = parents.get(use);
  if (parent?.kind === 'BinaryExpr') return true;
  if (parent?.kind !== 'SelectorExpr') return false;
  const user = parents.get(parent);
  if (user?.kind === 'CallExpr' && user.fun === parent) return false;
  return !(user?.kind === 'AssignStmt' && givenValue(user, parent) !== undefined);
}
