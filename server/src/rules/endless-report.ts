/** How rules speak of a goroutine that cannot end. */
import { neverReturnsAfter } from '../golang/cfg-reach.ts';
import { type EndlessGoroutine, endlessGoroutine } from '../golang/endless-goroutines.ts';
import { contextInScope } from '../golang/context-in-scope.ts';
import { type Launch, launches } from '../golang/launches.ts';
import { belongsToWhatEnds } from '../golang/goroutine-owner.ts';
import { enclosingFunc, inLoop } from '../golang/parents.ts';
import { runsInCommand, runsOncePerProcess } from '../golang/process-lifetime.ts';
import { readsStandardInput } from '../golang/standard-input.ts';
import { ownSignal } from '../concurrency/spawns/own-signals.ts';
import { stayIn } from '../concurrency/spawns/stays.ts';
import { endWith, wrapWithContext } from '../fixes/wrap-with-context.ts';
import { type Wait, operations } from '../golang/waits.ts';
import type { FixSpec, RuleContext, StepSpec } from './context.ts';
import { bringsLeak, bringsLeakToClients } from './model-report.ts';
import { misplacedBreaks } from './goroutine/break-inside-select.search.ts';
import { endsByPanic, givesOneAnswer, isRestart } from './endless-excuses.ts';
import { contains, flattenFields, unparen } from '../golang/walk.ts';
import type { Analysis } from '../golang/analysis.ts';
import type { DeclUnit } from '../golang/unit.ts';
import type { Expr, LocalObject, Node } from '../syntax/ast.ts';

/** What a rule says of a goroutine, and its own fixes where it has any. */
export interface EndlessWords {
  message: string;
  args: Record<string, string>;
  fixes?: FixSpec[];
  /** How somebody waits for the goroutine in vain: it is not meant to live as long as its process. */
  awaited?: StepSpec[];
}

/**
 * Reports every goroutine of the declaration that never ends and for which `describe` has words; undefined leaves it to
 * another rule. The rule's texts must have `fix-wrap-context`, and what `endlessSteps` needs.
 */
export function reportEndless(
  context: RuleContext,
  describe: (endless: EndlessGoroutine, launch: Launch) => EndlessWords | undefined,
): void {
  const { analysis, unit } = context;
  for (const launch of launches(analysis, unit)) {
    const endless = endlessGoroutine(analysis, launch);
    const words = endless && describe(endless, launch);
    if (!words || (!words.awaited && livesAsLongAsProcess(analysis, launch))) continue;
    if (isRestart(analysis, launch) || isMeantToEnd(analysis, endless)) continue;
    const { message, awaited } = words;
    context.report({
      node: goHeader(launch),
      message,
      // What may well live as long as the process does is worth a look, not a warning.
      level: awaited || mayOutliveUse(analysis, launch, endless) ? undefined : 'hint',
      args: { ...words.args, line: loopLine(context, endless) },
      steps: [...endlessSteps(endless), ...(awaited ?? [])],
      fixes: words.fixes ?? endlessFixes(context, endless),
    });
  }
}

/**
 * The fix that ends the goroutine with a context, or else with a channel that is closed when its owner ends, where it can be made. The rule's
 * texts must have `fix-wrap-context` and `fix-watch-signal`.
 */
export function endlessFixes(context: RuleContext, endless: EndlessGoroutine): FixSpec[] {
  const fix = wrapWithContext(context.analysis, endless);
  if (!fix.edits) return watchOwnSignal(context, endless);
  if (bringsLeak(context, fix.edits)) return [];
  return [{ id: 'wrap-context', title: 'fix-wrap-context', preferred: true, ...fix }];
}

function watchOwnSignal(context: RuleContext, endless: EndlessGoroutine): FixSpec[] {
  const { analysis } = context;
  const signal = ownSignal(analysis, endless.unit, endless.loop.stmt);
  if (!signal) return [];
  const { done, type } = signal;
  const test = `select {\ncase <-${done}:\n\t{leave}\ndefault:\n}`;
  const edits = endWith(analysis, stayIn(endless), { done, test });
  if (!edits || bringsLeakToClients(context, type, edits)) return [];
  return [{ id: 'watch-signal', title: 'fix-watch-signal', args: { done }, preferred: true, edits }];
}

/** True where a `break` was to leave the loop: `break-inside-select` speaks of that. */
function isMeantToEnd(analysis: Analysis, { unit, loop: { stmt } }: EndlessGoroutine): boolean {
  return misplacedBreaks(analysis, unit, stmt).some((b) => b.loop === stmt);
}

/** Where a goroutine stays for ever. */
interface LastPlace extends Pick<EndlessGoroutine, 'unit' | 'func' | 'waits'> {
  loop: { stmt: Node };
}

/** True for a goroutine that should end before its process does. */
export function mayOutliveUse(analysis: Analysis, launch: Launch, endless: LastPlace): boolean {
  const { unit, stmt, body } = launch;
  if (waitsForSignals(analysis, launch, endless) || (body && readsStandardInput(analysis, body.unit, body.func)))
    return false;
  // Who takes a context says that the work may be over before its command is.
  if (runsInCommand(analysis, unit, stmt) && !contextInScope(analysis, unit, stmt)) return false;
  if (givesOneAnswer(analysis, endless.unit, endless.loop.stmt) || endsByPanic(launch, endless)) return false;
  return belongsToWhatEnds(analysis, launch);
}

