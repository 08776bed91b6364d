/** Methods of a type that somebody may call at any time, as far as the fields of a condition are concerned. */
import { type RunContext, runContexts } from '../../concurrency/locks/run-contexts.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { type Mention, mentionsOf } from '../../golang/callers.ts';
import { endsValue } from '../../golang/constructors.ts';
import { isExported } from '../../golang/exported.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc, inLoop } from '../../golang/parents.ts';
import { type Runner } from '../../golang/small-runs.ts';
import { type Method, methodOf } from '../../golang/small-values.ts';
import { deref, type NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { calledName } from '../../golang/walk.ts';
import type { CallExpr, FuncNode, Node } from '../../syntax/ast.ts';

/** A method that others start. */
export interface Entry {
  method: Method;
  /** A goroutine of which there is one for each value. */
  once: boolean;
}

/** Calls that are followed to a lock, and callers to methods around. */
const MAX_DEPTH = 2;

/**
 * Methods that take the lock, themselves or in a call, and that other packages call or the package does outside of such methods. Left out is what one
 * goroutine calls in turn with others and may wait in: how it stands when that goroutine waits follows from an order that is not known here.
 */
export function entriesOf(analysis: Analysis, runner: Runner, owner: NamedType, naming: Iterable<DeclUnit>): Entry[] {
  const units = new Set<DeclUnit>();
  const add = (unit: DeclUnit, depth: number): void => {
    if (units.has(unit) || unit.file.isTest || unit.hasError || !isMethodOf(analysis, unit, owner)) return;
    units.add(unit);
    if (depth > 0 && unit.decl.kind === 'FuncDecl')
      for (const m of mentionsOf(analysis, unit, unit.decl)) add(m.unit, depth - 1);
  };
  for (const unit of naming) add(unit, MAX_DEPTH);
  const methods = [...units]
    .flatMap((unit) => methodOf(unit) ?? [])
    .filter((m) => calls(analysis, m.unit, /^Lock$/, MAX_DEPTH, (inner) => runner.touches(inner)));
  const outside = new Map(methods.map((m) => [m, mentionsOutside(analysis, m, units)]));
  const together = new Map<FuncNode, { method: Method; call: CallExpr }[]>();
  for (const [method, mentions] of outside)
    for (const m of mentions) {
      const func = callerOf(analysis, m);
      if (func && m.call) together.set(func, [...(together.get(func) ?? []), { method, call: m.call }]);
    }
  const isFree = (method: Method, m: Mention): boolean => {
    const { call, unit } = m;
    const func = callerOf(analysis, m);
    if (!call || !func) return false;
    const others = together.get(func)?.filter((o) => o.method !== method) ?? [];
    if (others.length === 0 || !calls(analysis, method.unit, /^Wait$/, MAX_DEPTH)) return true;
    if (runContexts(analysis, unit, call).some((c) => c.kind === 'any')) return true;
    // The last thing that a goroutine does with the value before it ends it.
    const isBefore = (o: (typeof others)[number]): boolean =>
      o.call.start < call.start || endsValue(o.method.decl.name.name);
    return !inLoop(analysis.parents(unit), call) && others.every(isBefore);
  };
  return methods.flatMap((method) => {
    if (isOpen(analysis, owner, method)) return [{ method, once: false }];
    const mentions = outside.get(method) ?? [];
    const isCalled = mentions.some((m) => isFree(method, m));
    if (!isCalled && !mentions.some((m) => isGo(analysis, m))) return [];
    const contexts = contextsOf(analysis, owner, method, method.decl.body ?? method.decl);
    return [{ method, once: !isCalled && contexts.length === 1 && contexts[0]?.kind !== 'any' }];
  });
}

/** The goroutines on which a place in a method can run: of a type that no other package names, those of its callers. */
export function contextsOf(analysis: Analysis, owner: NamedType, method: Method, node: Node): RunContext[] {
  const { unit, decl } = method;
  if (isOpen(analysis, owner, method) || !isExported(decl.name.name)) return runContexts(analysis, unit, node);
  return callsOutsideTests(analysis, method).flatMap((m): RunContext[] => {
    const stmt = m.call && analysis.parents(m.unit).get(m.call);
    if (!m.call || !stmt) return [{ kind: 'any' }];
    if (stmt.kind !== 'GoStmt') return runContexts(analysis, m.unit, m.call);
    return [inLoop(analysis.parents(m.unit), stmt) ? { kind: 'any' } : { kind: 'launch', unit: m.unit, node: stmt }];
  });
}

/** True for a method that other packages can call, or that nobody calls yet. */
function isOpen(analysis: Analysis, owner: NamedType, method: Method): boolean {
  const { unit, decl } = method;
  if (!isExported(decl.name.name) || unit.pkg.name === 'main') return false;
  return isExported(owner.name) || callsOutsideTests(analysis, method).length === 0;
}

function callsOutsideTests(analysis: Analysis, { unit, decl }: Method): Mention[] {
  return mentionsOf(analysis, unit, decl).filter((m) => !m.unit.file.isTest);
}

/** Calls of a method by functions that are not among the given methods, and `go` statements anywhere. */
function mentionsOutside(analysis: Analysis, method: Method, units: ReadonlySet<DeclUnit>): Mention[] {
  return callsOutsideTests(analysis, method).filter((m) => !units.has(m.unit) || isGo(analysis, m));
}

function isGo(analysis: Analysis, { unit, call }: Mention): boolean {
  return call !== undefined && analysis.parents(unit).get(call)?.kind === 'GoStmt';
}

/** The function that waits for a call to end. */
function callerOf(analysis: Analysis, mention: Mention): FuncNode | undefined {
  const { unit, call } = mention;
  return call && !isGo(analysis, mention) ? enclosingFunc(analysis.parents(unit), call) : undefined;
}

/** True for a function that calls something of that name, itself or in functions that it calls. */
export function calls(
  analysis: Analysis,
  unit: DeclUnit,
  name: RegExp,
  depth: number,
  follow: (inner: DeclUnit) => boolean = () => true,
): boolean {
  return nodesOfKind(unit.decl, 'CallExpr').some((call) => {
    if (name.test(calledName(call))) return true;
    const visible = depth > 0 ? analysis.callee(unit, call).visible : undefined;
    return visible !== undefined && follow(visible.unit) && calls(analysis, visible.unit, name, depth - 1, follow);
  });
}

function isMethodOf(analysis: Analysis, unit: DeclUnit, owner: NamedType): boolean {
  const type = unit.decl.kind === 'FuncDecl' ? unit.decl.recv?.type : undefined;
  const of = type && deref(analysis.types.resolve(unit, type));
  return of?.kind === 'named' && of.name === owner.name && of.pkg === owner.pkg;
}
