/** Hover on a finding: what, why, how it gets there and how to repair it; on what starts a goroutine: how that ends. */
import type { Finding } from '../engine/finding.ts';
import type { Locale, Rule } from '../rules/rule.ts';
import type { Analyzer } from './analyzer.ts';
import type { ClientFeatures } from './client-features.ts';
import { rangeIn, type Diagnostics } from './diagnostics.ts';
import type { Documents } from './documents.ts';
import { MarkupKind, type Connection, type Hover, type HoverParams } from './library.ts';
import { answer, type Log } from './log.ts';
import { escapeMarkdown, link, messageMarkdown } from './markdown.ts';
import { say } from './messages.ts';

export class FindingHover {
  constructor(
    private readonly documents: Documents,
    private readonly analyzer: Analyzer,
    private readonly diagnostics: Diagnostics,
    private readonly features: () => ClientFeatures,
    private readonly diagnosticsInHover: () => boolean,
    private readonly rules: () => Promise<readonly Rule[]>,
    private readonly log: Log,
  ) {}

  register(connection: Connection): void {
    connection.onHover(
      answer<HoverParams, Hover | null>(this.log, 'textDocument/hover', null, (params) => this.hover(params)),
    );
  }

  private async hover({ textDocument, position }: HoverParams): Promise<Hover | null> {
    const rules = await this.rules();
    const analysis = await this.analyzer.current(textDocument.uri);
    const opened = this.documents.get(textDocument.uri);
    if (!analysis || opened?.document.version !== analysis.version) return null;
    const offset = opened.document.offsetAt(position);
    const here = analysis.findings.filter(({ start, end }) => start <= offset && offset <= end);
    const started = analysis.goroutines().find(({ word }) => word.start <= offset && offset <= word.end);
    const at = here[0] ?? started?.word;
    if (!at) return null;
    const { locale } = analysis.project.settings;
    const markdown = this.features().markdownHover;
    const parts = here.map((finding) => (markdown ? this.markdown(finding, rules, locale) : plain(finding, locale)));
    if (started) parts.push(markdown ? messageMarkdown(started.text) : started.text);
    const value = parts.join(markdown ? '\n\n---\n\n' : '\n\n');
    const kind = markdown ? MarkupKind.Markdown : MarkupKind.PlainText;
    return { contents: { kind, value }, range: rangeIn(opened, at) };
  }

  private markdown(finding: Finding, rules: readonly Rule[], locale: Locale): string {
    const docs = rules.find(({ meta }) => meta.id === finding.rule)?.text.docs;
    const page = this.diagnostics.rulePage(finding.rule, locale);
    // What is suppressed is no diagnostic, so nobody else shows it.
    const shownElsewhere = this.diagnosticsInHover() && !finding.suppressed;
    const parts = shownElsewhere ? [] : [messageMarkdown(finding.message)];
    if (finding.suppressed)
      parts.push(escapeMarkdown(say('suppressed', locale, { reason: finding.suppressed.reason })));
    if (finding.steps.length > 0 && !shownElsewhere) parts.push(`**${say('path', locale)}**`, this.steps(finding));
    if (docs)
      parts.push(`**${say('why', locale)}**`, docs.why[locale], `**${say('repair', locale)}**`, docs.fix[locale]);
    const rule = `\`${finding.rule}\``;
    parts.push(page === undefined ? rule : `${rule} · ${link(say('page', locale), page)}`);
    return parts.join('\n\n');
  }

  private steps({ steps }: Finding): string {
    return steps
      .map(({ path, range, message }, index) => {
        const uri = this.documents.get(path)?.document.uri ?? path;
        const label = `${uri.slice(uri.lastIndexOf('/') + 1)}:${range.start.line + 1}`;
        return `${index + 1}. ${messageMarkdown(message)} (${link(decode(label), `${uri}#L${range.start.line + 1}`)})`;
      })
      .join('\n');
  }
}

function plain({ message, rule, steps, suppressed }: Finding, locale: Locale): string {
  const lines = [`${message} (${rule})`];
  if (suppressed) lines.push(say('suppressed', locale, { reason: suppressed.reason }));
  steps.forEach((step, index) => lines.push(`${index + 1}. ${step.message}`));
  return lines.join('\n');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
