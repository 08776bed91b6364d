/** Goroutines of values that one function takes out of their map without ending them, as whoever else takes them out does. */
import { gateOf } from '../../concurrency/spawns/spawn-sites.ts';
import type { WayOut } from '../../concurrency/spawns/ways-out.ts';
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { Acquires } from '../../golang/api/facts.ts';
import { droppedEntry, type EndingField } from '../../golang/dropped-entries.ts';
import { type Launch, launches } from '../../golang/launches.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { onlyValue, givenValue } from '../../golang/only-value.ts';
import { type OwnMention, fieldMentionsOf } from '../../golang/own-mentions.ts';
import { enclosingStmt } from '../../golang/parents.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { isRootContext } from '../../golang/root-contexts.ts';
import type { NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, unparen } from '../../golang/walk.ts';
import type { AssignStmt, Expr, LocalObject } from '../../syntax/ast.ts';
import { releaseOf } from '../carried-release.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { goHeader } from '../endless-report.ts';
import { lineOf } from '../leak-sites.ts';

/** Reports goroutines that only a field of an entry can end, where one function takes entries out of their map and does not use it. */
export function reportDroppedEntries(context: RuleContext): void {
  const { analysis, unit } = context;
  if (!/\bgo\b/.test(unit.text(unit.decl))) return;
  for (const launch of launches(analysis, unit)) {
    const ends: Ending[] = [];
    const gate = gateOf(analysis, launch, (way) => {
      const end = endingOf(analysis, launch, way);
      if (end) ends.push(end);
      return end !== undefined;
    });
    const [end] = ends.filter((e) => gate?.ways.includes(e.way));
    if (!gate || !end || ends.some((e) => gate.ways.includes(e.way) && e.via !== end.via)) continue;
    if (runsOncePerProcess(analysis, unit, launch.call)) continue;
    report(context, launch, end, gate);
  }
}

function report(context: RuleContext, launch: Launch, end: Ending, gate: NonNullable<ReturnType<typeof gateOf>>): void {
  const { analysis, unit } = context;
  const { owner, via, kind } = end;
  const acquires: Acquires =
    kind === 'channel'
      ? { kind: 'cancel', result: 0, release: [], releasedBy: ['close'], via, carried: true }
      : { kind: 'cancel', result: 0, release: ['()'], via, carried: true };
  const { release: methods, releasedBy: functions } = acquires;
  const field: EndingField = { owner, spec: { methods, functions, via, carried: true } };
  const found = droppedEntry(analysis, unit, field);
  if (!found) return;
  const { removal, value, released } = found;
  const at = { unit: removal.unit, node: removal.call };
  const call =
    releaseOf(context, owner, acquires, kind === 'channel' ? 'close' : '()') ??
    ((name: string) => `close(${name}.${via})`);
  const stmt = enclosingStmt(analysis.parents(removal.unit), removal.call);
  const args = {
    method: removal.decl.name.name,
    map: removal.unit.text(removal.call.args[0] as Expr),
    line: lineOf(context, at),
    call: call(value?.name ?? owner.name.charAt(0).toLowerCase()),
  };
  context.report({
    node: goHeader(launch),
    message: kind === 'parent' ? 'dropped-parent' : 'dropped',
    args,
    steps: [
      { unit: gate.unit, node: { start: gate.node.start, end: gate.node.start + 1 }, message: 'step-wait' },
      { ...at, message: 'step-dropped' },
      { unit: released.unit, node: released.node, message: 'step-taken-out' },
    ],
    fixes: [
      {
        id: 'end-dropped',
        title: 'fix-end-dropped',
        args,
        preferred: true,
        edits: value && stmt ? insertBeforeStatement(removal.unit, stmt, call(value.name)) : undefined,
      } satisfies FixSpec,
    ],
  });
}

interface Ending {
  way: WayOut;
  owner: NamedType;
  /** The field with the channel or the cancel function. */
  via: string;
  /** `parent`: the context ends with its parent, too. */
  kind: 'channel' | 'cancel' | 'parent';
}

/** The field that lets a goroutine go on, where nothing but it does. */
function endingOf(analysis: Analysis, launch: Launch, way: WayOut): Ending | undefined {
  const { channel } = way;
  if (way.kind === 'done') return cancelOf(analysis, launch, way);
  if ((way.kind !== 'received' && way.kind !== 'closed') || channel?.kind !== 'field') return undefined;
  const { owner, name } = channel;
  const mentions = fieldMentionsOf(analysis, launch.unit, owner, name);
  const isOwn = mentions?.every((m) => {
    const given = givenAt(analysis, m);
    return given === undefined || m.unit.file.isTest || isNewChannel(given);
  });
  return isOwn ? { way, owner, via: name, kind: 'channel' } : undefined;
}

function givenAt(analysis: Analysis, { unit, node, initial }: OwnMention): Expr | AssignStmt | undefined {
  if (initial !== undefined) return initial === 'zero' ? undefined : initial;
  const stmt = analysis.parents(unit).get(node);
  if (stmt?.kind !== 'AssignStmt' || !stmt.lhs.some((l) => l === node)) return undefined;
  return givenValue(stmt, node) ?? stmt;
}

