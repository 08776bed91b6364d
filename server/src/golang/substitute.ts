/** Generic types: replacing type parameters, and inferring them from arguments in the simple cases. */
import { spend } from './effort.ts';
import { defaultType, isUntyped, type Type, UNKNOWN } from './types.ts';

/** `type` with each type parameter of `names` replaced by the argument at its index; missing arguments become unknown. */
export function substitute(type: Type, names: readonly string[], args: readonly Type[]): Type {
  if (names.length === 0) return type;
  spend();
  const sub = (t: Type): Type => substitute(t, names, args);
  switch (type.kind) {
    case 'typeparam': {
      const i = names.indexOf(type.name);
      return i < 0 ? type : (args[i] ?? UNKNOWN);
    }
    case 'pointer':
    case 'slice':
    case 'array':
    case 'chan':
      return { ...type, elem: sub(type.elem) };
    case 'map':
      return { ...type, key: sub(type.key), elem: sub(type.elem) };
    case 'named':
      return type.args.length ? { ...type, args: type.args.map(sub) } : type;
    case 'func':
      return { ...type, params: type.params.map(sub), results: type.results.map(sub) };
    case 'tuple':
      return { ...type, elems: type.elems.map(sub) };
    default:
      return type;
  }
}

/**
 * Type arguments by structural matching of parameter types against argument types, and of what those are made of against the
 * cores of constraints; unknown where nothing matches.
 */
export function inferTypeArgs(
  names: readonly string[],
  params: readonly Type[],
  args: readonly Type[],
  core: { types: ReadonlyMap<string, Type>; underlying: (t: Type) => Type } | undefined,
): Type[] {
  const found = new Map<string, Type>();
  // Untyped constants count only where no typed argument tells.
  for (const untyped of [false, true])
    for (let i = 0; i < args.length; i++) {
      let p = params[Math.min(i, params.length - 1)];
      const a = args[i];
      if (!p || !a || isUntyped(a) !== untyped) continue;
      if (i >= params.length - 1 && p.kind === 'slice' && a.kind !== 'slice') p = p.elem;
      match(p, defaultType(a), found);
    }
  for (const [name, type] of core?.types ?? []) {
    const arg = found.get(name);
    if (arg) match(type, core?.underlying(arg) ?? arg, found);
  }
  return names.map((n) => found.get(n) ?? UNKNOWN);
}

function match(param: Type, arg: Type, found: Map<string, Type>): void {
  if (arg.kind === 'unknown' || (arg.kind === 'basic' && arg.name === 'nil')) return;
  if (param.kind === 'typeparam') {
    if (!found.has(param.name)) found.set(param.name, arg);
    return;
  }
  switch (param.kind) {
    case 'pointer':
    case 'slice':
    case 'array':
    case 'chan':
      if (arg.kind === param.kind) match(param.elem, arg.elem, found);
      return;
    case 'map':
      if (arg.kind === 'map') {
        match(param.key, arg.key, found);
        match(param.elem, arg.elem, found);
      }
      return;
    case 'named':
      if (arg.kind === 'named') param.args.forEach((p, i) => arg.args[i] && match(p, arg.args[i], found));
      return;
    case 'func':
      if (arg.kind === 'func') {
        param.params.forEach((p, i) => arg.params[i] && match(p, arg.params[i], found));
        param.results.forEach((p, i) => arg.results[i] && match(p, arg.results[i], found));
      }
      return;
    default:
      return;
  }
}
