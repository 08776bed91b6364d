/** Contexts that a value makes for a goroutine of its own, and that only methods of the value end. */
import type { Bound } from '../../concurrency/spawns/bindings.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { type OwnMention, fieldMentionsOf } from '../../golang/own-mentions.ts';
import { type Acquisition, acquisitions } from '../../golang/resources.ts';
import { isRootContext } from '../../golang/root-contexts.ts';
import { deref, type NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { firstTarget, isNil, unparen } from '../../golang/walk.ts';
import type { Expr, LocalObject } from '../../syntax/ast.ts';

const CANCELS = new Set(['cancel']);

/** Parameters that are followed to the calls they come from. */
const MAX_CALLS = 8;

interface Field {
  owner: NamedType;
  name: string;
}

/**
 * True for a context without a parent or a deadline whose cancel function is kept in one field, where nothing but the given methods of a
 * type and its parts call it.
 */
export function isCancelledOnlyBy(
  analysis: Analysis,
  context: Bound,
  parts: readonly NamedType[],
  methods: readonly string[],
): boolean {
  const a = derivedWhere(analysis, context, 0);
  const [parent] = a?.call.args ?? [];
  if (!a || !parent || !/^context\.WithCancel(?:Cause)?$/.test(a.callee)) return false;
  if (!isRootContext(analysis, a.unit, parent, a.stmt)) return false;
  const field = keptIn(analysis, a);
  if (!field || !isAmong(field.owner, parts)) return false;
  const mentions = fieldMentionsOf(analysis, a.unit, field.owner, field.name);
  if (!mentions) return false;
  const read = mentions.filter((m) => !isGiven(analysis, m) && !isTested(analysis, m));
  return (
    mentions.filter((m) => isGiven(analysis, m)).length === 1 &&
    read.length > 0 &&
    read.every((m) => {
      const call = analysis.parents(m.unit).get(m.node);
      const { declaration, pkg } = m.unit;
      const isMethod = parts.some((p) => p.pkg === pkg.path && p.name === declaration.recv);
      return (
        call?.kind === 'CallExpr' &&
        call.fun === m.node &&
        isMethod &&
        declaration.names.some((n) => methods.includes(n))
      );
    })
  );
}

/** The call that makes the context which an expression stands for. */
function derivedWhere(analysis: Analysis, { unit, expr, bindings }: Bound, calls: number): Acquisition | undefined {
  const x = unparen(expr);
  if (x.kind === 'SelectorExpr') return derivedInField(analysis, unit, x);
  if (x.kind !== 'Ident' || !x.obj || calls > MAX_CALLS) return undefined;
  const bound = bindings.get(x.obj);
  return bound ? derivedWhere(analysis, bound, calls + 1) : derivedInto(analysis, unit, x.obj);
}

function derivedInto(analysis: Analysis, unit: DeclUnit, object: LocalObject): Acquisition | undefined {
  if (object.role !== 'local' || object.writes.length > 0 || object.addressTaken) return undefined;
  return acquisitions(analysis, unit, CANCELS).find(
    ({ stmt }) => stmt === object.declNode && firstTarget(stmt) === object.decl,
  );
}

/** The same of a field that is given one context only. */
function derivedInField(analysis: Analysis, unit: DeclUnit, x: Expr): Acquisition | undefined {
  const s = x.kind === 'SelectorExpr' ? analysis.types.members.selector(unit, x) : undefined;
  const mentions = s?.kind === 'field' && s.owner ? fieldMentionsOf(analysis, unit, s.owner, s.name) : undefined;
  const [given, ...others] = mentions?.filter((m) => isGiven(analysis, m)) ?? [];
  if (!given || others.length > 0) return undefined;
  if (given.initial === undefined) {
    const stmt = analysis.parents(given.unit).get(given.node);
    const at = acquisitions(analysis, given.unit, CANCELS).find((a) => a.stmt === stmt);
    if (at) return firstTarget(stmt) === given.node ? at : undefined;
  }
  const value = given.initial ?? assigned(analysis, given);
  const from = value !== undefined && value !== 'zero' ? unparen(value) : undefined;
  return from?.kind === 'Ident' && from.obj ? derivedInto(analysis, given.unit, from.obj) : undefined;
}

/** The field that has the cancel function, and besides which nothing has it. */
function keptIn(analysis: Analysis, { unit, destination }: Acquisition): Field | undefined {
  const parents = analysis.parents(unit);
  const at = (target: Expr | undefined): Field | undefined => {
    const x = target && unparen(target);
    const s = x?.kind === 'SelectorExpr' ? analysis.types.members.selector(unit, x) : undefined;
    return s?.kind === 'field' && s.owner ? { owner: s.owner, name: s.name } : undefined;
  };
  if (destination.kind === 'elsewhere') return at(destination.target);
  if (destination.kind !== 'variable') return undefined;
  const { object } = destination;
  const [use, ...others] = object.uses.filter((u) => {
    const pair = parents.get(u);
    return !(pair?.kind === 'KeyValueExpr' && pair.key === u);
  });
  if (!use || others.length > 0 || object.addressTaken) return undefined;
  const parent = parents.get(use);
  if (parent?.kind === 'AssignStmt' && parent.lhs.length === parent.rhs.length)
    return at(parent.lhs[parent.rhs.indexOf(use)]);
  const literal = parent?.kind === 'KeyValueExpr' ? parents.get(parent) : undefined;
  if (parent?.kind !== 'KeyValueExpr' || literal?.kind !== 'CompositeLit' || parent.key.kind !== 'Ident')
    return undefined;
  const owner = deref(analysis.typeOf(unit, literal));
  return owner.kind === 'named' ? { owner, name: parent.key.name } : undefined;
}

function isGiven(analysis: Analysis, { unit, node, initial }: OwnMention): boolean {
  if (initial !== undefined) return initial !== 'zero';
  const stmt = analysis.parents(unit).get(node);
  return stmt?.kind === 'AssignStmt' && stmt.lhs.some((l) => l === node);
}

function assigned(analysis: Analysis, { unit, node }: OwnMention): Expr | undefined {
  const stmt = analysis.parents(unit).get(node);
  if (stmt?.kind !== 'AssignStmt' || stmt.lhs.length !== stmt.rhs.length) return undefined;
  return stmt.rhs[stmt.lhs.findIndex((l) => l === node)];
}

function isTested(analysis: Analysis, { unit, node }: OwnMention): boolean {
  const test = analysis.parents(unit).get(node);
  return test?.kind === 'BinaryExpr' && (isNil(test.x) || isNil(test.y));
}

function isAmong(type: NamedType, parts: readonly NamedType[]): boolean {
  return parts.some((p) => p.pkg === type.pkg && p.name === type.name);
}
