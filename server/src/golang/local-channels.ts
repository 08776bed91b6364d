/** Channels made in a function and used by that function and goroutines it starts only: everything that happens to them is known. */
import type { CallExpr, Expr, FuncNode, Ident, LocalObject, Node, SendStmt } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { Spawn } from './goroutines.ts';
import type { ParentMap } from './parents.ts';
import { runningFunc } from './running-func.ts';
import type { DeclUnit } from './unit.ts';
import { flattenFields, unparen } from './walk.ts';

/** One way a channel is used. */
export type ChannelUse =
  /** `select` is set when it is one arm of several. */
  | { kind: 'send'; stmt: SendStmt; select: boolean }
  | { kind: 'receive' | 'close' | 'length'; node: Node }
  /** The channel goes where it cannot be followed. */
  | { kind: 'escape'; node: Node };

export interface LocalChannel {
  object: LocalObject;
  make: CallExpr;
  /** Constant capacity. */
  capacity: number;
}

/** A use of a channel in a function of some unit. */
export interface LocatedUse {
  unit: DeclUnit;
  /** The function that runs it; deferred literals belong to the function around them. */
  func: FuncNode;
  use: ChannelUse;
}

/** The `make` of a variable that always holds one channel of constant capacity; undefined for others. */
export function localChannel(object: LocalObject): LocalChannel | undefined {
  const d = object.declNode;
  let value: Expr | undefined;
  if (d.kind === 'AssignStmt' && d.lhs.length === d.rhs.length) value = d.rhs[d.lhs.indexOf(object.decl)];
  else if (d.kind === 'ValueSpec' && d.names.length === d.values.length) value = d.values[d.names.indexOf(object.decl)];
  const make = value && unparen(value);
  if (object.addressTaken || object.writes.length > 0 || make?.kind !== 'CallExpr') return undefined;
  const fun = unparen(make.fun);
  const [type, size] = make.args;
  if (fun.kind !== 'Ident' || fun.name !== 'make' || fun.obj || type?.kind !== 'ChanType') return undefined;
  const capacity =
    size === undefined ? 0 : size.kind === 'BasicLit' && /^\d+$/.test(size.value) ? Number(size.value) : undefined;
  return capacity === undefined ? undefined : { object, make, capacity };
}

/**
 * What each mention of a channel variable does, `go f(ch)` followed into `f`.
 * @param spawns the `go` statements of the unit
 */
export function channelUses(
  analysis: Analysis,
  unit: DeclUnit,
  object: LocalObject,
  spawns: readonly Spawn[],
): LocatedUse[] {
  const parents = analysis.parents(unit);
  return object.uses.flatMap((ident) => {
    const func = runningFunc(parents, ident) as FuncNode;
    const use = classify(analysis, unit, parents, ident);
    if (use.kind !== 'escape') return [{ unit, func, use }];
    return passedToGoroutine(analysis, ident, parents, spawns) ?? [{ unit, func, use }];
  });
}

function passedToGoroutine(
  analysis: Analysis,
  ident: Ident,
  parents: ParentMap,
  spawns: readonly Spawn[],
): LocatedUse[] | undefined {
  const call = parents.get(ident);
  const spawn = spawns.find((s) => s.call === call);
  const i = spawn?.call.args.indexOf(ident) ?? -1;
  if (!spawn?.body || i < 0) return undefined;
  const param = flattenFields(spawn.body.func.type.params)[i];
  if (!param || param.variadic) return undefined;
  const object = param.name?.obj;
  if (!object) return [];
  return object.addressTaken || object.writes.length > 0
    ? undefined
    : channelUses(analysis, spawn.body.unit, object, []);
}

function classify(analysis: Analysis, unit: DeclUnit, parents: ParentMap, ident: Ident): ChannelUse {
  let node: Node = ident;
  let parent = parents.get(node);
  while (parent?.kind === 'ParenExpr') [node, parent] = [parent, parents.get(parent)];
  switch (parent?.kind) {
    case 'SendStmt':
      if (parent.chan === node) return { kind: 'send', stmt: parent, select: isOneOfSeveral(parents, parent) };
      break;
    case 'UnaryExpr':
      if (parent.op === '<-') return { kind: 'receive', node: parent };
      break;
    case 'RangeStmt':
      if (parent.x === node) return { kind: 'receive', node: parent };
      break;
    case 'CallExpr': {
      const c = analysis.callee(unit, parent);
      if (c.kind !== 'builtin') break;
      if (c.name === 'close') return { kind: 'close', node: parent };
      if (c.name === 'len' || c.name === 'cap') return { kind: 'length', node: parent };
      break;
    }
    default:
  }
  return { kind: 'escape', node: ident };
}

function isOneOfSeveral(parents: ParentMap, stmt: SendStmt): boolean {
  const clause = parents.get(stmt);
  const select = clause?.kind === 'CommClause' && clause.comm === stmt ? parents.get(clause) : undefined;
  return select?.kind === 'SelectStmt' && select.clauses.length > 1;
}