/** True for a goroutine that may well never end: it is started once per process, or by a function that does not return either. */
export function livesAsLongAsProcess(analysis: Analysis, launch: Launch): boolean {
  return runsOncePerProcess(analysis, launch.unit, launch.stmt) || livesAsLongAsStarter(analysis, launch);
}

/** True where the function that starts a goroutine does not return either. */
function livesAsLongAsStarter(analysis: Analysis, { unit, stmt }: Launch): boolean {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, stmt);
  return func !== undefined && !inLoop(parents, stmt) && neverReturnsAfter(analysis.cfg(unit, func), stmt);
}

/** True for a loop whose every turn waits for a signal: these come to the process, as long as it lives. */
function waitsForSignals(analysis: Analysis, launch: Launch, { unit, waits }: LastPlace): boolean {
  const [first] = waits;
  const all = first?.kind === 'receive' ? [first] : operations(waits);
  return all.length > 0 && all.every((w) => w.kind === 'receive' && bringsSignals(analysis, launch, unit, w.chan));
}

/** True for a channel of signals that the package has, or that `signal.Notify` gets here or where the goroutine is started. */
function bringsSignals(analysis: Analysis, launch: Launch, unit: DeclUnit, chan: Expr): boolean {
  const x = unparen(chan);
  const type = analysis.types.underlying(analysis.typeOf(unit, x));
  if (type.kind !== 'chan' || type.elem.kind !== 'named' || type.elem.pkg !== 'os' || type.elem.name !== 'Signal')
    return false;
  if (x.kind !== 'Ident') return false;
  if (!x.obj || isNotified(analysis, unit, x.obj)) return true;
  const { body, call } = launch;
  const index = body?.unit === unit ? flattenFields(body.func.type.params).findIndex((p) => p.name?.obj === x.obj) : -1;
  const given = call.args[index];
  return given?.kind === 'Ident' && given.obj !== undefined && isNotified(analysis, launch.unit, given.obj);
}

/** True for the channel of `signal.Notify`. */
function isNotified(analysis: Analysis, unit: DeclUnit, { uses }: LocalObject): boolean {
  return uses.some((use) => {
    const call = analysis.parents(unit).get(use);
    return call?.kind === 'CallExpr' && analysis.callee(unit, call).name === 'os/signal.Notify';
  });
}

/** The part of a statement to underline: all of `go f(x)`, but only `go func(…)` or `g.Go(func(…)` of a literal. */
export function goHeader(launch: Launch): { start: number; end: number } {
  const { stmt } = launch;
  const literal =
    launch.body?.unit === launch.unit && launch.body.func.kind === 'FuncLit' ? launch.body.func : undefined;
  return { start: stmt.start, end: literal && contains(stmt, literal) ? literal.type.paramsEnd : stmt.end };
}

/** Line of a loop for a message: `41`, or ``41 (`worker.go`)`` when it is in another file. */
export function loopLine(context: RuleContext, { unit, loop }: Pick<LastPlace, 'unit' | 'loop'>): string {
  const line = context.line({ unit, node: loop.stmt });
  const { file } = unit;
  return file === context.unit.file ? `${line}` : `${line} (\`${file.path.slice(file.path.search(/[^/\\]*$/))}\`)`;
}

/** Operations named at most. */
const MAX_NAMED = 3;

/** What a loop waits for, as code: ``<-a`, `<-b``. Undefined when it waits for nothing that is known. */
export function waitText(endless: EndlessGoroutine): string | undefined {
  const { unit } = endless;
  const main: Wait | undefined =
    endless.waits.find((w) => w.kind === 'select' && !w.hasDefault) ??
    endless.waits.find((w) => w.kind === 'receive' || w.kind === 'send') ??
    endless.waits.find((w) => w.kind === 'call' && !/Lock$/.test(w.name)) ??
    endless.waits.find((w) => w.kind === 'call');
  if (!main) return undefined;
  const names = operations([main]).map((w) => {
    if (w.kind === 'receive') return `\`<-${clip(unit.text(w.chan))}\``;
    if (w.kind === 'send') return `\`${clip(unit.text(w.chan))} <- …\``;
    return `\`${clip(unit.text(w.node.fun))}\``;
  });
  const unique = [...new Set(names)];
  return unique.length > MAX_NAMED ? `${unique.slice(0, MAX_NAMED).join(', ')}, …` : unique.join(', ') || undefined;
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/**
 * Steps from the `go` statement to the loop. The rule's texts must have `step-calls` and `step-loop`
 * (see `ENDLESS_MESSAGES` in `shared-text.ts`).
 */
export function endlessSteps(endless: EndlessGoroutine): StepSpec[] {
  const calls: StepSpec[] = endless.calls.map(({ unit, call }) => ({ unit, node: call, message: 'step-calls' }));
  return [...calls, { unit: endless.unit, node: headOf(endless.loop.stmt), message: 'step-loop' }];
}

/** `for …` up to its brace; all of other statements. */
export function headOf(stmt: Node): { start: number; end: number } {
  const end = stmt.kind === 'ForStmt' || stmt.kind === 'RangeStmt' ? stmt.body.start : stmt.end;
  return { start: stmt.start, end: Math.max(stmt.start + 1, end) };
}
