/** How a struct releases what a function of the package has put into it. */
import { endsValue } from '../golang/ending-methods.ts';
import { isExported } from '../golang/exported.ts';
import type { Acquires } from '../golang/api/facts.ts';
import { type Acquisition, releaseSpec } from '../golang/resources.ts';
import { deref, isNamed, type Type } from '../golang/types.ts';
import type { RuleContext } from './context.ts';

/**
 * The statement that releases what a variable of that name holds: a method of the struct that needs no arguments, else that of the
 * field itself where it can be written down.
 * @param method of the field
 */
export function carriedRelease(
  { analysis, unit }: RuleContext,
  a: Acquisition,
  method: string,
): ((name: string) => string) | undefined {
  return releaseOf({ analysis, unit }, analysis.types.valuesOf(unit, a.call)[a.acquires.result], a.acquires, method);
}

/** How a struct in a variable of that name is spoken of: by the field that holds what is to be released, where the package can name that. */
export function carriedName({ analysis, unit }: RuleContext, { call, acquires }: Acquisition, name: string): string {
  const { result, via = '' } = acquires;
  const type = analysis.types.valuesOf(unit, call)[result];
  const named = type && deref(type);
  const isHidden = named?.kind === 'named' && named.pkg !== unit.pkg.path && !isExported(via);
  return isHidden ? name : `${name}.${via}`;
}

/** The same for a value of a type that holds what is acquired in one of its fields. */
export function releaseOf(
  { analysis, unit }: Pick<RuleContext, 'analysis' | 'unit'>,
  type: Type | undefined,
  acquires: Acquires,
  method: string,
): ((name: string) => string) | undefined {
  const { via = '' } = acquires;
  const named = type && deref(type);
  const pkg = named?.kind === 'named' ? analysis.program.package(named.pkg) : undefined;
  if (named?.kind !== 'named' || !pkg || pkg.isStub) return undefined;
  const isOther = pkg !== unit.pkg;
  const own = [...pkg.methods(named.name)].flatMap(([name, member]) => {
    if (isOther && !isExported(name)) return [];
    const at = pkg.unit(member);
    if (at.hasError || at.decl.kind !== 'FuncDecl' || at.decl.type.params.length > 0) return [];
    const releases = analysis.summaries.receiver({ unit: at, decl: at.decl }, releaseSpec(acquires)) === 'release';
    return releases ? [{ name, isEnd: endsValue(at.decl) }] : [];
  });
  const best = own.find(({ isEnd }) => isEnd) ?? own[0];
  if (best) return (name) => `${name}.${best.name}()`;
  const field = analysis.types.members.find(named, via);
  if (isOther && !isExported(via)) return undefined;
  if (method === '()') {
    const takesCause = field !== undefined && isNamed(field.type, 'context', 'CancelCauseFunc');
    return (name) => `${name}.${via}(${takesCause ? 'nil' : ''})`;
  }
  const found = field && analysis.types.members.find(field.type, method);
  if (found?.type.kind !== 'func' || found.type.params.length > 0) return undefined;
  return (name) => `${name}.${via}.${method}()`;
}
