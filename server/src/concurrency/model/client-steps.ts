/** The methods that clients call, and how. */
import type { Analysis } from '../../golang/analysis.ts';
import type { GoPackage } from '../../golang/package.ts';
import { isErrorType } from '../../golang/types.ts';
import type { Step } from './client-code.ts';
import { exportedMethods, type Method, ownTarget } from './client-methods.ts';
import { callsWaiting, isSmall, methodText, textMayWait } from './entries.ts';
import { exchanges, setsFlag, waitsForOthers } from './method-shapes.ts';

/** The methods of what a method is given, without parameters, that set a flag and do not wait. */
export function flagsOfArguments(analysis: Analysis, { unit, decl }: Method): Method[] {
  const owners = analysis.types.signature(unit, decl.type).params.flatMap((t) => ownTarget(unit.pkg, t) ?? []);
  return owners.flatMap((owner) =>
    exportedMethods(unit.pkg, owner, (m) => {
      const text = methodText(unit.pkg, m, owner);
      return setsFlag(text) && !waitsForOthers(text);
    }).filter((m) => m.decl.type.params.length === 0),
  );
}

/** A call on a goroutine of its own. */
export function alone(method: Step): Step {
  return { ...method, apart: 'only' };
}

/** True for a method whose last result is an error. */
export function mayFail({ types }: Analysis, { unit, decl }: Method): boolean {
  const last = types.signature(unit, decl.type).results.at(-1);
  return last !== undefined && isErrorType(last);
}

export function callsAny(text: string, names: readonly string[]): boolean {
  return names.some((name) => text.includes(`.${name}(`));
}

/** True for the text of a method that calls one which a type has that takes a lock or waits, by name. */
export function callsMethodsOf(pkg: GoPackage, text: string, type: string): boolean {
  return [...pkg.methods(type)].some(
    ([name, m]) => callsAny(text, [name]) && textMayWait(m.file.textOf(m.declaration)),
  );
}

/** The exported methods of a type that wait, or call something of the package that does. */
export function usersOf(pkg: GoPackage, type: string): Method[] {
  if (!isSmall(pkg)) return [];
  return exportedMethods(pkg, type, (m) => exchanges(methodText(pkg, m, type)) || callsWaiting(pkg, m));
}
