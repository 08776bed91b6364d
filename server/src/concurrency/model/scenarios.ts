/** What clients of a type do, one call after the other or beside one another, before and with the call of one of its methods. */
import { forbidsCallsAfter } from '../../golang/doc-comment.ts';
import { endsValue } from '../../golang/ending-methods.ts';
import { STARTS } from '../../golang/replaced-fields.ts';
import { perPackage } from '../../golang/per-package.ts';
import { takesKeeper } from './callbacks.ts';
import type { Step } from './client-code.ts';
import {
  type Companion,
  companions,
  exportedMethods,
  givenFunction,
  type Maker,
  type Method,
  ownTarget,
} from './client-methods.ts';
import { alone, callsAny, callsMethodsOf, flagsOfArguments, mayFail, usersOf } from './client-steps.ts';
import { callsWaiting, mayStartGoroutines, methodText, textMayWait, textStartsGoroutines } from './entries.ts';
import { backOf, endsOfGiven, leavings, lends, returning, usesOfGiven } from './lending.ts';
import {
  asksAboutEnd,
  asksToServe,
  borrows,
  closes,
  closesWhereItSends,
  exchanges,
  fillsFor,
  mayAnswerLater,
  mayLeaveBefore,
  onlyJoins,
  receivesUnderLock,
  replaces,
  sendsUnderLock,
  setsFor,
  takesAway,
  waitsForOthers,
  waitsForOwn,
} from './method-shapes.ts';
import { Situation } from './situation.ts';

/** Methods of which one is called before the value is ended. */
const MAX_USERS = 2;
/** Methods that take away what somebody waits for. */
const MAX_REMOVERS = 2;
/** Functions by which something else is made of the value. */
const MAX_COMPANIONS = 2;

/** True for a package that makes channels with room for more than a few items, as it says itself. */
const hasRoom = perPackage(({ files }): boolean =>
  files.some(({ text }) => /\bmake\(chan .*, (?:[4-9]|\d\d+|[a-z]\w+)\)/.test(text)),
);

/** Calls in order, the last of which is that of the method. */
export interface Scenario {
  steps: readonly Step[];
  /** The value is closed before the method is called: it should not be, but goroutines that share a value often do that. */
  closesFirst?: boolean;
  /** Something has been asked for before in the same way. */
  comesAgain?: boolean;
  /** Something else that the client makes of the value before. */
  companion?: Companion;
  /** Nobody has anything more that these methods take back. */
  idle?: readonly Method[];
}

/** The scenarios of a method whose value clients get in some ways, for one of these, or write down themselves. */
export class Scenarios extends Situation {
  /** In the order in which they are explored. */
  of(maker: Maker | undefined): Scenario[] {
    const made = maker ? this.textOf(maker.unit) : '';
    const carrier = maker?.carrier === 'written' ? undefined : maker?.carrier;
    const starts = textStartsGoroutines(made) || (carrier !== undefined && this.startsItself(carrier));
    // Nobody starts what has been started.
    const isStarted = (m: Method): boolean => STARTS.test(m.decl.name.name) && callsAny(made, [m.decl.name.name]);
    if (isStarted(this.last)) return [];
    const starters = this.starters.filter((m) => !isStarted(m));
    return [
      ...this.started(starts, starters),
      ...this.beforeEnd(starts),
      ...this.besideCarrier(maker),
      ...this.besideOthers(),
      ...this.givenBack(),
      ...this.takenBack(),
      ...this.withFunctions(),
      ...this.served(starts),
      ...this.left(maker),
      ...this.dropped(maker),
      ...this.collected(),
      ...this.keptByFunctions(),
      ...this.withCompanions(),
      ...this.afterClosing(),
    ];
  }

  /** True for a constructor of what the value comes from that starts goroutines: they may have to do with the value. */
  private startsItself({ unit, decl }: Method): boolean {
    const { results } = this.analysis.types.signature(unit, decl.type);
    return textStartsGoroutines(methodText(this.pkg, unit, ownTarget(this.pkg, results[0]) ?? ''));
  }

