/** Names for variables that fixes introduce. */
import type { Ident, LocalObject, Node } from '../syntax/ast.ts';
import { parentsOf, type ParentMap } from '../golang/parents.ts';
import { scopeOf } from '../golang/scopes.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { contains, walk } from '../golang/walk.ts';

const KEYWORDS = (
  'break case chan const continue default defer else fallthrough for func go goto if import interface map package ' +
  'range return select struct switch type var'
).split(' ');
const PREDECLARED = (
  'any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8 ' +
  'uint16 uint32 uint64 uintptr true false iota nil append cap clear close complex copy delete imag len make max min ' +
  'new panic print println real recover'
).split(' ');
const RESERVED = new Set([...KEYWORDS, ...PREDECLARED, 'main', 'init', '_']);

/**
 * True when `name` can be declared in the scope that holds `at` without clashing with, hiding or catching any use of
 * another object of that name. Field and method names do not count.
 */
export function isFree(unit: DeclUnit, at: Node, name: string): boolean {
  if (RESERVED.has(name) || unit.file.imports.has(name) || unit.pkg.member(name)) return false;
  const parents = parentsOf(unit.decl);
  const scope = scopeOf(parents, at) ?? unit.decl;
  let free = true;
  walk(unit.decl, (node) => {
    if (!free) return false;
    if (node.kind !== 'Ident' || node.name !== name || isSelector(parents, node)) return true;
    if (contains(scope, node)) free = false;
    else if (node.obj?.decl === node) {
      const declared = scopeOf(parents, node);
      if (declared && contains(declared, at)) free = false;
    }
    return free;
  });
  return free;
}

/** A name that is free at a node: one of `bases` in order, else the first base with the lowest number from 2 on. */
export function freshName(unit: DeclUnit, at: Node, ...bases: [string, ...string[]]): string {
  for (const base of bases) if (isFree(unit, at, base)) return base;
  for (let n = 2; ; n++) {
    const name = `${bases[0]}${n}`;
    if (isFree(unit, at, name)) return name;
  }
}

/**
 * True when the name as written at `at` denotes no local variable: an import or package-level name is meant.
 * @param counts restricts the question to some variables
 */
export function isUnshadowed(
  unit: DeclUnit,
  at: Node,
  name: string,
  counts: (object: LocalObject) => boolean = () => true,
): boolean {
  const parents = parentsOf(unit.decl);
  let clear = true;
  walk(unit.decl, (node) => {
    if (clear && node.kind === 'Ident' && node.name === name && node.obj?.decl === node && counts(node.obj)) {
      const declared = scopeOf(parents, node);
      if (declared && contains(declared, at)) clear = false;
    }
    return clear;
  });
  return clear;
}

function isSelector(parents: ParentMap, ident: Ident): boolean {
  const parent = parents.get(ident);
  return parent?.kind === 'SelectorExpr' && parent.sel === ident;
}
