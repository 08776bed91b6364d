/** Findings as LSP diagnostics. */
import type { Finding, Notice, Range, Severity } from '../engine/finding.ts';
import type { Locale } from '../rules/rule.ts';
import type { Analysis } from './analyzer.ts';
import type { ClientFeatures } from './client-features.ts';
import type { Documents, OpenDocument } from './documents.ts';
import { DiagnosticSeverity, type Diagnostic, type DiagnosticRelatedInformation } from './library.ts';
import type { DiagnosticData } from './protocol.ts';

export const SOURCE = 'goroutine-hygiene';

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export class Diagnostics {
  constructor(
    private readonly documents: Documents,
    private readonly features: () => ClientFeatures,
    private readonly docsBase: () => string | undefined,
  ) {}

  /** Of the version of the document that was analysed. Suppressed findings are left out. */
  ofDocument({ findings, notices, version, project }: Analysis, opened: OpenDocument): Diagnostic[] {
    const { locale } = project.settings;
    return [
      ...this.convert(findings, version, locale, (finding) => rangeIn(opened, finding)),
      ...notices.map(ofNotice),
    ];
  }

  /** Of a file that is not open; `locale` is that of its findings. */
  ofFile(findings: readonly Finding[], notices: readonly Notice[], locale: Locale): Diagnostic[] {
    return [...this.convert(findings, null, locale, ({ range }) => range), ...notices.map(ofNotice)];
  }

  /** Address of a rule's page in a language. */
  rulePage(rule: string, locale: Locale): string | undefined {
    const base = this.docsBase();
    if (base === undefined) return undefined;
    return `${base.replace(/\/$/, '')}/${locale === 'en' ? '' : `${locale}/`}${rule}.md`;
  }

  private convert(
    findings: readonly Finding[],
    version: number | null,
    locale: Locale,
    rangeOf: (finding: Finding) => Range,
  ): Diagnostic[] {
    const { codeDescription, diagnosticData, relatedInformation } = this.features();
    return findings.flatMap((finding, index) => {
      if (finding.suppressed) return [];
      const href = codeDescription ? this.rulePage(finding.rule, locale) : undefined;
      const data: DiagnosticData = { version, index };
      return {
        range: rangeOf(finding),
        severity: SEVERITIES[finding.severity],
        code: finding.rule,
        source: SOURCE,
        message: finding.message,
        ...(href !== undefined && { codeDescription: { href } }),
        ...(relatedInformation && finding.steps.length > 0 && { relatedInformation: this.related(finding) }),
        ...(diagnosticData && { data }),
      };
    });
  }

  private related({ steps }: Finding): DiagnosticRelatedInformation[] {
    return steps.map(({ path, range, message }) => {
      // The client's own spelling of the URI, so that it recognises the open document.
      const uri = this.documents.get(path)?.document.uri ?? path;
      return { location: { uri, range }, message };
    });
  }
}

/** A notice about the whole file stands at its top. */
function ofNotice({ severity, code, message, range }: Notice): Diagnostic {
  const top = { line: 0, character: 0 };
  return { range: range ?? { start: top, end: top }, severity: SEVERITIES[severity], code, source: SOURCE, message };
}

/** Where a finding lies in the open document it was made for. */
export function rangeIn({ document }: OpenDocument, { start, end }: { start: number; end: number }): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}
