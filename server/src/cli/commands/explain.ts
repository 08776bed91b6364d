/** `goroutine-hygiene explain RULE`. */
import { rulePage } from '../../rules/page.ts';
import type { Locale } from '../../rules/rule.ts';
import type { Host } from '../host.ts';
import { ruleNamed } from '../selection.ts';

/** Prints a rule's page as Markdown. Throws `UsageError` for an unknown rule. */
export async function runExplain(host: Host, id: string, flags: { locale: Locale }): Promise<void> {
  host.stdout.write(rulePage(ruleNamed(id, await host.rules()), flags.locale));
}
