/**
 * What a client of a type does with it: makes one, starts it, calls a method. Exploring that shows leaks of goroutines that
 * belong to a value, which no single method shows.
 */
import { endsValue } from '../../golang/ending-methods.ts';
import { isExported } from '../../golang/exported.ts';
import type { NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { FuncDecl } from '../../syntax/ast.ts';
import { clientCode, type Step } from './client-code.ts';
import { isWritten, makersOf, type Method, receiverOf } from './client-methods.ts';
import type { Code } from './instructions.ts';
import { givesBack, leaves, lends, takersBack } from './lending.ts';
import type { Model } from './model.ts';
import type { Call, Clientele } from './outside-help.ts';
import { Scenarios } from './scenarios.ts';

const MAX_CLIENTS = 16;

/** What a client does. */
export interface Client extends Clientele {
  code: Code;
  /** It closes the value before it calls the method: it should not, but goroutines that share a value often do. */
  closesFirst: boolean;
  /** It calls the method on two goroutines at once. */
  atOnce: boolean;
  /** It calls the method again when it has been served. */
  comesAgain: boolean;
  /** A method that goes round runs on a goroutine of its own. */
  runs: boolean;
  /** The type of the value, when the last thing that it does ends that: nobody calls its methods then. */
  ends?: NamedType;
}

/** Programs that end with a call of the method. */
export function clients(model: Model, unit: DeclUnit, decl: FuncDecl): Client[] {
  const { analysis } = model;
  const { pkg } = unit;
  const last: Method = { unit, decl };
  const owner = receiverOf(analysis, last);
  // What nobody outside can call is called by what is explored anyway.
  if (owner?.kind !== 'named' || !isExported(decl.name.name)) return [];
  const type = owner.name;
  const makers = makersOf(analysis, pkg, type);
  if (makers.length === 0 && (owner.args.length > 0 || !isWritten(pkg, type))) return [];
  const scenarios = new Scenarios(analysis, type, last, makers);
  const found: Client[] = [];
  const ways = (makers.length > 0 ? makers : [undefined]).map((maker) =>
    scenarios.of(maker).map((s) => ({ maker, ...s })),
  );
  // The first ones of each way to get a value tell most.
  for (let n = 0; ways.some((way) => n < way.length); n++)
    for (const { maker, steps, closesFirst = false, comesAgain = false, companion, idle = [] } of ways.flatMap(
      (way) => way[n] ?? [],
    )) {
      const code = found.length < MAX_CLIENTS ? clientCode(model, owner, maker, steps, companion) : undefined;
      if (!code) continue;
      const other = companion && 'decl' in companion.maker ? companion.maker : undefined;
      const made = [maker, other].flatMap((m) => (m && !m.decl.recv ? [m.decl] : []));
      found.push({
        code,
        closesFirst,
        comesAgain,
        atOnce: steps.some((s) => s.apart === 'too'),
        runs: steps.some((s) => s.goesRound),
        calls: steps.filter((s) => s.of !== 'function').map(callOf),
        idle: [
          ...made,
          ...idle.map((m) => m.decl),
          // What comes from another value may be given back itself, whether a call has failed or not.
          ...(steps[0]?.must === 'fail' && !maker?.carrier ? takersBack(analysis, pkg, type) : []),
        ],
        ends: endsValue(decl) ? owner : undefined,
        endsForAll: endsValue(decl) && !lends(analysis, pkg, type),
      });
    }
  return found;
}

function callOf({ decl, unit, of, goesRound }: Step): Call {
  const endsGiven = of === 'given' && (endsValue(decl) || givesBack({ unit, decl }) || leaves({ unit, decl }));
  return { decl, isOnce: goesRound === true || endsGiven || endsValue(decl), endsGiven };
}
