/**
 * Functions of a package that put what they acquire into a struct and return that: `return &session{tx: tx}`. Who calls one has to
 * release what the struct holds, by one of its methods.
 */
import type { Expr, Ident, LocalObject, ReturnStmt } from '../syntax/ast.ts';
import { readResults } from '../syntax/func-header.ts';
import type { Analysis } from './analysis.ts';
import type { ResourceKind } from './api/facts.ts';
import { parameterIndex } from './callee.ts';
import { literalFieldOf } from './held-by-struct.ts';
import { type CallTest, callsOf } from './maker-calls.ts';
import type { GoPackage } from './package.ts';
import type { ParentMap } from './parents.ts';
import { type Acquisition, releaseSpec } from './resources.ts';
import { type Holder, useEffect } from './uses.ts';
import { contains, unparen } from './walk.ts';

/** Of these a struct may have one beside a resource, and each is told of by a rule of its own. */
export const ENDED: ReadonlySet<ResourceKind> = new Set(['ticker', 'cancel']);

/** What callers are told of: things of which more than memory is lost, and what goes on by itself. */
export const CARRIED: ReadonlySet<ResourceKind> = new Set([
  'rows',
  'stmt',
  'tx',
  'conn',
  'file',
  'listener',
  'closer',
  'cursor',
  ...ENDED,
]);

/** Types, by the ends of their names, of fields that hold such a thing, as sources for tests of files. */
export const HOLDING = {
  resource: '\\.(?:\\w*(?:Tx|Rows|Stmt|Conn|File|Listener|Closer|Cursor|Watcher))\\b',
  ticker: '\\btime\\.Ticker\\b',
  cancel: '\\bcontext\\.Cancel(?:Cause)?Func\\b',
} as const;

type HeldKind = keyof typeof HOLDING;

const known = new WeakMap<GoPackage, Map<HeldKind, ReadonlySet<string>>>();

/** True for the name of a function of a package that returns a struct with such a field, told from their headers and the text of types. */
export function isCarrierName(pkg: GoPackage, name: string): boolean {
  return (Object.keys(HOLDING) as HeldKind[]).some((kind) => carrierNames(pkg, kind).has(name));
}

/** True where a type of the package has such a field, and a function returns it. */
export function hasCarriers(pkg: GoPackage): boolean {
  return (Object.keys(HOLDING) as HeldKind[]).some((kind) => carrierNames(pkg, kind).size > 0);
}

/** Names of the functions of a package that return a struct with a field of one kind. */
export function carrierNames(pkg: GoPackage, kind: HeldKind): ReadonlySet<string> {
  let byKind = known.get(pkg);
  if (!byKind) known.set(pkg, (byKind = new Map<HeldKind, ReadonlySet<string>>()));
  let names = byKind.get(kind);
  if (!names) byKind.set(kind, (names = namesOf(pkg, new RegExp(HOLDING[kind]))));
  return names;
}

function namesOf(pkg: GoPackage, holding: RegExp): ReadonlySet<string> {
  // Of other packages not even the outline may be known.
  if (pkg.origin === 'imported' && !pkg.files.some((file) => holding.test(file.text))) return new Set();
  const members = pkg.files.flatMap((file) => file.outline.decls.map((declaration) => ({ file, declaration })));
  const types = members.flatMap(({ file, declaration }) => {
    if (declaration.tok !== 'type') return [];
    const text = file.textOf(declaration);
    return holding.test(text) && /\bstruct\b/.test(text) ? declaration.names : [];
  });
  if (types.length === 0) return new Set();
  const gives = new RegExp(`^[\\s(]*(?:\\w+\\s+)?\\*?(?:${types.join('|')})\\b`);
  return new Set(
    members.flatMap(({ file, declaration: d }) =>
      d.tok === 'func' && d.body >= 0 && gives.test(readResults(file.textOf({ base: d.base, end: d.body })))
        ? d.names
        : [],
    ),
  );
}

/** Names of functions that return a struct with something to close, of packages that others import. */
export const resourceCarriers = (pkg: GoPackage): ReadonlySet<string> => carrierNames(pkg, 'resource');

