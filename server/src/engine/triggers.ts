/** The prefilter: texts that contain nothing a rule looks for are never parsed. Built from the rules' trigger words. */
import { bareName, callPattern } from '../golang/own-names.ts';
import type { OwnResources } from '../golang/own-resources.ts';
import type { Rule, RuleMeta } from '../rules/rule.ts';
import type { EngineSettings } from './api.ts';
import { type LeveledRule, mayRun } from './levels.ts';

type Test = (text: string) => boolean;

export class Triggers {
  /** By the settings that decide which rules may run. */
  private readonly any = new Map<string, RegExp>();
  private readonly inPackage = new Map<string, RegExp>();
  private readonly selections = new Map<string, TriggerSelection>();
  private readonly matchers = new Matchers();

  constructor(private readonly rules: readonly Rule[]) {}

  /** True when some rule that may run under `settings` may have something to say about a text. */
  mayMatter(text: string, settings: EngineSettings): boolean {
    const { resources } = settings;
    const own = resources?.length ? callPattern(resources.map(({ acquire }) => bareName(acquire))) : undefined;
    return this.anyUnder(this.any, settings, (rule) => firstOf(triggersOf(rule, own)), own).test(text);
  }

  /** True when a file with this text may make some rule that may run look at the other files of its package. */
  mayMatterToOthers(text: string, settings: EngineSettings): boolean {
    return this.anyUnder(this.inPackage, settings, ({ meta }) => meta.packageTriggers ?? []).test(text);
  }

  private anyUnder(
    known: Map<string, RegExp>,
    settings: EngineSettings,
    of: (rule: Rule) => readonly string[],
    own?: string,
  ): RegExp {
    const key = JSON.stringify([settings.levels, settings.least, own]);
    let any = known.get(key);
    if (!any) known.set(key, (any = anyOf(this.rules.filter((rule) => mayRun(rule, settings)).flatMap(of))));
    return any;
  }

  /**
   * For some of the rules. Which run depends on settings, version and imports: there are few combinations.
   * @param own what the config says of functions that the package can call
   */
  of(rules: readonly LeveledRule[], own?: OwnResources): TriggerSelection {
    const calls = own && callPattern(own.names);
    const key = `${rules.map((r) => r.rule.meta.id).join()} ${calls ?? ''}`;
    let selection = this.selections.get(key);
    if (!selection)
      this.selections.set(
        key,
        (selection = new TriggerSelection(
          rules.map((r) => r.rule),
          calls,
          this.matchers,
        )),
      );
    return selection;
  }
}

/** Some rules, with what they look for: fewer words are found faster. */
export class TriggerSelection {
  private readonly any: RegExp;
  /** Indices of the rules, by what they look for: many look for the same. */
  private readonly groups: { test: Test; rules: number[] }[];
  /** Whether the check of a rule may find something in a text that matches its triggers. */
  private readonly checks = new Map<Rule, Test>();

  constructor(rules: readonly Rule[], own: string | undefined, matchers: Matchers) {
    const groups = new Map<string, { test: Test; rules: number[] }>();
    for (const [i, rule] of rules.entries()) {
      const { checkTriggers } = rule.meta;
      const triggers = triggersOf(rule, own);
      const key = JSON.stringify(triggers);
      const group = groups.get(key);
      if (group) group.rules.push(i);
      else groups.set(key, { test: matchers.of(key, triggers), rules: [i] });
      if (!rule.check) continue;
      const words = checkTriggers && withOwn(rule, checkTriggers, own);
      this.checks.set(rule, words ? matchers.of(JSON.stringify(words), words) : () => true);
    }
    this.any = anyOf(rules.flatMap((rule) => firstOf(triggersOf(rule, own))));
    this.groups = [...groups.values()];
  }

  /** True when some rule may have something to say about a text. */
  mayMatter(text: string): boolean {
    return this.any.test(text);
  }

