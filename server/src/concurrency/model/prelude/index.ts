/** Functions of the standard library that the model runs as Go code of its own; parsed when a program calls one of them. */
import type { VisibleFunc } from '../../../golang/callee.ts';
import { bundledPath } from '../../../golang/package.ts';
import type { DeclUnit } from '../../../golang/unit.ts';
import type { TypeInfo } from '../../../golang/type-info.ts';
import { CONTEXT } from './context.ts';
import { HEAP, LIST, RING } from './lists.ts';
import { SLICES, SORT } from './slices.ts';
import { SYNC } from './sync.ts';

interface Prelude {
  source: string;
  /** What it does depends on what values are: run where all are computed. Elsewhere each comparison would go two ways. */
  isComputed?: true;
}

const PRELUDES: Readonly<Record<string, Prelude>> = {
  context: { source: CONTEXT },
  'container/heap': { source: HEAP },
  'container/list': { source: LIST },
  'container/ring': { source: RING },
  slices: { source: SLICES, isComputed: true },
  sort: { source: SORT, isComputed: true },
  sync: { source: SYNC },
};

/** Of package `sync` most is known to the model itself. */
const NAMES =
  /^(?:context\.AfterFunc$|container\/(?:list|ring|heap)\.|sync\.(?:(?:Map|Pool)\.|Once(?:Func|Values?)$)|slices\.|sort\.(?:Sort|Stable|Slice|SliceStable)$)/;

/** The function of that name as Go code; undefined where there is none. `all`: everything is computed. */
export function preludeFunction(info: TypeInfo, name: string, all: boolean): VisibleFunc | undefined {
  if (!NAMES.test(name)) return undefined;
  const dot = name.indexOf('.');
  const [path, rest] = [name.slice(0, dot), name.slice(dot + 1).split('.')];
  const prelude = PRELUDES[path];
  if (!prelude || (prelude.isComputed && !all)) return undefined;
  const pkg = info.program.bundled(path, prelude.source);
  const [type = '', method] = rest;
  const member = method === undefined ? pkg.member(type) : pkg.methods(type).get(method);
  return member && info.declarationOf(pkg, member);
}

/** True for code that stands in for what the library does by itself: nobody has started a goroutine there that could be seen. */
export function isOfLibrary({ unit }: { unit: DeclUnit }): boolean {
  return unit.pkg.path === bundledPath('context');
}

/** True for the name of a function that changes or reads what such code keeps. */
export function isInPrelude(name: string): boolean {
  return NAMES.test(name) && !/^(?:slices|sort)\./.test(name);
}
