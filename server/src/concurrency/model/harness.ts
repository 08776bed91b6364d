/**
 * What a client of a type does with it: makes one, starts it, calls a method. Exploring that shows leaks of goroutines that
 * belong to a value, which no single method shows.
 */
import { endsValue } from '../../golang/ending-methods.ts';
import { isExported } from '../../golang/exported.ts';
import type { GoPackage, PackageMember } from '../../golang/package.ts';
import { noteDeclaration } from '../../golang/reads.ts';
import { STARTS } from '../../golang/replaced-fields.ts';
import type { TypeInfo } from '../../golang/type-info.ts';
import { deref } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { FuncDecl } from '../../syntax/ast.ts';
import { clientCode } from './client-code.ts';
import { constructors, exportedMethods, type Method } from './client-methods.ts';
import { mayStartGoroutines, methodText, textMayWait, textStartsGoroutines } from './entries.ts';
import type { Code } from './instructions.ts';
import type { Model } from './model.ts';
import type { Call } from './outside-help.ts';

const MAX_CLIENTS = 6;
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
  /** The last thing that it does ends the value: nobody calls its methods after that. */
  ends: boolean;
}

interface Manner {
  closesFirst?: boolean;
  atOnce?: boolean;
  /** This one of the methods runs on a goroutine of its own. */
  runs?: Method;
}

/**
 * Programs that end with a call of the method, each after a constructor and perhaps another method: one that starts goroutines, one that
 * goes round, one that closes, or, before the end, one that uses the value.
 */
export function clients(model: Model, unit: DeclUnit, decl: FuncDecl): Client[] {
  const { analysis } = model;
  const { pkg } = unit;
  const owner = decl.recv && deref(analysis.types.resolve(unit, decl.recv.type));
  // What nobody outside can call is called by what is explored anyway.
  if (owner?.kind !== 'named' || !isExported(decl.name.name)) return [];
  const last: Method = { unit, decl };
  const type = owner.name;
  const makers = constructors(analysis, pkg, type);
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
    const push = (called: readonly Method[], { closesFirst = false, atOnce = false, runs }: Manner = {}): void => {
      const code = clientCode(model, owner, maker, called, atOnce ? last : runs);
      const givesFunctions = (maker ? [maker, ...called] : called).some((m) => givesFunction(analysis.types, m));
      if (code)
        found.push({
          code,
          closesFirst,
          atOnce,
          givesFunctions,
          runs: runs !== undefined,
          calls: called.map((m) => ({ decl: m.decl, isOnce: m === runs || endsValue(m.decl) })),
          ends,
        });
    };
    const starts = maker ? textStartsGoroutines(textOf(maker.unit)) : false;
    if (starts || own || makers.length === 0) push([last]);
    for (const s of starters) push([s, last]);
    for (const r of runners) push([r, last], { runs: r });
    // Nobody is to start twice what has not been stopped.
    const again = mayStartGoroutines(unit) && !STARTS.test(decl.name.name);
    if (again || (starts && sendsUnderLock(text))) push([last, last]);
    if (maker && mayAnswerLater(unit.file.textOf(unit.declaration))) push([last], { atOnce: true });
    // What has to be started first is of no use before.
    const before = starts ? [] : starters.slice(0, 1);
    if (starts || starters.length > 0 || runners.length === 0)
      for (const u of users.filter((m) => !starters.includes(m)).slice(0, MAX_USERS)) push([...before, u, last]);
    // What is called after the value was closed, by somebody who does not know; who only waits for the end is to come after that.
    for (const c of closing) push([c, last], { closesFirst: !onlyJoins(text) });
  }
  return found.slice(0, MAX_CLIENTS);
}

/** True for a method that does no more than to wait until goroutines have ended. */
function onlyJoins(text: string): boolean {
  return /\.Wait\(\)/.test(text) && !/<-|Lock\(|\bclose\(/.test(text);
}

/** True for a method that sends with a lock held: the second call may meet a receiver that is still busy with what the first one has sent. */
function sendsUnderLock(text: string): boolean {
  return /\.R?Lock\(/.test(text) && /[\w)\]] <- /.test(text);
}

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
