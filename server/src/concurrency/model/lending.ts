/** Types whose methods give something out that is to be given back. */
import type { Analysis } from '../../golang/analysis.ts';
import { endsValue } from '../../golang/ending-methods.ts';
import type { GoPackage } from '../../golang/package.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { flattenFields } from '../../golang/walk.ts';
import type { Expr, FuncDecl } from '../../syntax/ast.ts';
import type { Step } from './client-code.ts';
import { exportedMembers, exportedMethods, type Method, ownTarget, paramNames } from './client-methods.ts';
import { isSmall, methodText } from './entries.ts';
import { closes, takesAway, waitsForOthers } from './method-shapes.ts';

/**
 * Calls of a method that gives something which is to be given back: before another call it is, as it came and after somebody has used it.
 */
export function returning(analysis: Analysis, get: Method): Step[][] {
  const { pkg } = get.unit;
  const [result] = get.decl.type.results;
  const owner = result && ownPointer(analysis, get.unit, result.type);
  if (owner === undefined || !isSmall(pkg)) return [];
  const methods = exportedMethods(pkg, owner, () => true);
  const use = methods.find((m) => !givesBack(m));
  return methods
    .filter(givesBack)
    .slice(0, MAX_BACK)
    .flatMap((back, n): Step[][] => {
      const end: Step = { ...back, of: 'given' };
      return [[get, end, get], ...(use && n === 0 ? [[get, { ...use, of: 'given' } as Step, end, get]] : [])];
    });
}

/** Methods that give something back, of one type. */
const MAX_BACK = 2;

/** The methods of a type that give a value of another one, each with a method by which who has that waits. */
export function usesOfGiven(analysis: Analysis, pkg: GoPackage, type: string): [get: Method, use: Method][] {
  return withMethodOfGiven(analysis, pkg, type, waitsForOthers, (m) => !endsValue(m.decl) && !givesBack(m));
}

/** The same, each with a method by which who has that gives it back or ends it, and closes something. */
export function endsOfGiven(analysis: Analysis, pkg: GoPackage, type: string): [get: Method, back: Method][] {
  return withMethodOfGiven(analysis, pkg, type, closes, (m) => endsValue(m.decl) || givesBack(m) || leaves(m));
}

/** The methods of a type that give a value of another one, and those that take one and take it away: who has it leaves. */
export function leavings(
  analysis: Analysis,
  pkg: GoPackage,
  type: string,
): { get: Method; leave: Method; given: string }[] {
  const methods = exportedMethods(pkg, type, () => true);
  return methods.flatMap((get) => {
    const [result] = get.decl.type.results;
    const given = result && ownPointer(analysis, get.unit, result.type);
    const leave = methods.find(
      (m) =>
        m.decl !== get.decl &&
        m.decl.type.params.some((p) => ownPointer(analysis, m.unit, p.type) === given) &&
        takesAway(methodText(pkg, m.unit, type)),
    );
    return given !== undefined && leave ? [{ get, leave, given }] : [];
  });
}

/** The methods of a type that give a value of another one, each with the first exported method of that for which two things hold. */
function withMethodOfGiven(
  analysis: Analysis,
  pkg: GoPackage,
  type: string,
  does: (text: string) => boolean,
  is: (method: Method) => boolean,
): [get: Method, of: Method][] {
  return exportedMethods(pkg, type, () => true).flatMap((get): [Method, Method][] => {
    const [result] = get.decl.type.results;
    const given = result && ownPointer(analysis, get.unit, result.type);
    if (given === undefined || given === type) return [];
    const found = exportedMethods(pkg, given, (m) => does(methodText(pkg, m, given))).find(is);
    return found ? [[get, found]] : [];
  });
}

/** True for a type with methods that take back what others of its methods give out: those who have that may come after the end. */
export function lends(analysis: Analysis, pkg: GoPackage, type: string): boolean {
  // Headers tell: the bodies need not be parsed for it.
  const headers = [...exportedMembers(pkg, type)].flatMap((member): Method[] => {
    const unit = pkg.header(member);
    return unit.decl.kind === 'FuncDecl' ? [{ unit, decl: unit.decl }] : [];
  });
  const given = headers.flatMap(({ unit, decl }) =>
    decl.type.results.flatMap((r) => ownPointer(analysis, unit, r.type) ?? []),
  );
  const isReturned = (name: string): boolean =>
    name !== type && [...pkg.methods(name)].some(([m]) => GIVES_BACK.test(m));
  return given.some(isReturned) || takersIn(analysis, headers).length > 0;
}

/** The methods of such a type that take something back. */
export function takersBack(analysis: Analysis, pkg: GoPackage, type: string): FuncDecl[] {
  return takersIn(
    analysis,
    exportedMethods(pkg, type, () => true),
  ).map((m) => m.decl);
}

function takersIn(analysis: Analysis, methods: readonly Method[]): Method[] {
  const given = new Set(
    methods.flatMap(({ unit, decl }) => decl.type.results.flatMap((r) => ownPointer(analysis, unit, r.type) ?? [])),
  );
  return methods.filter(
    ({ unit, decl }) =>
      decl.type.params.some((p) => given.has(ownPointer(analysis, unit, p.type) ?? '')) ||
      (givesBack({ unit, decl }) && !endsValue(decl) && decl.type.results.length === 0),
  );
}

/** The method by which a caller gives back what another one has let it have: it is given no more than that was given, or what that gave. */
export function backOf(get: Method, type: string): Method | undefined {
  const given = new Set(paramNames(get.decl));
  const [got] = get.decl.type.results;
  const isGot = ({ unit, decl: { type: t } }: Method): boolean => {
    const [param, ...others] = flattenFields(t.params);
    return others.length === 0 && !!got && !!param && unit.text(param.type) === get.unit.text(got.type);
  };
  return exportedMethods(get.unit.pkg, type, () => true).find(
    (m) =>
      LETS_GO.test(m.decl.name.name) &&
      m.decl.type.results.length === 0 &&
      (paramNames(m.decl).every((name) => given.has(name)) || isGot(m)),
  );
}

const LETS_GO = /^(?:Release|Leave|Free|Return|Done|Put|Exit|Give|Unlock)/;

function ownPointer({ types }: Analysis, unit: DeclUnit, type: Expr): string | undefined {
  return ownTarget(unit.pkg, types.resolve(unit, type));
}

/** True for a method without parameters by which a value is given back, as its name says. */
export function givesBack({ decl: { name, type } }: Method): boolean {
  return type.params.length === 0 && GIVES_BACK.test(name.name);
}

/** True for a method without parameters by which who has a value leaves those who have the others. */
export function leaves({ decl: { name, type } }: Method): boolean {
  return type.params.length === 0 && /^(?:Cancel|Unsubscribe|Unfollow|Detach|Unregister)$/.test(name.name);
}

const GIVES_BACK = /^(?:Close|Release|Free|Return|Done|Put|Discard|Leave)$/;
