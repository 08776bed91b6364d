/**
 * Locks of two values that belong together: one is reached from the other by a field, or is an element of a field, as a
 * room has sessions and each session knows its room.
 */
import type { LocalObject } from '../../syntax/ast.ts';
import { type AccessPath, prefixDepth } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { deref, type NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { textsNaming } from '../../golang/word-index.ts';
import { ELEMENT, elementPath, typeBehind } from './element-paths.ts';
import { canonicalPath, isSharedValue, type LockIdentity } from './lock-paths.ts';

/** How the value with one lock is reached from the value with the other. */
export interface LockLink {
  from: LockIdentity;
  to: LockIdentity;
  /** The type of the value that leads to the other one. */
  base: string;
  /** The field of that value. */
  field: string;
  /** `element`: one of many. */
  via: 'field' | 'element';
}

/** A lock as a field of a value: which value, and its type. */
export interface OwnedLock {
  value: AccessPath;
  type: string;
  key: string;
}

/** The link between two locks held at the same time; undefined where the values have nothing to do with each other. */
export function lockLink(analysis: Analysis, unit: DeclUnit, from: AccessPath, to: AccessPath): LockLink | undefined {
  const [a, b] = [ownedLock(analysis, unit, from), ownedLock(analysis, unit, to)];
  if (!a || !b || a.type === b.type) return undefined;
  const identities = { from: identity(a), to: identity(b) };
  const forward = wayTo(analysis, unit, a.value, b.value);
  if (forward) return { ...identities, base: a.type, ...forward };
  const backward = wayTo(analysis, unit, b.value, a.value);
  if (backward) return { ...identities, base: b.type, ...backward };
  const field = givenTogether(analysis, unit, a.value, b.value);
  if (field !== undefined) return { ...identities, base: a.type, field, via: 'element' };
  const reverse = givenTogether(analysis, unit, b.value, a.value);
  if (reverse !== undefined) return { ...identities, base: b.type, field: reverse, via: 'element' };
  const owner = givenWithOwner(analysis, unit, a.value, b.value);
  if (owner !== undefined) return { ...identities, base: b.type, field: owner, via: 'field' };
  const owned = givenWithOwner(analysis, unit, b.value, a.value);
  return owned === undefined ? undefined : { ...identities, base: a.type, field: owned, via: 'field' };
}

/** True for a receiver or parameter that stays what it was given as. */
function isGiven({ root, fields }: AccessPath): boolean {
  return (
    typeof root !== 'string' &&
    fields.length === 0 &&
    (root.role === 'recv' || root.role === 'param') &&
    root.writes.length === 0
  );
}

/**
 * The one field by which a parameter knows a value of the receiver's type, since it was made: who asks a desk about a client means one
 * that has come from that desk.
 */
function givenWithOwner(analysis: Analysis, unit: DeclUnit, base: AccessPath, other: AccessPath): string | undefined {
  if (!isGiven(base) || !isGiven(other) || typeof base.root === 'string' || typeof other.root === 'string')
    return undefined;
  if (base.root.role !== 'recv') return undefined;
  const owner = named(analysis.objectType(unit, base.root));
  const struct = analysis.types.underlying(deref(analysis.objectType(unit, other.root)));
  if (!owner || struct.kind !== 'struct') return undefined;
  const fields = struct.node.fields.flatMap((f) => {
    const type = analysis.types.resolve(struct.unit, f.type);
    const of = type.kind === 'pointer' ? named(type) : undefined;
    return of?.name === owner.name && of.pkg === owner.pkg ? f.names.map(({ name }) => name) : [];
  });
  const [field] = fields;
  if (field === undefined || fields.length > 1) return undefined;
  const assigned = new RegExp(`\\.${field} = `);
  return textsNaming(unit.pkg, field).some(({ text }) => assigned.test(text)) ? undefined : field;
}

/**
 * The one field in which a receiver or parameter keeps values of the type of another one, where the function is given both: who asks a
 * directory to close a room means one of its rooms.
 */
function givenTogether(analysis: Analysis, unit: DeclUnit, base: AccessPath, other: AccessPath): string | undefined {
  if (!isGiven(base) || !isGiven(other) || typeof base.root === 'string' || typeof other.root === 'string')
    return undefined;
  if (base.root.role !== 'recv' && other.root.role !== 'recv') return undefined;
  const struct = analysis.types.underlying(deref(analysis.objectType(unit, base.root)));
  const kept = named(analysis.objectType(unit, other.root));
  if (struct.kind !== 'struct' || !kept) return undefined;
  const fields = struct.node.fields.flatMap(({ names }) => names.map(({ name }) => name));
  const keeping = fields.filter((name) => {
    const found = analysis.types.members.find(analysis.objectType(unit, base.root as LocalObject), name);
    const type = found?.kind === 'field' ? analysis.types.underlying(found.type) : undefined;
    const held = type?.kind === 'map' ? [type.key, type.elem] : type?.kind === 'slice' ? [type.elem] : [];
    return held.some((t) => {
      const of = named(t);
      return of?.name === kept.name && of.pkg === kept.pkg;
    });
  });
  return keeping.length === 1 ? keeping[0] : undefined;
}

/** A key for a lock by the type of the value that has it, whichever way leads to the value. */
export function ownerKey(analysis: Analysis, unit: DeclUnit, path: AccessPath): string | undefined {
  return ownedLock(analysis, unit, path)?.key;
}

/**
 * True when the values whose locks are taken on some ways can be the same ones on all of them: of two types each is
 * reached from the other, or both ways start at the same end. In a circle a value that is one of many must know by a
 * field to which one it belongs.
 * @param areKeptTogether tells of two collections whether each element of the one has in the other what it was found in
 */
export function belongTogether(
  links: readonly LockLink[],
  areKeptTogether: (a: LockLink, b: LockLink) => boolean,
): boolean {
  const pairs = new Map<string, LockLink>();
  for (const b of links) {
    const key = [b.from.key, b.to.key]
      .map((k) => k.slice(0, k.indexOf(']')))
      .sort()
      .join();
    const a = pairs.get(key);
    if (a && a.base === b.base && a.field !== b.field) return false;
    if (a && a.base !== b.base && a.via !== 'field' && b.via !== 'field' && !areKeptTogether(a, b)) return false;
    pairs.set(key, b);
  }
  return pairs.size < 3 || links.some((link) => link.via === 'field');
}

/** A lock of whichever value of its type. */
export function identity(lock: OwnedLock): LockIdentity {
  return { kind: 'linked', key: lock.key };
}

/** The value that a lock belongs to; undefined for a lock that is no field of one. */
export function ownedLock(analysis: Analysis, unit: DeclUnit, path: AccessPath): OwnedLock | undefined {
  if (typeof path.root === 'string') return undefined;
  const types = [analysis.objectType(unit, path.root)];
  for (const step of path.fields) {
    const next = typeBehind(analysis, types.at(-1)!, step);
    if (!next) return undefined;
    types.push(next);
  }
  const last = deref(types.at(-1)!);
  // The path of an embedded lock is that of the value.
  const isEmbedded = !(last.kind === 'named' && last.pkg === 'sync');
  const owner = isEmbedded ? embedderOf(analysis, named(types.at(-1))) : named(types.at(-2));
  if (!owner) return undefined;
  const type = `${owner.pkg}.${owner.name}`;
  const value = isEmbedded ? path : { root: path.root, fields: path.fields.slice(0, -1) };
  return { value, type, key: `[${type}].${isEmbedded ? '' : path.fields.at(-1)}` };
}

/** The type that embeds the lock which a type has by embedding. */
function embedderOf(analysis: Analysis, type: NamedType | undefined): NamedType | undefined {
  if (!type) return undefined;
  const { members } = analysis.types;
  const field = members.find(type, 'Mutex') ?? members.find(type, 'RWMutex');
  return field?.kind === 'field' ? field.owner : type;
}

function named(type: ReturnType<Analysis['typeOf']> | undefined): NamedType | undefined {
  const t = type && deref(type);
  return t?.kind === 'named' && !t.local ? t : undefined;
}

/** How `other` is reached from `base`: by one field, or as an element of a field. */
function wayTo(
  analysis: Analysis,
  unit: DeclUnit,
  base: AccessPath,
  other: AccessPath,
): Pick<LockLink, 'field' | 'via'> | undefined {
  const next = base.fields.length;
  if (typeof base.root === 'string' || !isSharedValue(base.root)) return undefined;
  if (prefixDepth(base, other) !== undefined && other.fields.length === next + 1)
    return { field: other.fields[next] as string, via: 'field' };
  const path = other.fields.at(-1) === ELEMENT ? other : elementPath(analysis, unit, other);
  const canonical = path && canonicalPath(analysis, unit, path);
  if (!canonical || prefixDepth(base, canonical) === undefined) return undefined;
  const [field, ...rest] = canonical.fields.slice(next);
  return field !== undefined && rest.join() === ELEMENT ? { field, via: 'element' } : undefined;
}