/** Finds calls of these functions by their text. */
export function callsOfCarriers(pkg: GoPackage): CallTest | undefined {
  return callsOf([...carrierNames(pkg, 'resource')]);
}

/** The field of a result that holds what was acquired. */
export interface Carried {
  index: number;
  field: string;
}

/** Which result of a return statement has the acquired value in one of its fields, and nowhere else; undefined where that is not certain. */
export function carriedBy(analysis: Analysis, a: Acquisition, r: ReturnStmt): Carried | undefined {
  const object = a.destination.kind === 'variable' ? a.destination.object : undefined;
  if (!object || a.acquires.via !== undefined) return undefined;
  const parents = analysis.parents(a.unit);
  // The name of a field may be that of the variable: `session{tx: tx}`.
  const isKey = (use: Ident): boolean => {
    const parent = parents.get(use);
    return parent?.kind === 'KeyValueExpr' && parent.key === use;
  };
  const inside = object.uses.filter((use) => contains(r, use) && !isKey(use));
  if (inside.length === 0) return heldBefore(analysis, a, object, r);
  for (const [index, x] of r.results.entries()) {
    const lit = structOf(x);
    const fields = (lit?.elts ?? []).flatMap((e) =>
      e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' && isObject(e.value, object)
        ? [{ field: e.key.name, value: unparen(e.value) }]
        : [],
    );
    const [only, ...others] = fields;
    if (!only || others.length > 0) continue;
    const rest = inside.filter((use) => use !== only.value);
    return rest.every((use) => isOnlyWrapped(analysis, a, parents, use)) ? { index, field: only.field } : undefined;
  }
  return undefined;
}

/** The same for what goes into the field at once: `return &pacer{tick: time.NewTicker(d)}`, `p.tick = time.NewTicker(d)`. */
export function carriedAtOnce(analysis: Analysis, a: Acquisition, r: ReturnStmt): Carried | undefined {
  const { via } = a.acquires;
  if (a.destination.kind === 'variable') {
    const { object } = a.destination;
    const index = r.results.findIndex((x) => isObject(x, object));
    return via !== undefined && index >= 0 ? { index, field: via } : undefined;
  }
  const place =
    a.acquires.result === 0 ? literalFieldOf(analysis, a.unit, analysis.parents(a.unit), a.call) : undefined;
  const index = place ? r.results.findIndex((x) => structOf(x) === place.literal) : -1;
  return place && index >= 0 ? { index, field: place.field } : undefined;
}

/** `s := &session{tx: tx}; return s`, and `s.tx = tx`. */
function heldBefore(analysis: Analysis, a: Acquisition, object: LocalObject, r: ReturnStmt): Carried | undefined {
  const holders = new Map<LocalObject, Holder>();
  for (const use of object.uses) useEffect(analysis, a.unit, use, object, releaseSpec(a.acquires), holders);
  const owning = [...holders.values()].filter((h) => h.field !== undefined && !h.wraps);
  const [only, ...others] = owning;
  const index = only ? r.results.findIndex((x) => isObject(x, only.object)) : -1;
  return only?.field !== undefined && others.length === 0 && index >= 0 ? { index, field: only.field } : undefined;
}

function structOf(expr: Expr): Extract<Expr, { kind: 'CompositeLit' }> | undefined {
  let x = unparen(expr);
  if (x.kind === 'UnaryExpr' && x.op === '&') x = unparen(x.x);
  return x.kind === 'CompositeLit' ? x : undefined;
}

function isObject(expr: Expr, object: LocalObject): boolean {
  const x = unparen(expr);
  return x.kind === 'Ident' && x.obj === object;
}

/** True for an argument of a call whose result goes on using it without owning it: `bufio.NewReader(f)`. */
function isOnlyWrapped(analysis: Analysis, a: Acquisition, parents: ParentMap, use: Ident): boolean {
  const call = parents.get(use);
  if (call?.kind !== 'CallExpr' || call.fun === use) return false;
  const c = analysis.callee(a.unit, call);
  const index = parameterIndex(c, call, use);
  return (c.fact?.keepsWithoutClosing?.includes(index) || c.fact?.borrows?.includes(index)) ?? false;
}
