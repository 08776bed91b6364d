/** The concurrency model of one analysis: lowered functions, and what exploring them found. */
import { Analysis } from '../../golang/analysis.ts';
import { withEffort } from '../../golang/effort.ts';
import { GoPackage } from '../../golang/package.ts';
import { readApart } from '../../golang/reads.ts';
import type { SourceFile } from '../../golang/source-file.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { Codes } from './codes.ts';
import { ClientMethods } from './client-methods.ts';
import { Environment } from './environment.ts';
import { takesNothing } from './budgets.ts';
import type { Exploration, Options } from './exploration.ts';
import type { Code } from './instructions.ts';
import { explore } from './explore.ts';
import { clients } from './harness.ts';
import { entriesOf, isSmall, isTiny, isQuiet, mayBlock } from './entries.ts';
import { type Cost, isSpent, type KeptLeaks } from './kept-leaks.ts';
import { type Leak, leaksOf } from './leaks.ts';
import { OutsideHelp } from './outside-help.ts';
import { AllRelevant, Relevance } from './relevance.ts';
import { emptyModelStatistics, type ModelStatistics } from './statistics.ts';
import { isProcessScope } from '../../golang/goroutines.ts';
import type { FuncDecl } from '../../syntax/ast.ts';
import type { Goroutine, State } from './state.ts';
import { isProgram, sleepsInMain } from '../../golang/process-lifetime.ts';

/**
 * States and instructions for all functions of one file: nobody waits longer for a file because much of it is concurrent. A function for which
 * something is left may spend as much by itself, so that what is found in it does not hang on what those before it have cost.
 */
const FILE_BUDGETS = { tiny: { states: 4000, steps: 240_000 }, larger: { states: 2000, steps: 120_000 } };

export class Model {
  /** Nothing is explored once more with what is left out at first. */
  isBrief = false;
  /** Code of what matters for waiting. */
  readonly codes: Codes;
  /** Code of all there is: programs that are there as a whole compute what they do from what they say. */
  private readonly wholeCodes: Codes;
  readonly statistics: ModelStatistics = emptyModelStatistics();
  /** Measure the time each function takes. */
  timing = false;
  private readonly found = new Map<SourceFile, Leak[]>();
  private readonly explorations = new Map<SourceFile, readonly Leak[]>();
  private readonly explored = new Map<DeclUnit, Exploration | undefined>();
  private readonly fromUnits = new Map<DeclUnit, readonly Leak[]>();
  /** What was found in other versions of the packages. */
  kept?: KeptLeaks;

  private readonly environment: Environment;
  private readonly methods = new Map<GoPackage, ClientMethods>();
  /** What may still be spent on the file at hand. */
  private allowance = { ...FILE_BUDGETS.larger };

  constructor(readonly analysis: Analysis) {
    const relevance = new Relevance(analysis);
    this.codes = new Codes(analysis, relevance);
    this.wholeCodes = new Codes(analysis, new AllRelevant(analysis, relevance));
    this.environment = new Environment(analysis);
  }

  /**
   * Leaks that show in a file, one for each place: those that exploring its functions found, and in a small package those
   * whose operation is in the file whichever function of the package leads there. A leak in another package shows where this one
   * leads to it. What they were found from is in no record of who asks: one file of leaks rests on most of its functions.
   */
  leaks(pkg: GoPackage, file: SourceFile): readonly Leak[] {
    let found = this.found.get(file);
    if (!found) this.found.set(file, (found = readApart(() => this.search(pkg, file))));
    return found;
  }

  private search(pkg: GoPackage, file: SourceFile): Leak[] {
    const small = isSmall(pkg);
    const found: Leak[] = [];
    const places = new Map<string, number>();
    // Which way is told must not depend on the order in which the files were given.
    const others = small ? pkg.files.filter((f) => f !== file).sort((a, b) => (a.path < b.path ? -1 : 1)) : [];
    const isElsewhere = ({ site: { unit } }: Leak): boolean => unit.file !== file && unit.pkg === pkg;
    const own = this.leaksOfFile(pkg, file).filter((leak) => !small || !isElsewhere(leak));
    const fromOthers = others.flatMap((f) => this.leaksOfFile(pkg, f)).filter(({ site }) => site.unit.file === file);
    for (const leak of [...own, ...fromOthers]) {
      const { unit: at, node } = leak.site;
      const place = `${at.file.path}:${at.base + node.start}`;
      const known = places.get(place);
      if (known === undefined) places.set(place, found.push(leak) - 1);
      // One way that surely leads there tells more than one that may not be taken.
      else if (found[known]?.uncertain && !leak.uncertain && (found[known].rule === leak.rule || found[known].afterEnd))
        found[known] = leak;
    }
    return found.filter((leak) => !isOfOthers(pkg, leak) && !this.isToldThere(pkg, leak));
  }

