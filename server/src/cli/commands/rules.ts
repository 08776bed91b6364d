/** `goroutine-hygiene rules`. */
import { levelInWords } from '../../rules/page.ts';
import type { Locale, Rule } from '../../rules/rule.ts';
import type { Host } from '../host.ts';

/** Prints every rule: a table for people, or everything about each as JSON. */
export async function runRules(host: Host, flags: { json?: true; locale: Locale }): Promise<void> {
  const rules = [...(await host.rules())].sort((a, b) =>
    a.meta.group + a.meta.id < b.meta.group + b.meta.id ? -1 : 1,
  );
  if (flags.json) {
    host.stdout.write(
      `${JSON.stringify(
        rules.map((rule) => describe(rule, flags.locale)),
        undefined,
        2,
      )}\n`,
    );
    return;
  }
  const idWidth = Math.max(0, ...rules.map(({ meta }) => meta.id.length));
  let group = '';
  for (const rule of rules) {
    const { meta, text } = rule;
    if (meta.group !== group) host.stdout.write(`${group === '' ? '' : '\n'}${(group = meta.group)}\n`);
    const line = `${meta.id.padEnd(idWidth)}  ${text.docs.summary[flags.locale]}`;
    host.stdout.write(`  ${line} (${levelInWords(rule, flags.locale)})\n`);
  }
}

/** What a rule is to its users; how it finds things is its own affair. */
function describe({ meta, text: { docs } }: Rule, locale: Locale): object {
  const { id, group, level, from = [], inTests, fixes, overlaps = [], daemon = false } = meta;
  return {
    id,
    group,
    level,
    from,
    inTests: inTests ?? null,
    fixes,
    overlaps,
    daemon,
    summary: docs.summary[locale],
    why: docs.why[locale],
    fix: docs.fix[locale],
    silent: docs.silent[locale],
    bad: docs.bad,
    good: docs.good,
  };
}
