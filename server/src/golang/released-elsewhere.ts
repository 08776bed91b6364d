/** Looks through a package for functions that close what another function has opened: unlock a lock, count a group down. */
import { type AccessPath, pathName } from './access-path.ts';
import type { Analysis } from './analysis.ts';
import { mentionsOf } from './callers.ts';
import { spend } from './effort.ts';
import { isOpenToOthers } from './exported.ts';
import { pathsInside } from './path-effects.ts';
import { noteDeclaration } from './reads.ts';
import { runningFunc } from './running-func.ts';
import { type SyncCall, syncCalls } from './sync-calls.ts';
import { deref, type Type } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { contains } from './walk.ts';
import { declarationsNaming } from './word-index.ts';

export interface SyncKind {
  types: ReadonlySet<string>;
  open: readonly string[];
  close: readonly string[];
}

/**
 * True when a function of the package other than `unit` closes a field like that of `path` without having opened it
 * before: whoever opens it may count on that function.
 * @param counts tells which functions are asked; all of them when absent
 */
export function closedElsewhere(
  analysis: Analysis,
  unit: DeclUnit,
  path: AccessPath,
  kind: SyncKind,
  counts?: (other: DeclUnit) => boolean,
): boolean {
  // A variable of the function itself is out of reach for others.
  if (typeof path.root !== 'string' && path.fields.length === 0 && path.root.role === 'local') return false;
  const name = path.fields.at(-1) ?? '';
  const closing = new RegExp(`${name === '' ? '' : `\\b${name}\\)*`}\\.(?:${kind.close.join('|')})\\b`);
  const owner = ownerType(analysis, unit, path);
  // The field's name is the rarer word; an embedded lock has none.
  const candidates = name === '' ? kind.close : [name];
  for (const { file, declaration } of new Set(candidates.flatMap((word) => declarationsNaming(unit.pkg, word)))) {
    spend();
    if (declaration.tok !== 'func' || (file === unit.file && declaration === unit.declaration)) continue;
    noteDeclaration(declaration);
    if (!closing.test(file.textOf(declaration))) continue;
    const other = unit.pkg.unit({ file, declaration });
    const closes = other.hasError || closesFirst(analysis, other, name, owner, kind);
    if (closes && (!counts || counts(other))) return true;
  }
  return false;
}

/** Functions between one that closes and the one that has opened. */
const MAX_CALLERS = 2;

/**
 * True for a function that is called in the package alone, each time by a function that has opened what it hands to it, or is itself called
 * so: `s.commit()` at the end of whoever has locked `s.mu`. Nobody counts on it who gets something opened from another function.
 */
export function closesForItsCallers(analysis: Analysis, other: DeclUnit, kind: SyncKind, depth = 0): boolean {
  const { decl } = other;
  if (decl.kind !== 'FuncDecl' || other.hasError || isOpenToOthers(other, decl)) return false;
  const mentions = mentionsOf(analysis, other, decl);
  return (
    mentions.length > 0 &&
    mentions.every(({ unit, call }) => {
      if (!call || analysis.callee(unit, call).own?.decl !== decl) return false;
      const parents = analysis.parents(unit);
      const opened = syncCalls(analysis, unit, unit.decl, kind.types).some(
        (c) =>
          kind.open.includes(c.method) &&
          c.call.start < call.start &&
          contains(c.func, call) &&
          pathsInside(analysis, unit, call, decl, c.path).length > 0,
      );
      const isStarted = parents.get(call)?.kind === 'GoStmt';
      return !isStarted && (opened || (depth < MAX_CALLERS && closesForItsCallers(analysis, unit, kind, depth + 1)));
    })
  );
}

function closesFirst(
  analysis: Analysis,
  unit: DeclUnit,
  name: string,
  owner: Type | undefined,
  kind: SyncKind,
): boolean {
  const parents = analysis.parents(unit);
  const calls = syncCalls(analysis, unit, unit.decl, kind.types);
  return calls.some((c) => {
    if (!kind.close.includes(c.method) || (c.path.fields.at(-1) ?? '') !== name) return false;
    // Opened by the declaration as well: a closure closes for the function around it, a loop what another loop opened,
    // and a function that is called with the lock held lets go of it for a while.
    const written = pathName(c.path);
    const opens = (other: SyncCall): boolean => kind.open.includes(other.method) && pathName(other.path) === written;
    if (calls.some((other) => opens(other) && contains(runningFunc(parents, other.call) ?? other.func, c.call)))
      return false;
    const type = ownerType(analysis, unit, c.path);
    return !owner || !type || sameType(owner, type);
  });
}

/** Type of the value whose last field the path names; of the root when it has no fields. */
function ownerType(analysis: Analysis, unit: DeclUnit, path: AccessPath): Type | undefined {
  if (typeof path.root === 'string') return undefined;
  let type = analysis.objectType(unit, path.root);
  for (const field of path.fields.slice(0, -1)) {
    const found = analysis.types.members.find(type, field);
    if (found?.kind !== 'field') return undefined;
    type = found.type;
  }
  const t = deref(type);
  return t.kind === 'named' ? t : undefined;
}

function sameType(a: Type, b: Type): boolean {
  return a.kind === 'named' && b.kind === 'named' && a.pkg === b.pkg && a.name === b.name;
}