  /** The rules that may have something to say about a declaration. `rules`: those of the selection, at their levels. */
  select(text: string, rules: readonly LeveledRule[]): LeveledRule[] {
    if (!this.any.test(text)) return [];
    const selected = new Set<number>();
    for (const group of this.groups) if (group.test(text)) for (const i of group.rules) selected.add(i);
    return rules.filter((_, i) => selected.has(i));
  }

  /** True when a rule looks at declarations by themselves and may find something in this one, which matches its triggers. */
  mayCheck(text: string, { rule }: LeveledRule): boolean {
    return this.checks.get(rule)?.(text) ?? false;
  }
}

/** Of a list of which all members must match, only the first one is searched for in whole files. */
function firstOf(triggers: RuleMeta['triggers']): string[] {
  return triggers.map((t) => (typeof t === 'string' ? t : (t[0] ?? '')));
}

/** What a rule looks for. `own`: calls of the functions that the config names. */
function triggersOf(rule: Rule, own: string | undefined): RuleMeta['triggers'] {
  return withOwn(rule, rule.meta.triggers, own);
}

function withOwn({ meta }: Rule, triggers: RuleMeta['triggers'], own: string | undefined): RuleMeta['triggers'] {
  return own !== undefined && meta.ownResources ? [...triggers, own] : triggers;
}

/** Tests by what they look for: selections have most of them in common, and to compile one takes as long as many uses. */
class Matchers {
  private readonly known = new Map<string, Test>();

  of(key: string, triggers: RuleMeta['triggers']): Test {
    let test = this.known.get(key);
    if (!test) this.known.set(key, (test = matcher(triggers)));
    return test;
  }
}

/** A text matches with any of the single triggers, or with all members of one of the lists. */
function matcher(triggers: RuleMeta['triggers']): Test {
  const single = triggers.filter((t) => typeof t === 'string');
  const one = single.length > 0 ? anyOf(single) : undefined;
  const lists = triggers.filter((t) => typeof t !== 'string').map((t) => t.map((s) => new RegExp(s, 'm')));
  return (text) => (one?.test(text) ?? false) || lists.some((list) => list.every((r) => r.test(text)));
}

/**
 * Matches what any of the sources matches. Alternatives that begin alike share one test for it, whichever source they are of: most places of a text
 * are at no beginning.
 */
function anyOf(sources: readonly string[]): RegExp {
  const alike = new Map<string, Set<string>>(BEGINNINGS.map((b) => [b, new Set()]));
  const all: string[] = [];
  for (const s of new Set(sources.flatMap(alternativesOf))) {
    const beginning = BEGINNINGS.find((b) => s.startsWith(b));
    if (beginning === undefined) all.push(`(?:${s})`);
    else alike.get(beginning)?.add(`(?:${s.slice(beginning.length)})`);
  }
  for (const [beginning, rests] of alike) if (rests.size > 0) all.push(`${beginning}(?:${[...rests].join('|')})`);
  return new RegExp(all.join('|') || '(?!)', 'm');
}

/** Of a word, and of a name in a package, a value or a type. */
const BEGINNINGS = ['\\b', '\\.'];

/** The alternatives outside of all groups, or within a group that is all there is. */
function alternativesOf(source: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of source.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|[()|]/g)) {
    if (token === '(') depth++;
    else if (token === ')') depth--;
    else if (token === '|' && depth === 0) {
      found.push(source.slice(start, index));
      start = index + 1;
    }
  }
  if (found.length > 0) return [...found, source.slice(start)].flatMap(alternativesOf);
  const inner = source.startsWith('(?:') && source.endsWith(')') ? source.slice(3, -1) : undefined;
  return inner !== undefined && isBalanced(inner) ? alternativesOf(inner) : [source];
}

/** False for what closes a group that it has not opened. */
function isBalanced(source: string): boolean {
  let depth = 0;
  for (const [token] of source.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|[()]/g)) {
    if (token === '(') depth++;
    else if (token === ')' && --depth < 0) return false;
  }
  return true;
}
