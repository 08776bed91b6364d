/** Engines for tests of the engine: with the product's rules, and with rules made for the test. */
import type { EngineOptions, EngineSettings, FileResult, GoFile, Imports } from '../../src/engine/api.ts';
import { GoEngine } from '../../src/engine/engine.ts';
import { walk } from '../../src/golang/walk.ts';
import type { RuleContext } from '../../src/rules/context.ts';
import { RULES } from '../../src/rules/registry.ts';
import type { Localized, Rule, RuleMeta } from '../../src/rules/rule.ts';
import { sharedParser } from '../support/analysis.ts';

/** The samples ask the web without a limit of time, to have something to release. */
export const SETTINGS: EngineSettings = {
  levels: { 'client-without-timeout': 'off' },
  locale: 'en',
  includeGenerated: false,
  leaveTo: [],
};

const both = (text: string): Localized => ({ en: text, 'zh-cn': text });

/** A rule that reports every call of a function called `trigger`, with the step and fix it is given. */
export function testRule(id: string, meta: Partial<RuleMeta> = {}, check?: (context: RuleContext) => void): Rule {
  const trigger = meta.triggers?.[0] ?? 'leak';
  return {
    meta: { id, group: 'goroutine', level: 'warning', triggers: [trigger], fixes: [], ...meta },
    text: {
      messages: { found: both(`${id} found {name}`), step: both('it starts here') },
      docs: { summary: both(id), why: both(''), silent: both(''), fix: both(''), bad: '', good: '' },
    },
    check:
      check ??
      ((context) => {
        walk(context.unit.decl, (node) => {
          if (node.kind !== 'CallExpr' || node.fun.kind !== 'Ident' || node.fun.name !== trigger) return;
          context.report({ node, message: 'found', args: { name: context.unit.text(node) } });
        });
      }),
  };
}

/** A fresh engine. */
export async function engineWith(rules: readonly Rule[] = RULES, options: EngineOptions = {}): Promise<GoEngine> {
  return new GoEngine(await sharedParser(), rules, options);
}

/** Findings of one file as `line rule`, those that a comment silences in brackets; notices as `code`. */
export function summary(result: FileResult | undefined): string[] {
  return [
    ...(result?.findings ?? []).map((f) => {
      const text = `${f.range.start.line + 1} ${f.rule}`;
      return f.suppressed ? `(${text}: ${f.suppressed.kind} ${f.suppressed.reason})` : text;
    }),
    ...(result?.notices ?? []).map((n) => n.code),
  ];
}

/** Analyses one file with rules made for the test. */
export async function analyseWith(
  rules: readonly Rule[],
  text: string,
  settings: Partial<EngineSettings> = {},
  goVersion?: string,
): Promise<FileResult> {
  const engine = await engineWith(rules);
  const [result] = engine.analyze({ files: [{ path: '/m/a.go', text }], goVersion }, { ...SETTINGS, ...settings });
  if (!result) throw new Error('the engine returned no result');
  return result;
}

/** A workspace of packages with one file each, by import path. */
export class Workspace implements Imports {
  readonly asked: string[] = [];
  private readonly packages = new Map<string, readonly GoFile[]>();
  private readonly imports = new Map<readonly GoFile[], ReadonlySet<string>>();

  constructor(files: Record<string, string>) {
    for (const [path, text] of Object.entries(files)) this.set(path, text);
  }

  set(path: string, text: string): void {
    this.packages.set(path, [{ path: `/ws/${path}/x.go`, text }]);
  }

  files(path: string): readonly GoFile[] | undefined {
    this.asked.push(path);
    return this.packages.get(path);
  }

  covers(path: string): boolean {
    return this.packages.has(path);
  }

  importsOf(path: string): ReadonlySet<string> | undefined {
    const files = this.packages.get(path);
    if (files && !this.imports.has(files)) {
      const paths = files.flatMap(({ text }) => Array.from(text.matchAll(/"([^"\n]+)"/g), ([, p = '']) => p));
      this.imports.set(files, new Set(paths));
    }
    return files && this.imports.get(files);
  }
}
