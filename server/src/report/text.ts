/**
 * For people: one block per finding whose first line is `path:line:column: severity: message [rule]`, which editors and
 * terminals turn into a link. Lines and columns are 1-based, columns count UTF-16 code units as editors do.
 */
import type { FileResult } from '../engine/api.ts';
import type { Finding, Position, Severity } from '../engine/finding.ts';
import { relative } from '../workspace/paths.ts';
import { codeFrame, printable } from './code-frame.ts';
import { inOrder } from './reporter.ts';
import type { ReportOptions, Reporter, ReportSummary } from './reporter.ts';
import type { Style } from './style.ts';
import { wordsFor } from './words.ts';

export interface TextOptions extends ReportOptions {
  style: Style;
  /** Only the first line of each finding, and no summary. */
  quiet: boolean;
}

export function textReporter(options: TextOptions): Reporter {
  const words = wordsFor(options.locale);
  const { style, sources } = options;

  const place = (path: string, position?: Position): string => {
    const at = position ? `:${position.line + 1}:${position.character + 1}` : '';
    return style.bold(`${printable(relative(options.root, path))}${at}`);
  };
  const headline = (where: string, severity: Severity, message: string, id: string): string =>
    `${where}: ${colour(style, severity)(words.severity[severity])}: ${printable(message)} ${style.dim(`[${id}]`)}`;

  async function block(finding: Finding): Promise<string[]> {
    const lines = [headline(place(finding.path, finding.range.start), finding.severity, finding.message, finding.rule)];
    if (options.quiet) return lines;
    const source = await sources(finding.path);
    if (source) lines.push(...codeFrame(source, finding.range, style));
    for (const [index, step] of finding.steps.entries()) {
      lines.push(`  ${style.cyan(`${index + 1}.`)} ${place(step.path, step.range.start)}: ${printable(step.message)}`);
      const stepSource = await sources(step.path);
      if (stepSource) lines.push(...codeFrame(stepSource, step.range, style, 0));
    }
    for (const fix of finding.fixes) lines.push(`  ${style.green(`${words.fix}:`)} ${printable(fix.title)}`);
    return [...lines, ''];
  }

  return {
    async file({ findings, notices }: FileResult) {
      const lines = notices.map((notice) =>
        headline(place(notice.path, notice.range?.start), notice.severity, notice.message, notice.code),
      );
      for (const finding of inOrder(findings)) if (!finding.suppressed) lines.push(...(await block(finding)));
      return lines.map((line) => `${line}\n`).join('');
    },
    async end(summary: ReportSummary) {
      return options.quiet ? '' : `${words.summary(summary)}\n`;
    },
  };
}

function colour(style: Style, severity: Severity): (text: string) => string {
  return { error: style.red, warning: style.yellow, information: style.blue, hint: style.dim }[severity];
}
