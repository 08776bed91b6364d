/** Uses of a channel in a field that some values never get, where the package asks elsewhere whether it is nil. */
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { deref, type NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { type Making, mayBeMade, type UnmadeField, unmadeField, type UnmadeWay } from '../../golang/unmade-fields.ts';
import { UnmadeReach } from '../../golang/unmade-reach.ts';
import { inLoop } from '../../golang/parents.ts';
import { baseIdent, find, pathText, unparen } from '../../golang/walk.ts';
import type { Expr, FuncDecl, Node, SelectorExpr } from '../../syntax/ast.ts';
import { addField } from '../../fixes/add-field.ts';
import { wrapStatements } from '../../fixes/wrap.ts';
import type { FixSpec, RuleContext, StepSpec } from '../context.ts';
import { waysInPlaces } from './nil-channel.places.ts';

/** Reports each send and receive of a declaration that blocks for ever for values that were made without their channel. */
export function reportUnmade(context: RuleContext): void {
  const { analysis, unit } = context;
  if (unit.decl.kind !== 'FuncDecl' || unit.file.isTest) return;
  for (const { node, channel, operation } of operationsOf(analysis, unit)) {
    const known = fieldAt(analysis, unit, channel);
    if (!known) continue;
    const { field, reach } = known;
    const [way] = field.ways;
    const tests = reach.tests();
    // Who finds a value where others are that have the channel has no reason to ask.
    const needsTest = way?.by !== 'place';
    const making = field.makings.find((m) => m.unit !== way?.unit) ?? field.makings[0];
    if (!way || (needsTest && tests.length === 0) || !making || !isSeenFrom(analysis, unit, channel, field)) continue;
    if (!reach.isOpen(unit, node, channel.x)) continue;
    context.report({
      node,
      message: MESSAGES[operation],
      args: { name: unit.text(channel), func: functionName(way.decl) },
      steps: [
        { unit: way.unit, node: way.node, message: STEPS[way.by], args: { name: field.name } },
        { unit: making.unit, node: making.node, message: 'step-made', args: { name: field.name } },
        ...tests.slice(0, 1).map((test): StepSpec => ({ unit: test.unit, node: test.node, message: 'step-tested' })),
      ],
      fixes: [needsTest ? guardFix(context, node, channel) : makeFix(field, way, making)],
    });
  }
}

/**
 * `if s.acks != nil { … }` around a statement that is nothing but the operation, or around the loop: nobody can be at the other end of
 * a channel that was never made. A loop around it would spin.
 */
function guardFix({ analysis, unit }: RuleContext, node: Node, channel: SelectorExpr): FixSpec {
  const parents = analysis.parents(unit);
  const parent = parents.get(node);
  const stmt = node.kind === 'SendStmt' ? node : parent;
  const isWhole =
    (stmt?.kind === 'SendStmt' && find(stmt.value, (n) => n.kind === 'CallExpr' || isReceive(n)) === undefined) ||
    stmt?.kind === 'ExprStmt' ||
    stmt?.kind === 'RangeStmt';
  const path = pathText(channel);
  const condition = `${path} != nil`;
  const edits =
    stmt && isWhole && path !== undefined && !inLoop(parents, stmt)
      ? wrapStatements(unit, stmt, stmt, `if ${condition} {`, '}')
      : undefined;
  return { id: 'guard-nil', title: 'fix-guard-nil', args: { condition }, edits };
}

/** `acks: make(chan int)` in the literal that lacks it, where the text means the same as in the one that has it. */
function makeFix({ name }: UnmadeField, { unit, node }: UnmadeWay, making: Making): FixSpec {
  const { node: made, unit: from } = making;
  const isPlain =
    making.by === 'literal' &&
    find(made, (n) => (n.kind === 'Ident' && n.obj !== undefined) || n.kind === 'SelectorExpr') === undefined;
  const edits = isPlain && node.kind === 'CompositeLit' ? addField(unit, node, name, from.text(made)) : undefined;
  return { id: 'make-channel', title: 'fix-make-field', args: { name }, preferred: true, edits };
}

function isReceive(n: Node): boolean {
  return n.kind === 'UnaryExpr' && n.op === '<-';
}

const MESSAGES = { send: 'unmade-send', receive: 'unmade-receive', range: 'unmade-range' } as const;

const STEPS = {
  condition: 'step-unmade-condition',
  option: 'step-unmade-option',
  constructor: 'step-unmade-constructor',
  place: 'step-unmade-constructor',
} as const;

interface Operation {
  node: Node;
  channel: SelectorExpr;
  operation: 'send' | 'receive' | 'range';
}

/** Operations on fields that block alone. */
function operationsOf(analysis: Analysis, unit: DeclUnit): Operation[] {
  const parents = analysis.parents(unit);
  const found: Operation[] = [];
  const add = (node: Node, x: Expr, operation: Operation['operation']): void => {
    const channel = unparen(x);
    const base = channel.kind === 'SelectorExpr' ? baseIdent(channel)?.obj : undefined;
    if (channel.kind === 'SelectorExpr' && (base?.role === 'recv' || base?.role === 'param'))
      found.push({ node, channel, operation });
  };
  for (const s of nodesOfKind(unit.decl, 'SendStmt')) if (parents.get(s)?.kind !== 'CommClause') add(s, s.chan, 'send');
  for (const x of nodesOfKind(unit.decl, 'UnaryExpr')) {
    const stmt = parents.get(x);
    const clause = stmt && parents.get(stmt);
    if (x.op === '<-' && !(clause?.kind === 'CommClause' && clause.comm === stmt)) add(x, x.x, 'receive');
  }
  for (const r of nodesOfKind(unit.decl, 'RangeStmt')) if (!r.value) add(r.x, r.x, 'range');
  return found;
}

/** What is known of the fields of a package, by the type and the field. */
const memo = new WeakMap<Analysis, Map<string, { field: UnmadeField; reach: UnmadeReach } | undefined>>();

function fieldAt(
  analysis: Analysis,
  unit: DeclUnit,
  channel: SelectorExpr,
): { field: UnmadeField; reach: UnmadeReach } | undefined {
  const { name } = channel.sel;
  if (!mayBeMade(unit, name)) return undefined;
  const s = analysis.types.members.selector(unit, channel);
  if (s?.kind !== 'field' || !s.owner || analysis.types.underlying(analysis.typeOf(unit, channel)).kind !== 'chan')
    return undefined;
  let known = memo.get(analysis);
  if (!known) memo.set(analysis, (known = new Map()));
  const key = `${s.owner.pkg} ${s.owner.name}.${name}`;
  if (!known.has(key)) {
    const { owner } = s;
    const field = unmadeField(analysis, unit, owner, name, (makings, mentions) =>
      waysInPlaces(analysis, unit, owner, name, makings, mentions),
    );
    known.set(key, field && { field, reach: new UnmadeReach(analysis, field) });
  }
  return known.get(key);
}

/** Of values that differ by who makes them, only a method of their own is known to be called for all. */
function isSeenFrom(analysis: Analysis, unit: DeclUnit, channel: SelectorExpr, { owner, ways }: UnmadeField): boolean {
  if (ways.some((w) => w.by === 'condition' || w.by === 'option')) return true;
  const base = unparen(channel.x);
  if (base.kind !== 'Ident' || base.obj?.role !== 'recv') return false;
  const type: NamedType | undefined = asNamed(deref(analysis.objectType(unit, base.obj)));
  return type?.pkg === owner.pkg && type.name === owner.name;
}

function asNamed(type: ReturnType<typeof deref>): NamedType | undefined {
  return type.kind === 'named' ? type : undefined;
}

/** `newReader`, `Reader.Next`. */
function functionName({ recv, name }: FuncDecl): string {
  const type = recv && baseIdent(recv.type);
  return type ? `${type.name}.${name.name}` : name.name;
}
