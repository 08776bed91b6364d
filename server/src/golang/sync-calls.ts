/** Calls of methods of `sync` types on variables and fields that can be told apart. */
import type { CallExpr, FuncNode, Node } from '../syntax/ast.ts';
import { type AccessPath, accessPath } from './access-path.ts';
import type { Analysis } from './analysis.ts';
import { nodesOfKind } from './node-index.ts';
import { enclosingFunc } from './parents.ts';
import type { DeclUnit } from './unit.ts';
import { contains } from './walk.ts';

export interface SyncCall {
  call: CallExpr;
  /** `Mutex`, `RWMutex`, `Locker`, `WaitGroup` … */
  type: string;
  /** `Lock`, `Done` … */
  method: string;
  /** What it is called on; an embedded mutex has the path of the value it is embedded in. */
  path: AccessPath;
  /** The innermost function around the call. */
  func: FuncNode;
}

/** Names of the methods, so that other calls need not be resolved. */
const METHODS = new Set('Lock Unlock RLock RUnlock TryLock TryRLock Add Done Wait Go'.split(' '));

const EMBEDDABLE = new Set(['Mutex', 'RWMutex', 'WaitGroup', 'Locker']);

/** Every call in `within` of a method of one of the given `sync` types whose receiver is a path, in source order. */
export function syncCalls(analysis: Analysis, unit: DeclUnit, within: Node, types: ReadonlySet<string>): SyncCall[] {
  const parents = analysis.parents(unit);
  const found: SyncCall[] = [];
  for (const n of nodesOfKind(unit.decl, 'CallExpr')) {
    if (n.fun.kind !== 'SelectorExpr' || !METHODS.has(n.fun.sel.name) || !contains(within, n)) continue;
    const c = analysis.callee(unit, n);
    const name = /^sync\.(\w+)\.(\w+)$/.exec(c.name);
    const [type, method] = [name?.[1], name?.[2]];
    if (c.kind !== 'method' || !c.recv || !type || !method || !types.has(type)) continue;
    const path = accessPath(c.recv);
    const func = enclosingFunc(parents, n);
    if (path && func) found.push({ call: n, type, method, path: withoutEmbedded(path), func });
  }
  return found;
}

/** `s.Mutex` and `s` are the same lock when the mutex is embedded in `s`. */
function withoutEmbedded(path: AccessPath): AccessPath {
  const last = path.fields.at(-1);
  return last !== undefined && EMBEDDABLE.has(last) ? { ...path, fields: path.fields.slice(0, -1) } : path;
}