  /** With the goroutines that the constructor, the method itself or another one starts. */
  private started(starts: boolean, starters: readonly Step[]): Scenario[] {
    const { last, text } = this;
    const sends = sendsUnderLock(text);
    const found: Scenario[] = [];
    // What neither starts nor waits itself leads to others that do, perhaps only when something is there already.
    if (!this.waits) return [{ steps: [last, last] }];
    const isAlone = this.makers.length === 0 || (this.isSmall && (waitsForOwn(text) || receivesUnderLock(text)));
    if (starts || isAlone || this.leadsBack() || textStartsGoroutines(text)) found.push({ steps: [last] });
    for (const s of starters)
      found.push({ steps: [s, last], closesFirst: closesWhereItSends(this.textOf(s.unit), text) });
    // One is on its way, one in a buffer, and one waits.
    if (sends) for (const s of starters) found.push({ steps: [s, last, this.same, this.same] });
    for (const r of this.runners) found.push({ steps: [{ ...alone(r), goesRound: true }, last] });
    // Nobody is to start twice what has not been stopped.
    const again = mayStartGoroutines(last.unit) && !STARTS.test(last.decl.name.name);
    if (this.isSmall && starts && sends) found.push({ steps: [last, alone(this.same), this.same] });
    if (starts && sends && this.isSmall && hasRoom(this.pkg)) found.push({ steps: [last, last, last] });
    else if (again || (starts && sends)) found.push({ steps: [last, last] });
    else if (sends) found.push({ steps: [{ ...last, must: 'succeed' }, last] });
    return found;
  }

  /** Somebody uses the value, and then it is ended. */
  private beforeEnd(starts: boolean): Scenario[] {
    const { last, starters, runners, analysis, pkg } = this;
    if (!this.ends) return [];
    const users = (is: (text: string) => boolean): Method[] => this.methods(is, 4).filter((m) => !endsValue(m.decl));
    // What has to be started first is of no use before.
    const before = starts ? [] : starters.slice(0, 1);
    const found: Scenario[] = [];
    if (this.waits && (starts || starters.length > 0 || runners.length === 0))
      for (const u of users(exchanges)
        .filter((m) => !starters.some((s) => s.decl === m.decl))
        .slice(0, MAX_USERS))
        found.push({ steps: [...before, u, last] });
    // What is there under a key is left to itself when something else takes its place.
    if (this.isSmall)
      for (const s of this.starters.filter((m) => replaces(this.textOf(m.unit))).slice(0, 1))
        found.push({ steps: [s, { ...s, again: true }, last] });
    if (this.isEndedForAll())
      for (const u of users(waitsForOthers).slice(0, MAX_USERS)) {
        found.push({ steps: [alone(u), alone(u), { ...last, whenIdle: true }] });
        const asks = asksAboutEnd(this.textOf(u.unit), this.text);
        if (asks) found.push({ steps: [alone(u), last] });
      }
    if (this.isSmall)
      for (const [get, use] of usesOfGiven(analysis, pkg, this.type).slice(0, 1))
        found.push({
          steps: [{ ...get, must: 'succeed' }, { ...alone(use), of: 'given' }, last],
        });
    return found;
  }

  /** What the value comes from is used by others, one of whom may wait for this value, when it is ended or leaves. */
  private besideCarrier(maker: Maker | undefined): Scenario[] {
    const { last, pkg, text } = this;
    const carrier = this.ends || (this.isSmall && closes(text)) ? this.carrierOf(maker) : undefined;
    const [user] = carrier === undefined ? [] : usersOf(pkg, carrier).filter((m) => m.decl !== maker?.decl);
    if (!user) return [];
    const beside: Step = { ...alone(user), of: 'carrier' };
    if (this.ends) return [{ steps: [beside, last] }];
    const before: Step = { ...user, of: 'carrier', must: 'succeed' };
    return [{ steps: [before, { ...beside, isPatient: true }, { ...last, whenIdle: true }] }];
  }

  /** Several ask for the same at once, and somebody takes away what they share. */
  private besideOthers(): Scenario[] {
    const { analysis, pkg, type, last, text } = this;
    const found: Scenario[] = [];
    if (mayAnswerLater(text)) found.push({ steps: [{ ...last, apart: 'too' }] });
    // Two want what a call before has found and kept.
    if (this.isSmall && mayAnswerLater(text) && takesAway(text))
      found.push({ steps: [{ ...last, must: 'succeed' }, alone(this.same), this.same] });
    if (this.isSmall && mayAnswerLater(text))
      for (const m of this.methods((t) => takesAway(t) && !waitsForOthers(t), 1))
        found.push({ steps: [alone(last), alone(last), alone(m)] });
    if (this.isSmall && (exchanges(text) || closes(text)))
      for (const [get, back] of endsOfGiven(analysis, pkg, type).slice(0, 1))
        if (get.decl !== last.decl) {
          const got: Step = { ...get, must: 'succeed' };
          const end: Step = { ...alone(back), of: 'given' };
          found.push({ steps: [got, end, last] });
          if (!this.ends && hasRoom(pkg)) found.push({ steps: [got, last, end, last] });
        }
    if (this.waits && this.isSmall && !this.ends)
      for (const m of this.methods((t) => mayLeaveBefore(t, text), 1)) found.push({ steps: [alone(m), last] });
    return found;
  }