/** True for a channel that nobody else has got. */
function isNewChannel(given: Expr | AssignStmt): boolean {
  if (given.kind === 'AssignStmt') return false;
  const x = unparen(given);
  if (x.kind === 'Ident' && x.obj) {
    const made = x.obj.uses.length === 1 ? onlyValue(x.obj) : undefined;
    return made !== undefined && isNewChannel(made);
  }
  const call = asCall(x);
  return call?.fun.kind === 'Ident' && call.fun.name === 'make';
}

/** The field with the function that cancels a context which nothing else cancels but its parent. */
function cancelOf(analysis: Analysis, launch: Launch, way: WayOut): Ending | undefined {
  const made = madeBy(analysis, launch, way);
  const call = made && made.stmt.rhs[0] && asCall(made.stmt.rhs[0]);
  if (!made || !call || made.stmt.lhs.length !== 2) return undefined;
  const { unit, stmt } = made;
  if (!/^context\.WithCancel(?:Cause)?$/.test(analysis.callee(unit, call).name)) return undefined;
  const field = keptIn(analysis, unit, stmt.lhs[1] as Expr);
  const mentions = field && fieldMentionsOf(analysis, unit, field.owner, field.via);
  const givers = mentions?.filter((m) => !m.unit.file.isTest && givenAt(analysis, m) !== undefined);
  const [parent] = call.args;
  if (!field || givers?.length !== 1 || !parent) return undefined;
  return { way, ...field, kind: isRootContext(analysis, unit, parent, stmt) ? 'cancel' : 'parent' };
}

/** The statement that makes the context. */
function madeBy(analysis: Analysis, launch: Launch, way: WayOut): { unit: DeclUnit; stmt: AssignStmt } | undefined {
  let at = way.context;
  let x = at && unparen(at.expr);
  while (at && x?.kind === 'Ident' && x.obj) {
    const bound = at.bindings.get(x.obj);
    if (!bound) return derivation(at.unit, x.obj);
    at = bound;
    x = unparen(at.expr);
  }
  const s = at && x?.kind === 'SelectorExpr' ? analysis.types.members.selector(at.unit, x) : undefined;
  const mentions = s?.kind === 'field' && s.owner ? fieldMentionsOf(analysis, launch.unit, s.owner, s.name) : undefined;
  const [only, ...others] = (mentions ?? []).flatMap((m) => {
    const given = m.unit.file.isTest ? undefined : givenAt(analysis, m);
    return given ? [{ unit: m.unit, given }] : [];
  });
  if (!only || others.length > 0) return undefined;
  const { unit, given } = only;
  if (given.kind === 'AssignStmt') return { unit, stmt: given };
  const value = unparen(given);
  return value.kind === 'Ident' && value.obj ? derivation(unit, value.obj) : undefined;
}

/** The statement that gives a variable the context it holds when it is used; a parameter may have held another one before. */
function derivation(unit: DeclUnit, object: LocalObject): { unit: DeclUnit; stmt: AssignStmt } | undefined {
  const { declNode, writes, role, addressTaken } = object;
  if (addressTaken) return undefined;
  if (writes.length === 0) return declNode.kind === 'AssignStmt' ? { unit, stmt: declNode } : undefined;
  const stmt = nodesOfKind(unit.decl, 'AssignStmt').find((s) => s.lhs.some((l) => l === writes[0]));
  return role === 'param' && writes.length === 1 && stmt ? { unit, stmt } : undefined;
}

/** The field that is given the cancel function, where nobody else gets it. */
function keptIn(analysis: Analysis, unit: DeclUnit, target: Expr): { owner: NamedType; via: string } | undefined {
  const parents = analysis.parents(unit);
  const x = unparen(target);
  let field: Expr | undefined = x;
  if (x.kind === 'Ident') {
    const uses = x.obj?.uses.filter((use) => {
      const pair = parents.get(use);
      return !(pair?.kind === 'KeyValueExpr' && pair.key === use);
    });
    const [use, ...others] = uses ?? [];
    if (!use || others.length > 0 || x.obj?.writes.length !== 0) return undefined;
    const user = parents.get(use);
    if (user?.kind === 'KeyValueExpr' && user.key.kind === 'Ident') {
      const lit = parents.get(user);
      const type = lit?.kind === 'CompositeLit' && lit.type ? analysis.types.resolve(unit, lit.type) : undefined;
      return type?.kind === 'named' ? { owner: type, via: user.key.name } : undefined;
    }
    field = user?.kind === 'AssignStmt' ? user.lhs[user.rhs.findIndex((r) => r === use)] : undefined;
  }
  if (field?.kind !== 'SelectorExpr') return undefined;
  const s = analysis.types.members.selector(unit, field);
  return s?.kind === 'field' && s.owner ? { owner: s.owner, via: s.name } : undefined;
}
