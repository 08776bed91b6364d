/** Functions that take a slot of a semaphore and give their caller the function that gives it back: `release := limit.Acquire()`. */
import type { Expr, FuncLit, ReturnStmt, SendStmt } from '../syntax/ast.ts';
import { readResults } from '../syntax/func-header.ts';
import { accessPath } from './access-path.ts';
import type { Analysis } from './analysis.ts';
import type { VisibleFunc } from './callee.ts';
import { type GivenUnlock, givingReturns } from './given-unlocks.ts';
import { nodesOfKind } from './node-index.ts';
import { onlyValue } from './only-value.ts';
import { enclosingFunc, inLoop } from './parents.ts';
import { perPackage } from './per-package.ts';
import { isSemaphore } from './slot-pairs.ts';
import type { DeclUnit } from './unit.ts';
import { find, unparen } from './walk.ts';

const TAKES = /([\w.]+) <- (?:struct\{\}\{\}|true|false|\d+)/g;

/** The methods of a package that may do so, by type and name, with their channels, told from their text. They depend on bodies. */
const givers = perPackage((pkg): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const file of pkg.files) {
    if (file.isTest || !file.text.includes('<-')) continue;
    for (const d of file.outline.decls) {
      const [name] = d.names;
      if (d.tok !== 'func' || d.body < 0 || d.recv === undefined || name === undefined) continue;
      if (!/\bfunc\(\)/.test(readResults(file.textOf({ base: d.base, end: d.body })))) continue;
      const body = file.text.slice(d.body, d.end);
      const [taken, ...more] = [...body.matchAll(TAKES)].map(([, channel = '']) => channel);
      if (taken === undefined || more.length > 0 || !body.includes(`<-${taken}`)) continue;
      if (isSemaphore(pkg, taken, [name])) found.set(`${d.recv}.${name}`, taken);
    }
  }
  return found;
});

/** Names of methods of a package that may do so. They depend on bodies. */
export const slotGivers = perPackage(
  (pkg): ReadonlySet<string> => new Set([...givers(pkg).keys()].map((key) => key.slice(key.indexOf('.') + 1))),
);

/** What a function that takes a slot gives its caller to give it back, on every way on which it has taken one. */
export function givenSlot(analysis: Analysis, { unit, decl }: VisibleFunc): GivenUnlock | undefined {
  const channel = givers(unit.pkg).get(`${unit.declaration.recv}.${decl.name.name}`);
  if (channel === undefined || unit.hasError || nodesOfKind(decl, 'DeferStmt').length > 0) return undefined;
  const parents = analysis.parents(unit);
  const taken = nodesOfKind(decl, 'SendStmt').find((s) => unit.text(s.chan) === channel);
  const path = taken && accessPath(taken.chan);
  if (!path || enclosingFunc(parents, taken) !== decl || inLoop(parents, taken)) return undefined;
  const giving = givingReturns(analysis, { unit, decl });
  if (!giving) return undefined;
  const { result, error, given } = giving;
  return given.every((r) => givesBack(unit, r, result, taken)) ? { result, lock: taken, path, ...error } : undefined;
}

/** True where a `return` behind the taking gives a literal that gives the slot back. */
function givesBack(unit: DeclUnit, r: ReturnStmt, result: number, taken: SendStmt): boolean {
  const literal = literalOf(r.results[result]);
  if (!literal || r.start < taken.start || find(literal, (n) => n.kind === 'GoStmt')) return false;
  const channel = unit.text(taken.chan);
  return find(literal, (n) => n.kind === 'UnaryExpr' && n.op === '<-' && unit.text(n.x) === channel) !== undefined;
}

/** A literal that is written down in a `return`, or kept in a variable for it; `sync.OnceFunc` around it changes nothing. */
function literalOf(x: Expr | undefined): FuncLit | undefined {
  const value = x && unparen(x);
  if (value?.kind === 'FuncLit') return value;
  if (value?.kind === 'CallExpr') return value.args.length === 1 ? literalOf(value.args[0]) : undefined;
  return value?.kind === 'Ident' && value.obj ? literalOf(onlyValue(value.obj)) : undefined;
}