  /** Who has got something from the value, or from what that comes from, leaves while others have to do with it. */
  private left(maker: Maker | undefined): Scenario[] {
    const { analysis, pkg, type, last, text } = this;
    if (!this.isSmall || this.ends || !exchanges(text)) return [];
    const of = this.carrierOf(maker) ?? type;
    const on = of === type ? 'value' : 'carrier';
    return leavings(analysis, pkg, of)
      .slice(0, 1)
      .filter(({ get, leave }) => get.decl !== last.decl && leave.decl !== last.decl)
      .map(({ get, leave, given }) => {
        const left: Step = { ...leave, of: on, takesGiven: given, whenIdle: true };
        // What has room for some is full by then.
        const before = hasRoom(pkg) ? [last] : [];
        return {
          steps: [{ ...get, of: on, must: 'succeed' }, ...before, alone(this.same), left],
        };
      });
  }

  /** Somebody takes back what another one was asked to do with a value of the client. */
  private takenBack(): Scenario[] {
    const { analysis, pkg, type, last, text } = this;
    if (!this.isSmall || !waitsForOthers(text)) return [];
    const found = exportedMethods(pkg, type, (m) => exchanges(this.textOf(m)))
      .filter((m) => m.decl !== last.decl)
      .flatMap((m) =>
        flagsOfArguments(analysis, m).map((flag) => [m, { ...alone(flag), of: 'argument' }, last] as Step[]),
      );
    return found.slice(0, 1).map((steps) => ({ steps }));
  }

  /** The method waits for what calls of another one have put into the value, and perhaps those of a third one have dealt with. */
  private collected(): Scenario[] {
    const { text } = this;
    if (!this.isSmall || !(waitsForOthers(text) || this.leadsBack())) return [];
    return this.methods((t) => fillsFor(t, text), 1).flatMap((m) => {
      const deals = (t: string): boolean =>
        !waitsForOthers(t) && !fillsFor(t, text) && fillsFor(this.textOf(m.unit), t);
      const others = this.methods(deals, MAX_USERS);
      const first: Step = { ...m, must: 'succeed' };
      const twice = STARTS.test(m.decl.name.name) ? [] : [[first, first, this.last]];
      const all = [[first, this.last], ...twice, ...others.map((o) => [first, o, this.last])];
      return all.map((steps) => ({ steps }));
    });
  }

  /**
   * Somebody waits in the method, or in a goroutine that it has started, and another one takes what he waits for out of what the value keeps. Before, a method is called without
   * which nobody would come to wait.
   */
  private dropped(maker: Maker | undefined): Scenario[] {
    const { last, text, pkg } = this;
    const starts = textStartsGoroutines(text);
    if (!this.isSmall || this.ends || !(starts || waitsForOthers(text))) return [];
    const waits: Step = starts ? { ...last, must: 'succeed' } : alone(last);
    // Who waits as well does so beside the others.
    const removers = (of: string): Step[] =>
      exportedMethods(pkg, of, (m) => takesAway(methodText(pkg, m, of)))
        .filter((m) => m.decl !== last.decl && !endsValue(m.decl))
        .map((m): Step => ({ ...(waitsForOthers(methodText(pkg, m.unit, of)) ? alone(m) : m), whenIdle: true }))
        .sort((x, y) => Number(x.apart !== undefined) - Number(y.apart !== undefined))
        .slice(0, MAX_REMOVERS);
    const found: Step[][] = [];
    const carrier = this.carrierOf(maker);
    if (carrier !== undefined) for (const m of removers(carrier)) found.push([waits, { ...m, of: 'carrier' }]);
    const before = this.methods((t) => setsFor(t, text) && !takesAway(t) && !waitsForOthers(t), MAX_USERS)
      .filter((e) => !endsValue(e.decl))
      .map((e): Step[] => [{ ...e, must: 'succeed' }]);
    for (const m of removers(this.type))
      for (const b of [[], ...before]) {
        found.push([...b, waits, m]);
        if (this.lendsItself()) found.push([...b, { ...last, must: 'succeed' }, alone(this.same), m]);
      }
    return found.map((steps) => ({ steps }));
  }

