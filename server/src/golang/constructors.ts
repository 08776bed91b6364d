/** Functions that make a value of a type of their package, and whether somebody can end what it has started. */
import type { Expr, FuncDecl } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { deref, isContext, type NamedType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { flattenFields } from './walk.ts';

/** The type of the package that a function makes: its first result. */
export function madeBy(analysis: Analysis, unit: DeclUnit, { type }: FuncDecl): NamedType | undefined {
  const first = type.results[0]?.type;
  const made = first && deref(analysis.types.resolve(unit, first));
  return made?.kind === 'named' && made.pkg === unit.pkg.path ? made : undefined;
}

/** True for a constructor that gets something by which its caller ends the goroutine, or returns such a function. */
export function isEndedByCaller(analysis: Analysis, unit: DeclUnit, { type }: FuncDecl): boolean {
  const isEnd = (t: Expr): boolean => {
    const resolved = analysis.types.resolve(unit, t);
    return isContext(resolved) || ['chan', 'func'].includes(analysis.types.underlying(resolved).kind);
  };
  return [...flattenFields(type.params), ...type.results].some((p) => isEnd(p.type));
}

/** True for a constructor that gets a context or a channel, with which its caller may end what it starts. */
export function takesSignal(analysis: Analysis, unit: DeclUnit, { type }: FuncDecl): boolean {
  return flattenFields(type.params).some((p) => {
    const resolved = analysis.types.resolve(unit, p.type);
    return isContext(resolved) || analysis.types.underlying(resolved).kind === 'chan';
  });
}

/** Names of methods that end what a value has started, with whatever comes after: `Close`, `StopAll`, `shutdown`. */
const ENDS =
  /^(?:close|stop|shut|graceful|cancel|quit|exit|end|finish|terminate|kill|release|dispose|destroy|disconnect|halt|abort|drain|free|unsubscribe|unregister|cleanup|wait|done)/i;
/** True for the name of such a method. */
export function endsValue(name: string): boolean {
  return ENDS.test(name);
}

const END_METHODS = [
  'Close',
  'Stop',
  'Shutdown',
  'GracefulStop',
  'Cancel',
  'Quit',
  'Release',
  'Destroy',
  'Terminate',
  'Done',
  'Wait',
];

/** True for a type with a method, its own or of something it embeds, that ends what its values have started. */
export function hasEnd(analysis: Analysis, unit: DeclUnit, made: NamedType): boolean {
  if ([...unit.pkg.methods(made.name).keys()].some(endsValue)) return true;
  return END_METHODS.some((name) => analysis.types.members.find(made, name)?.kind === 'method');
}
