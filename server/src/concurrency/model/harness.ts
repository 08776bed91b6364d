/**
 * What a client of a type does with it: makes one, starts it, calls a method. Exploring that shows leaks of goroutines that
 * belong to a value, which no single method shows.
 */
import type { Analysis } from '../../golang/analysis.ts';
import { endsValue } from '../../golang/ending-methods.ts';
import { isExported } from '../../golang/exported.ts';
import type { GoPackage, PackageMember } from '../../golang/package.ts';
import { noteDeclaration } from '../../golang/reads.ts';
import { STARTS } from '../../golang/replaced-fields.ts';
import type { TypeInfo } from '../../golang/type-info.ts';
import type { NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { FuncDecl } from '../../syntax/ast.ts';
import { clientCode, type Step } from './client-code.ts';
import { exportedMethods, makersOf, type Method, receiverOf } from './client-methods.ts';
import { callsWaiting, isSmall, mayStartGoroutines, methodText, textMayWait, textStartsGoroutines } from './entries.ts';
import type { Code } from './instructions.ts';
import type { Model } from './model.ts';
import type { Call } from './outside-help.ts';

const MAX_CLIENTS = 8;
/** Methods of which one is called before the value is ended. */
const MAX_USERS = 2;

/** What a client does. */
export interface Client {
  code: Code;
  /** It closes the value before it calls the method: it should not, but goroutines that share a value often do. */
  closesFirst: boolean;
  /** It calls the method on two goroutines at once. */
  atOnce: boolean;
  /** One of the functions that it calls gives it a function, which may do anything. */
  givesFunctions: boolean;
  /** A method runs on a goroutine of its own. */
  runs: boolean;
  /** The methods that it calls. */
  calls: readonly Call[];
  /** The type of the value, when the last thing that it does ends that: nobody calls its methods then. */
  ends?: NamedType;
}

/**
 * Programs that end with a call of the method, each after a constructor and perhaps another method: one that starts goroutines, one that
 * goes round, one that closes, or, before the end, one that uses the value.
 */
export function clients(model: Model, unit: DeclUnit, decl: FuncDecl): Client[] {
  const { analysis } = model;
  const { pkg } = unit;
  const last: Method = { unit, decl };
  const owner = receiverOf(analysis, last);
  // What nobody outside can call is called by what is explored anyway.
  if (owner?.kind !== 'named' || !isExported(decl.name.name)) return [];
  const type = owner.name;
  const makers = makersOf(analysis, pkg, type);
  if (makers.length === 0 && (owner.args.length > 0 || !isExported(type) || isMadeInside(pkg, type))) return [];
  const found: Client[] = [];
  const textOf = (member: PackageMember): string => methodText(pkg, member, type);
  const methods = (is: (text: string) => boolean, count: number): Method[] =>
    exportedMethods(pkg, type, (m) => is(textOf(m)))
      .slice(0, count)
      .filter((m) => m.decl !== decl);
  const text = textOf(unit);
  const waits = makers.length > 0 && textMayWait(text);
  const own = textStartsGoroutines(text);
  const ends = endsValue(decl);
  const starters = methods(textStartsGoroutines, 3);
  const runners = waits ? methods((t) => RUNS.test(t), 1) : [];
  const closing = waits ? methods((t) => CLOSES.test(t), 1) : [];
  const users = waits && ends ? methods((t) => WAITS.test(t), 4).filter((m) => !endsValue(m.decl)) : [];
  for (const maker of makers.length > 0 ? makers : [undefined]) {
    const push = (steps: readonly Step[], closesFirst = false): void => {
      const code = clientCode(model, owner, maker, steps);
      const givesFunctions = (maker ? [maker, ...steps] : steps).some((m) => givesFunction(analysis.types, m));
      const runs = steps.some((s) => s.apart === 'only' && s.of !== 'carrier');
      const atOnce = steps.some((s) => s.apart === 'too');
      const calls = steps.map((s) => ({ decl: s.decl, isOnce: s.apart === 'only' || endsValue(s.decl) }));
      if (code) found.push({ code, closesFirst, atOnce, givesFunctions, runs, calls, ends: ends ? owner : undefined });
    };
    const starts = maker ? textStartsGoroutines(textOf(maker.unit)) : false;
    if (starts || own || makers.length === 0) push([last]);
    for (const s of starters) push([{ ...s, mustSucceed: true }, last]);
    if (sendsUnderLock(text)) for (const s of starters) push([{ ...s, mustSucceed: true }, last, last]);
    for (const r of runners) push([{ ...r, apart: 'only' }, last]);
    // Nobody is to start twice what has not been stopped.
    const again = mayStartGoroutines(unit) && !STARTS.test(decl.name.name);
    if (again || (starts && sendsUnderLock(text))) push([last, last]);
    if (maker && mayAnswerLater(unit.file.textOf(unit.declaration))) push([{ ...last, apart: 'too' }]);
    // What has to be started first is of no use before.
    const before = starts ? [] : starters.slice(0, 1).map((s) => ({ ...s, mustSucceed: true }));
    if (starts || starters.length > 0 || runners.length === 0)
      for (const u of users.filter((m) => !starters.includes(m)).slice(0, MAX_USERS)) push([...before, u, last]);
    if (waits && WAITS.test(text)) for (const steps of returning(analysis, last)) push(steps);
    const carrier = maker?.carrier && ends ? receiverOf(analysis, maker) : undefined;
    if (carrier?.kind === 'named')
      for (const u of usersOf(pkg, carrier.name)
        .filter((m) => m.decl !== maker?.decl)
        .slice(0, 1))
        push([{ ...u, of: 'carrier', apart: 'only' }, last]);
    // What is called after the value was closed, by somebody who does not know; who only waits for the end is to come after that.
    for (const c of closing) push([c, last], !onlyJoins(text));
  }
  return found.slice(0, MAX_CLIENTS);
}

/** The exported methods of a type that wait, or call something of the package that does. */
function usersOf(pkg: GoPackage, type: string): Method[] {
  if (!isSmall(pkg)) return [];
  return exportedMethods(pkg, type, (m) => WAITS.test(methodText(pkg, m, type)) || callsWaiting(pkg, m));
}

/**
 * Calls of a method that gives something which is to be given back: before another call it is, as it came and after somebody has used it.
 */
function returning(analysis: Analysis, get: Method): Step[][] {
  const { pkg } = get.unit;
  const [result] = get.decl.type.results;
  const given = result && analysis.types.resolve(get.unit, result.type);
  const owner = given?.kind === 'pointer' ? given.elem : undefined;
  if (owner?.kind !== 'named' || owner.pkg !== pkg.path || owner.args.length > 0 || !isSmall(pkg)) return [];
  const methods = exportedMethods(pkg, owner.name, () => true);
  const back = methods.find(givesBack);
  if (!back) return [];
  const use = methods.find((m) => !givesBack(m));
  const end: Step = { ...back, of: 'given' };
  return [[get, end, get], ...(use ? [[get, { ...use, of: 'given' } as Step, end, get]] : [])];
}

/** True for a method without parameters by which a value is given back, as its name says. */
function givesBack({ decl: { name, type } }: Method): boolean {
  return type.params.length === 0 && /^(?:Close|Release|Free|Return|Done|Put|Discard)$/.test(name.name);
}

/** True for a method that does no more than to wait until goroutines have ended. */
function onlyJoins(text: string): boolean {
  return /\.Wait\(\)/.test(text) && !/<-|Lock\(|\bclose\(/.test(text);
}

/** True for a method that sends with a lock held: the second call may meet a receiver that is still busy with what the first one has sent. */
function sendsUnderLock(text: string): boolean {
  return SENDS_UNDER_LOCK.test(text);
}

/** Between the two nothing lets go of the lock but what is deferred, or leaves at once. */
const SENDS_UNDER_LOCK =
  /\.R?Lock\(\)\n(?:(?!(?:(?!defer ).)*\.R?Unlock\(\)\n(?!\s*(?:return|continue|break)\b)).*\n)*?.*[\w)\]] <- /;

function givesFunction(types: TypeInfo, { unit, decl }: Method): boolean {
  return decl.type.results.some((r) => types.underlying(types.resolve(unit, r.type)).kind === 'func');
}

/** True for a method that may wait, under a lock or after it, for what another call of it does: those who ask for the same share an answer. */
function mayAnswerLater(text: string): boolean {
  return ANSWERS.every((word) => word.test(text));
}

const ANSWERS = [/\.R?Lock\(/, /<-|\.Wait\(/, /\bmake\(chan\b|&\w+\{|\bnew\(|\.Add\(/];

/** True when code of the package makes values of a type with fields set, so that a client need not. */
function isMadeInside(pkg: GoPackage, type: string): boolean {
  const literal = new RegExp(`\\b${type}\\{\\s*[^}\\s]`);
  return declarationsNaming(pkg, type).some(({ file, declaration }) => {
    noteDeclaration(declaration);
    return !file.isTest && literal.test(file.textOf(declaration));
  });
}

/** Of methods that go round until something ends them: they are there to be run on a goroutine of their own. */
const RUNS = /^\tfor \{\n\t\tselect \{$/m;

const CLOSES = /\bclose\(|\bcancel\w*\(\)/i;

/** Of methods that hand over something, or take something. */
const WAITS = /<-/;