  /** True for a leak of another package that shows when that is looked at by itself. */
  private isToldThere({ joined }: GoPackage, { site: { unit, node }, rule, uncertain, entry }: Leak): boolean {
    if (!joined.includes(unit.pkg) || isProgram(entry)) return false;
    return this.leaks(unit.pkg, unit.file).some(
      (l) => l.site.unit === unit && l.site.node === node && l.rule === rule && (uncertain || !l.uncertain),
    );
  }

  /** Leaks that exploring the functions of a file found, in the order of the functions. */
  private leaksOfFile(pkg: GoPackage, file: SourceFile): readonly Leak[] {
    let found = this.explorations.get(file);
    if (found) return found;
    this.allowance = fileBudget(pkg);
    const entries = entriesOf(this.analysis.program, pkg, file).map((declaration) => pkg.unit({ file, declaration }));
    // Programs leave nothing to guess: what the other functions cost must not be missing to them.
    if (isTiny(pkg)) for (const unit of entries.filter(isProgram)) this.leaksFrom(unit);
    found = entries.flatMap((unit) => this.leaksFrom(unit));
    this.explorations.set(file, found);
    return found;
  }

  /** Leaks that exploring a function finds. */
  leaksFrom(unit: DeclUnit): readonly Leak[] {
    let found = this.fromUnits.get(unit);
    if (found) return found;
    const { kept } = this;
    const conditions = { isSpent: isSpent(this.allowance), alone: kept !== undefined && mayBlock(unit) };
    const known = kept?.get(unit, conditions);
    if (known) {
      found = known.leaks;
      this.allowance.states -= known.cost.states;
      this.allowance.steps -= known.cost.steps;
    } else found = kept ? kept.record(unit, conditions, () => this.find(unit)) : this.find(unit).leaks;
    this.fromUnits.set(unit, found);
    return found;
  }

  private find(unit: DeclUnit): { leaks: Leak[]; cost: Cost } {
    const before = { ...this.allowance };
    const result = withEffort(EFFORT, () => this.explore(unit));
    const cost = { states: before.states - this.allowance.states, steps: before.steps - this.allowance.steps };
    return { leaks: result ? leaksOf(this.analysis, this.environment, unit, result) : [], cost };
  }

  private methodsOf(pkg: GoPackage): ClientMethods {
    let found = this.methods.get(pkg);
    if (!found) this.methods.set(pkg, (found = new ClientMethods(this.analysis.types, pkg)));
    return found;
  }

  /** Explores what a function starts; undefined for declarations that are none, or that cannot be read. */
  explore(unit: DeclUnit): Exploration | undefined {
    if (this.explored.has(unit)) return this.explored.get(unit);
    this.explored.set(unit, undefined);
    if (isSpent(this.allowance)) {
      this.statistics.functions++;
      this.statistics.incomplete++;
      return undefined;
    }
    const started = this.timing ? performance.now() : 0;
    const budget = fileBudget(unit.pkg);
    const { states, steps } = budget;
    const result = this.exploration(unit, budget);
    this.allowance.states -= states - budget.states;
    this.allowance.steps -= steps - budget.steps;
    this.explored.set(unit, result);
    if (!result || result.states === 0) return result;
    this.statistics.functions++;
    this.statistics.states += result.states;
    if (result.incomplete) this.statistics.incomplete++;
    if (this.timing) this.statistics.functionMs.push(performance.now() - started);
    return result;
  }

