/** Looks through a package for functions that close what another function has opened: unlock a lock, count a group down. */
import type { FuncNode } from '../syntax/ast.ts';
import { type AccessPath, pathKey } from './access-path.ts';
import type { Analysis } from './analysis.ts';
import { syncCalls } from './sync-calls.ts';
import { deref, type Type } from './types.ts';
import type { DeclUnit } from './unit.ts';

export interface SyncKind {
  types: ReadonlySet<string>;
  open: readonly string[];
  close: readonly string[];
}

/**
 * True when a function of the package other than `unit` closes a field like that of `path` without having opened it
 * before: whoever opens it may count on that function.
 * @param owner type of the value that has the field, `unknown` when it cannot be told
 */
export function closedElsewhere(analysis: Analysis, unit: DeclUnit, path: AccessPath, kind: SyncKind): boolean {
  // A variable of the function itself is out of reach for others.
  if (typeof path.root !== 'string' && path.fields.length === 0 && path.root.role === 'local') return false;
  const name = path.fields.at(-1) ?? '';
  const words = new RegExp(`\\.(?:${kind.close.join('|')})\\b`);
  const owner = ownerType(analysis, unit, path);
  for (const file of unit.pkg.files)
    for (const declaration of file.outline.decls) {
      if (declaration.tok !== 'func' || (file === unit.file && declaration === unit.declaration)) continue;
      const text = file.text.slice(declaration.base, declaration.end);
      if (!words.test(text) || !text.includes(name)) continue;
      const other = unit.pkg.unit({ file, declaration });
      if (other.hasError || closesFirst(analysis, other, name, owner, kind)) return true;
    }
  return false;
}

function closesFirst(analysis: Analysis, unit: DeclUnit, name: string, owner: Type | undefined, kind: SyncKind): boolean {
  const opened = new Map<FuncNode, Set<string>>();
  for (const c of syncCalls(analysis, unit, unit.decl, kind.types)) {
    const key = pathKey(c.path);
    if (kind.open.includes(c.method)) {
      const keys = opened.get(c.func) ?? new Set();
      opened.set(c.func, keys.add(key));
    } else if (kind.close.includes(c.method) && (c.path.fields.at(-1) ?? '') === name) {
      // Opened by any function of the declaration: a closure closes what the function around it opened.
      if ([...opened.values()].some((keys) => keys.has(key))) continue;
      const type = ownerType(analysis, unit, c.path);
      if (!owner || !type || sameType(owner, type)) return true;
    }
  }
  return false;
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