  /** What was given out is given back, or what a call has taken is missing to the next one. */
  private givenBack(): Scenario[] {
    const { analysis, pkg, type, last, text } = this;
    if (!exchanges(text)) return [];
    const found: Scenario[] = [];
    if (!this.ends && this.isSmall && (borrows(text) || mayAnswerLater(text) || lends(analysis, pkg, type)))
      found.push({ steps: [mayFail(analysis, last) ? { ...last, must: 'fail' } : last, last] });
    if (this.waits) for (const steps of returning(analysis, last)) found.push({ steps });
    if (!this.isSmall || !mayFail(analysis, last)) return found;
    const back = backOf(last, type);
    const lets: Step[] = back ? [{ ...back, givenAs: last.decl }] : [];
    if (givenFunction(analysis.types, last.unit, last.decl) >= 0) lets.push({ ...last, of: 'function' });
    // Somebody who waits gives up when it is about to get what another one lets go of.
    for (const letsGo of lets) {
      const steps: Step[] = [
        { ...last, must: 'succeed' },
        { ...alone(last), must: 'fail' },
        letsGo,
        { ...last, whenIdle: true, isPatient: true },
      ];
      found.push({ steps, idle: back && letsGo.givenAs ? [back] : undefined });
    }
    return found;
  }

  /** What serves the calls of the method has others to serve before. */
  private served(starts: boolean): Scenario[] {
    const { last, text } = this;
    if (!this.isSmall || !starts || this.ends || !asksToServe(text)) return [];
    const others = this.methods((t) => asksToServe(t) && !closes(t)).filter((m) => !endsValue(m.decl));
    const before = [last, ...others.slice(0, MAX_USERS)];
    return before.map((m) => ({ steps: [{ ...m, must: 'succeed' }, last], comesAgain: true }));
  }

  /** A method gives a function, by which who has called it leaves: before the next call, or when the value is ended. */
  private withFunctions(): Scenario[] {
    const { analysis, last, text } = this;
    if (!this.isSmall) return [];
    const givesOne = ({ unit, decl }: Method): boolean => givenFunction(analysis.types, unit, decl) >= 0;
    const from = givesOne(last) ? last : this.ends && this.waits ? this.methods(() => true).find(givesOne) : undefined;
    if (!from) return [];
    const get: Step = { ...from, must: 'succeed' };
    const leave: Step = { ...from, of: 'function' };
    if (from !== last) return [{ steps: [get, alone(leave), last] }];
    const again = waitsForOthers(text) ? [{ steps: [get, leave, last] }] : [];
    return [{ steps: [get, leave] }, ...again, ...this.methods(closes, 1).map((c) => ({ steps: [get, c, leave] }))];
  }

  /** The functions that callers give are called with something that they give back when they are done. */
  private keptByFunctions(): Scenario[] {
    const { analysis, last } = this;
    if (!this.isSmall || !this.waits || !takesKeeper(analysis, last)) return [];
    const keeps = { ...last, keeps: true };
    return [{ steps: [keeps, keeps] }];
  }

  /** Beside something that was made of the value: it runs goroutines of its own, or it has methods that come back to the value. */
  private withCompanions(): Scenario[] {
    const { analysis, pkg, type, last, text } = this;
    if (!this.isSmall || !this.waits) return [];
    const found: Scenario[] = [];
    const sends = sendsUnderLock(text) || this.callsSender();
    for (const companion of companions(analysis, pkg, type).slice(0, MAX_COMPANIONS)) {
      const { maker, type: other } = companion;
      const starts = 'decl' in maker && textStartsGoroutines(methodText(pkg, maker.unit, other));
      if (starts && sends) found.push({ companion, steps: [last, this.same, this.same] });
      else if (starts && (exchanges(text) || callsWaiting(pkg, last.unit))) found.push({ companion, steps: [last] });
      const users = exportedMethods(pkg, other, (m) => {
        const does = methodText(pkg, m, other);
        return 'decl' in maker
          ? textMayWait(does) && callsMethodsOf(pkg, does, type)
          : does.includes(`.${maker.field}.`);
      });
      // Who has it and still calls it does not end the value, nor does somebody else.
      if (!this.ends)
        for (const u of users.filter((m) => !endsValue(m.decl)).slice(0, 1)) {
          const beside: Step = { ...alone(u), of: 'companion' };
          found.push({ companion, steps: [beside, last] });
          for (const m of this.methods((t) => fillsFor(t, text), 1))
            found.push({ companion, steps: [{ ...m, must: 'succeed' }, beside, last] });
        }
    }
    return found;
  }

  /** What is called after the value was closed, by somebody who does not know; who only waits for the end is to come after that. */
  private afterClosing(): Scenario[] {
    const closing = this.waits && !forbidsCallsAfter(this.last.unit) ? this.methods(closes, 1) : [];
    return closing.map((c) => ({ steps: [c, this.last], closesFirst: !onlyJoins(this.text) }));
  }
}