  private exploration(unit: DeclUnit, allowance: Cost): Exploration | undefined {
    const { decl } = unit;
    if (decl.kind !== 'FuncDecl') return undefined;
    const code = this.codes.code(unit, decl);
    if (!code) return undefined;
    const wholeProgram = isProgram(unit);
    const { environment } = this;
    const options = {
      wholeProgram,
      process: isProcessScope(unit) && !(wholeProgram && sleepsInMain(unit.pkg)),
      environment,
      allowance,
    };
    let result: Exploration = mayBlock(unit)
      ? this.inAllWays(code, { ...options, isQuiet: isQuiet(unit) })
      : { code, stuck: [], panics: [], states: 0, incomplete: false };
    // What a program does may hang on what was left out, and what panics skip on what may panic. In a large package there is too much
    // of that.
    if (
      (wholeProgram || takesNothing(code)) &&
      result.stuck.length === 0 &&
      isTiny(unit.pkg) &&
      (result.incomplete || unit.pkg.files.some((f) => /\batomic\.|\bio\.Pipe\(|\brecover\(\)/.test(f.text)))
    ) {
      const all = this.wholeCodes.code(unit, decl);
      if (all) {
        const { states } = result;
        result = explore(this.wholeCodes, all, options);
        result.states += states;
      }
      if (all && result.incomplete && result.stuck.length === 0 && wholeProgram) {
        const { states } = result;
        result = explore(this.wholeCodes, all, { ...options, fewTurns: true });
        // In turns time passes in other ways than where everybody goes on for as long as they can.
        result.stuck = result.stuck.filter(({ state }) => state.now === 0 && state.fires === 0);
        result.states += states;
        result.incomplete = true;
      }
    }
    if (!wholeProgram && !unit.file.isTest)
      for (const client of clients(this, unit, decl)) {
        const { closesFirst, atOnce, comesAgain, runs, calls, ends } = client;
        const outside = new OutsideHelp(this.codes, this.methodsOf(unit.pkg), client);
        const more = this.inAllWays(client.code, {
          ...options,
          isClient: true,
          outside,
          afterwards: ends && environment.whenEnded(ends),
        });
        // Where the client does not come to its last call, the method that it hangs in shows it.
        const reached = more.stuck.filter(({ state }) => hasCalled(state, decl));
        result.stuck.push(
          ...reached.map((found) => ({
            ...found,
            byClient: true,
            closesFirst,
            atOnce,
            comesAgain,
            runs,
            isEnded: ends !== undefined,
          })),
        );
        // Who calls a method after the end, or twice at once, may not be meant to.
        if (!closesFirst && !atOnce && !runs && new Set(calls.map(({ decl: d }) => d)).size === calls.length)
          result.panics.push(...more.panics.map((found) => ({ ...found, byClient: true })));
        result.states += more.states;
        result.incomplete ||= more.incomplete;
      }
    return result;
  }

  /** Explores; where nothing is stuck, once more with what is left out at first: large buffers that are full, and panics of others. */
  private inAllWays(code: Code, options: Options): Exploration {
    const result = explore(this.codes, code, options);
    if (options.wholeProgram || this.isBrief) return result;
    const more: Partial<Options>[] = [];
    if (result.mayFillRooms) more.push({ smallRooms: true });
    if (result.expectsPanics) more.push({ panics: true });
    for (const way of more) {
      if (result.stuck.length > 0) break;
      const { stuck, states, incomplete } = explore(this.codes, code, { ...options, ...way });
      // What panics in buffers that are too small need not.
      result.stuck.push(...stuck.map((s) => ({ ...s, fillsRoom: way.smallRooms, byPanic: way.panics })));
      result.states += states;
      result.incomplete ||= incomplete;
    }
    return result;
  }
}

function fileBudget(pkg: GoPackage): Cost {
  return { ...(isTiny(pkg) ? FILE_BUDGETS.tiny : FILE_BUDGETS.larger) };
}

/** True for a leak of another package to which this one adds nothing but a call: it is told where that package is looked at. */
function isOfOthers(pkg: GoPackage, { site, steps, entry }: Leak): boolean {
  if (!pkg.joined.includes(site.unit.pkg) || isProgram(entry)) return false;
  return steps.every((s) => s.kind === 'call' || s.site.unit.pkg !== pkg);
}

/** True when the client has come to a call of the method, or of a function that it has given. */
function hasCalled(st: State, decl: FuncDecl): boolean {
  const [client] = st.goroutines;
  if (client === undefined || client.status === 'done') return true;
  const [bottom] = client.frames;
  const isIn = ({ frames }: Goroutine): boolean => frames.some((f) => f.code.func === decl);
  // Who is in a call has it behind.
  const at = bottom?.code.instructions[bottom.pc - 1];
  return (at?.op === 'call' && at.fun !== undefined) || st.goroutines.some(isIn);
}

/** Steps one function may cost (see `golang/effort.ts`). */
const EFFORT = 2_000_000;

/**
 * Leaks that are left when the text of a file is changed, of those that exploring one function shows, and whether all of them
 * were seen; undefined when nothing can be told.
 *
 * @param isBrief what is left out at first is not looked at: the leaks that matter show without
 */
export function leaksAfterEdit(
  analysis: Analysis,
  entry: DeclUnit,
  texts: ReadonlyMap<SourceFile, string>,
  isBrief = false,
): { leaks: readonly Leak[]; complete: boolean } | undefined {
  const { pkg, declaration } = entry;
  const edited = new Map([...texts].map(([file, text]) => [file, file.withText(text)]));
  if ([...texts.keys()].some((file) => !pkg.files.includes(file))) return undefined;
  const changed = new GoPackage(
    pkg.path,
    pkg.name,
    pkg.files.map((f) => edited.get(f) ?? f),
    pkg.origin,
  );
  changed.joined = pkg.joined;
  const model = new Model(new Analysis(analysis.program.replacing(pkg, changed)));
  model.isBrief = isBrief;
  const home = edited.get(entry.file) ?? entry.file;
  const again = home.outline.decls.find((d) => d.names[0] === declaration.names[0] && d.recv === declaration.recv);
  if (!again) return undefined;
  const unit = changed.unit({ file: home, declaration: again });
  const result = unit.hasError ? undefined : withEffort(EFFORT, () => model.explore(unit));
  return result && { leaks: model.leaksFrom(unit), complete: !result.incomplete };
}

const models = new WeakMap<Analysis, Model>();

export function modelOf(analysis: Analysis): Model {
  let m = models.get(analysis);
  if (!m) models.set(analysis, (m = new Model(analysis)));
  return m;
}

/** What the model of an analysis has cost until now; undefined when nobody has asked for one. */
export function modelStatistics(analysis: Analysis): ModelStatistics | undefined {
  return models.get(analysis)?.statistics;
}
