/** How rules report what the concurrency model found. */
import { type Leak, type LeakRule } from '../concurrency/model/leaks.ts';
import { leaksAfterEdit, modelOf } from '../concurrency/model/model.ts';
import type { Site } from '../concurrency/model/values.ts';
import type { FileEdit } from '../fixes/file-edit.ts';
import { editedTexts } from '../fixes/apply.ts';
import { noteOrder } from '../golang/reads.ts';
import type { DeclUnit } from '../golang/unit.ts';
import type { Node } from '../syntax/ast.ts';
import type { FixSpec, RuleContext, StepSpec } from './context.ts';
import { isClosedByCount } from './counted-closes.ts';
import { ruleOf } from './leak-rule.ts';
import { lineFor } from './leak-sites.ts';
import { isMild } from './milder-leaks.ts';
import { isMeantPanic, isRecovered } from './meant-panics.ts';

/** What a rule says about a leak. */
export interface LeakWords {
  message: string;
  args?: Record<string, string | number>;
  fixes?: FixSpec[];
  /** For one that matters less than the others of the rule. */
  level?: 'hint';
  /** What else leads there, before the last step. */
  steps?: readonly StepSpec[];
  /** Where a reader should look first, when that is not the operation itself. */
  at?: Site;
}

/**
 * Reports the leaks of the file that belong to a rule. Messages may use `{name}`, the channel or lock as written, `{other}`,
 * another lock that is held, and `{where}`: empty, or the place in brackets when the operation is in another file. The
 * rule's texts must have `MODEL_MESSAGES`.
 */
export function reportLeaks(
  context: RuleContext,
  rule: LeakRule,
  describe: (leak: Leak) => LeakWords | undefined,
): void {
  const { analysis, unit } = context;
  for (const leak of modelOf(analysis).leaks(unit.pkg, unit.file)) {
    if (ruleOf(analysis, leak) !== rule || isClosedByCount(analysis, leak) || isRecovered(analysis, leak)) continue;
    const words = describe(leak);
    const site = words && (words.at ?? placeOf(leak, unit.file));
    if (!site || !words) continue;
    const elsewhere = site !== leak.site;
    const steps = leak.steps.map((s, n) => stepOf(s.kind, s.site, n === leak.steps.length - 1 && isPanic(leak)));
    context.report({
      ...site,
      message: words.message,
      level: leak.uncertain || isMeantPanic(analysis, leak) || isMild(analysis, leak) ? 'hint' : words.level,
      args: {
        name: leak.name,
        other: leak.other ?? '',
        where: elsewhere ? ` (${placeText(leak.site)})` : '',
        ...words.args,
      },
      steps: [...steps.slice(0, -1), ...(words.steps ?? []), ...steps.slice(-1)],
      fixes: words.fixes,
    });
  }
}

/** Where the file shows the leak: the operation, or the call or `go` statement that leads to it. */
function placeOf(leak: Leak, file: Site['unit']['file']): Site | undefined {
  return leak.path.findLast((s) => s.unit.file === file && s.node.end > 0);
}

/** The 1-based line of a step: `12`, or `12 (file.go)` when that is not where the leak is. */
export function lineOfStep(leak: Leak, step: Site | undefined): string | undefined {
  return step && lineFor(leak.site.unit.file, step);
}

function placeText(site: Site): string {
  const { file } = site.unit;
  return `${file.name}:${lineFor(file, site)}`;
}

function isPanic(leak: Leak): boolean {
  return leak.rule === 'send-after-close' || leak.rule === 'double-close';
}

function stepOf(kind: string, site: Site, panics: boolean): StepSpec {
  return { ...site, message: panics ? 'step-panics' : `step-${kind}` };
}

/**
 * True when exploring the edited files finds neither this leak nor a new one; others of the same function may be left.
 * @param follows that the leak is gone follows from the code, too: it need not have been explored to the end
 */
export function isRepairedBy(
  context: RuleContext,
  leak: Leak,
  edits: readonly FileEdit[] | undefined,
  follows = false,
): boolean {
  if (!edits || edits.length === 0) return false;
  const { analysis } = context;
  const isBrief = !leak.fillsRoom && !leak.byPanic;
  const after = leaksAfterEdit(analysis, leak.entry, editedTexts(edits), isBrief);
  if (!after || !(after.complete || follows)) return false;
  if (after.leaks.length === 0) return true;
  const open = modelOf(analysis).leaksFrom(leak.entry).map(keyOf);
  remove(open, keyOf(leak));
  return after.leaks.every((l) => remove(open, keyOf(l)));
}

/** True when exploring a function with the edited files finds a leak that is not there without: somebody waits for what the edit ends. */
export function bringsLeak(
  { analysis, unit }: Pick<RuleContext, 'analysis' | 'unit'>,
  edits: readonly FileEdit[],
): boolean {
  const after = leaksAfterEdit(analysis, unit, editedTexts(edits));
  if (!after || after.leaks.length === 0) return false;
  const open = modelOf(analysis).leaksFrom(unit).map(keyOf);
  return !after.leaks.every((l) => remove(open, keyOf(l)));
}

/** The same for a type that gets a method: its constructor and its other methods, which others may call afterwards. */
export function bringsLeakToClients(
  context: Pick<RuleContext, 'analysis' | 'unit'>,
  type: string,
  edits: readonly FileEdit[],
): boolean {
  const { analysis, unit } = context;
  const methods = [...unit.pkg.methods(type).values()];
  const units = [unit, ...methods.map((m) => unit.pkg.unit(m))];
  return units.some((at) => !at.hasError && bringsLeak({ analysis, unit: at }, edits));
}

/** What an edit elsewhere does not change about a leak. */
function keyOf({ rule, operation, name }: Leak): string {
  return `${rule}:${operation}:${name}`;
}

function remove(keys: string[], key: string): boolean {
  const i = keys.indexOf(key);
  if (i >= 0) keys.splice(i, 1);
  return i >= 0;
}

/**
 * True when exploring has found that one of some operations of a declaration blocks.
 *
 * @param nodes nodes of `at`, which may be another declaration than the one at hand
 */
export function isExplored(
  { analysis, unit }: Pick<RuleContext, 'analysis' | 'unit'>,
  at: DeclUnit | undefined,
  nodes: readonly Pick<Node, 'start'>[],
): boolean {
  const isKnown = modelOf(analysis)
    .leaks(unit.pkg, unit.file)
    .some(
      ({ site, rule, fillsRoom }) =>
        // That is told by what is looked for in the code.
        !(fillsRoom && rule === 'wait-before-drain') &&
        site.unit === at &&
        nodes.some((n) => n.start === site.node.start),
    );
  // What the model was asked is not on record; that it has nothing to say silences nobody.
  if (isKnown) noteOrder();
  return isKnown;
}
