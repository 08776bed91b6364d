/** Fields on which conditions of waiting loops depend, and what they can start with. */
import type { Analysis } from '../../golang/analysis.ts';
import { endsValue } from '../../golang/constructors.ts';
import { heapCall } from '../../golang/heap-calls.ts';
import { changes, type Way } from '../../golang/helping-changes.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { fieldMentionsOf, type OwnMention } from '../../golang/own-mentions.ts';
import { ancestor, isFunc } from '../../golang/parents.ts';
import { Runner } from '../../golang/small-runs.ts';
import { limitsIn, type Method, methodOf, saidBy, type Sort, sortOf, type Values } from '../../golang/small-values.ts';
import type { NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { baseIdent, contains, pathText } from '../../golang/walk.ts';
import type { Expr, Node, SelectorExpr } from '../../syntax/ast.ts';
import type { Waiter } from './cond-wait.waiters.ts';

/** What has to be known of the fields to try them out. */
export interface Tracked {
  sorts: ReadonlyMap<string, Sort>;
  /** Values with which it may begin. */
  starts: Values[];
  /** How methods change those of the fields that they change. */
  ways: ReadonlyMap<string, Ways>;
  /** Functions that name one of the fields. */
  units: ReadonlySet<DeclUnit>;
}

/** How a field changes. */
interface Ways {
  /** Always in the same direction. */
  isOneWay: boolean;
  /** By methods that end what the value does: `Close`, `Finish`. */
  atEnd: boolean;
}

/** Fields, each of which multiplies what there is to try, and beginnings. */
const MAX_FIELDS = 6;
const MAX_STARTS = 200;

/** Methods that a condition asks. */
const MAX_DEPTH = 2;

/** What a limit may be: it is never nothing. */
const LIMITS = [1, 2, 3];

/**
 * Fields that decide in the given loops and, as far as there is room, in other conditions of the functions that change these or wait; undefined where
 * somebody out of sight could change one, or where it is not seen what is done to it.
 */
export function trackedFields(
  analysis: Analysis,
  owner: NamedType,
  waiters: readonly Waiter[],
  waking: readonly DeclUnit[],
): Tracked | undefined {
  const sorts = new Map<string, Sort>();
  const uses = new Map<string, Use>();
  const units = new Set<DeclUnit>();
  const add = (method: Method, condition: Expr, depth = 0): boolean => {
    if (depth > MAX_DEPTH) return false;
    for (const n of nodesOfKind(method.unit.decl, 'SelectorExpr')) {
      if (!contains(condition, n) || pathText(n) !== `${method.receiver}.${n.sel.name}` || sorts.has(n.sel.name))
        continue;
      const selected = analysis.types.members.selector(method.unit, n);
      if (selected?.kind !== 'field') continue;
      const sort = sortOf(analysis, selected.type);
      const mentions = fieldMentionsOf(analysis, method.unit, owner, n.sel.name);
      const use = sort && mentions && useOf(analysis, mentions);
      if (!use || sorts.size >= MAX_FIELDS) return false;
      sorts.set(n.sel.name, sort);
      uses.set(n.sel.name, use);
      for (const m of mentions) if (!m.unit.file.isTest) units.add(m.unit);
    }
    for (const call of nodesOfKind(method.unit.decl, 'CallExpr')) {
      const said = contains(condition, call) ? saidBy(analysis, method, call) : undefined;
      if (said && !add(said.method, said.result, depth + 1)) return false;
    }
    return true;
  };
  for (const { method, parts } of waiters) if (!parts.every((p) => add(method, p.expr))) return undefined;
  // What else decides there only makes the search more exact: ways that depend on other fields are not followed.
  for (const unit of new Set([...units, ...waking])) {
    const method = methodOf(unit);
    if (method)
      for (const block of analysis.cfg(unit, method.decl).blocks)
        for (const e of block.succs) if (e.cond) add(method, e.cond);
  }
  const limits = new Set(
    waiters.flatMap(({ method, parts }) => parts.flatMap((p) => limitsIn(analysis, method.unit, p.expr))),
  );
  return { sorts, starts: startsOf(new Runner(analysis, sorts, ''), sorts, uses, limits), ways: waysOf(uses), units };
}

function waysOf(uses: ReadonlyMap<string, Use>): Map<string, Ways> {
  const changing = [...uses].filter(([, use]) => use.changes);
  return new Map(
    changing.map(([name, { ways, by }]) => {
      const isOneWay = ways.size === 1 && !ways.has(undefined);
      return [name, { isOneWay, atEnd: [...by].every(endsValue) }];
    }),
  );
}

/** What is done to a field outside of methods, and whether methods change it. */
interface Use {
  initials: { unit: DeclUnit; value: Expr | undefined }[];
  changes: boolean;
  /** In which ways; undefined for one that is not seen. */
  ways: Set<Way | undefined>;
  /** Names of the methods. */
  by: Set<string>;
}

const WAYS: readonly Way[] = ['more', 'less', 'true', 'false', 'something', 'nothing'];

function wayOf(stmt: Node | undefined, path: string): Way | undefined {
  if (stmt?.kind !== 'AssignStmt' && stmt?.kind !== 'IncDecStmt') return undefined;
  return WAYS.find((way) => changes(stmt, path, way));
}

function useOf(analysis: Analysis, mentions: readonly OwnMention[]): Use | undefined {
  const use: Use = { initials: [], changes: false, ways: new Set(), by: new Set() };
  for (const { unit, node, initial } of mentions) {
    if (unit.file.isTest) continue;
    if (initial !== undefined) {
      use.initials.push({ unit, value: initial === 'zero' ? undefined : initial });
      continue;
    }
    const change = node.kind === 'SelectorExpr' ? changeAt(analysis, unit, node) : undefined;
    if (change === undefined) continue;
    if (change === 'anything') return undefined;
    const receiver = methodOf(unit)?.receiver;
    const base = baseIdent(node);
    if (ancestor(analysis.parents(unit), node, isFunc) !== unit.decl) return undefined;
    const path = pathText(node);
    if (receiver !== undefined && path === `${receiver}.${(node as SelectorExpr).sel.name}`) {
      use.changes = true;
      use.ways.add(wayOf(analysis.parents(unit).get(node), path));
      use.by.add(unit.declaration.names[0] ?? '');
    } else if (base?.obj?.role === 'local' && node.kind === 'SelectorExpr' && node.x.kind === 'Ident')
      use.initials.push({ unit, value: change });
    else return undefined;
  }
  return use;
}

/** The new value of a field that is changed at a mention, `unit` where that is not seen at once; `anything` where whoever has the address changes it. */
function changeAt(analysis: Analysis, unit: DeclUnit, node: SelectorExpr): Expr | 'anything' | undefined {
  const parents = analysis.parents(unit);
  const user = parents.get(node);
  switch (user?.kind) {
    case 'UnaryExpr': {
      const call = user.op === '&' ? parents.get(user) : undefined;
      const heap = call?.kind === 'CallExpr' ? heapCall(analysis, unit, call) : undefined;
      if (heap?.field === node) return heap.by === 0 ? undefined : node;
      return user.op === '&' ? 'anything' : undefined;
    }
    case 'IncDecStmt':
      return user.x;
    case 'AssignStmt': {
      const at = user.lhs.indexOf(node);
      if (at < 0) return undefined;
      return (user.op === '=' && user.lhs.length === user.rhs.length ? user.rhs[at] : undefined) ?? node;
    }
    case 'IndexExpr': {
      const outer = parents.get(user);
      const isTarget = outer?.kind === 'AssignStmt' && outer.lhs.includes(user);
      return isTarget && user.x === node && analysis.types.underlying(analysis.typeOf(unit, node)).kind === 'map'
        ? node
        : undefined;
    }
    case 'CallExpr': {
      const { kind } = analysis.types.underlying(analysis.typeOf(unit, node));
      const isOwn = analysis.callee(unit, user).kind === 'builtin';
      if (kind !== 'map' || !user.args.includes(node)) return undefined;
      return isOwn ? (/^(?:delete|clear)$/.test(analysis.callee(unit, user).name) ? node : undefined) : 'anything';
    }
    default:
      return undefined;
  }
}

function startsOf(
  runner: Runner,
  sorts: ReadonlyMap<string, Sort>,
  uses: ReadonlyMap<string, Use>,
  limits: ReadonlySet<string>,
): Values[] {
  let starts: Map<string, number>[] = [new Map()];
  const extend = (name: string, values: readonly number[]): void => {
    starts = starts.flatMap((s) => values.map((v) => new Map(s).set(name, v))).slice(0, MAX_STARTS);
  };
  for (const name of limits) extend(name, LIMITS);
  const later: string[] = [];
  for (const [name, sort] of sorts) {
    const { initials, changes } = uses.get(name) as Use;
    const known = initials.map(({ unit, value }) => (value ? runner.initial(name, value, unit) : 0));
    if (known.length === 0) extend(name, [0]);
    else if (known.every((v) => v !== undefined && v <= 3)) extend(name, [...new Set(known as number[])]);
    else if (sort === 'flag') extend(name, [0, 1]);
    else if (sort === 'reference') extend(name, [1]);
    else if (changes) later.push(name);
    else extend(name, LIMITS);
  }
  // What begins with something that changes later begins with as much as there can be.
  for (const name of later) {
    const fixed = [...sorts].filter(([n, sort]) => sort === 'number' && uses.get(n)?.changes === false).map(([n]) => n);
    starts = starts.flatMap((s) => {
      const values = fixed.length > 0 ? fixed.map((n) => s.get(n) as number) : LIMITS;
      return [...new Set(values)].map((v) => new Map(s).set(name, v));
    });
  }
  return starts.slice(0, MAX_STARTS);
}
