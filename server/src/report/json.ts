/** For programs: the schema is in `docs/cli.md` and carries a version of its own. */
import type { FileResult } from '../engine/api.ts';
import { editsByFile, type FileEdits, type Finding, type Fix, type Position, type Range } from '../engine/finding.ts';
import type { Goroutine, Location } from '../engine/goroutines.ts';
import { relative } from '../workspace/paths.ts';
import { Fingerprints } from './fingerprint.ts';
import { inOrder } from './reporter.ts';
import type { ReportOptions, Reporter, ReportSummary } from './reporter.ts';
import { sourcesOf, type Sources } from './sources.ts';

/** Raised when a field changes its meaning or goes; new fields do not raise it. */
const SCHEMA_VERSION = 1;

export function jsonReporter(options: ReportOptions): Reporter {
  const findings: object[] = [];
  const suppressed: object[] = [];
  const notices: object[] = [];
  const goroutines: object[] = [];
  const fingerprints = new Fingerprints();
  const pathOf = (path: string): string => relative(options.root, path);

  function convert(finding: Finding, sources: Sources): object {
    return {
      rule: finding.rule,
      messageId: finding.messageId,
      message: finding.message,
      severity: finding.severity,
      path: pathOf(finding.path),
      ...span(finding.start, finding.end, finding.range.start, finding.range.end),
      fingerprint: fingerprints.of(finding, pathOf(finding.path), sources.get(finding.path)),
      steps: finding.steps.map((step) => ({
        message: step.message,
        path: pathOf(step.path),
        ...span(step.start, step.end, step.range.start, step.range.end),
      })),
      fixes: finding.fixes.flatMap((fix) => convertFix(finding, fix, sources) ?? []),
    };
  }

  /** Undefined where one of the files cannot be read any more. */
  function convertFix({ path }: Finding, fix: Fix, sources: Sources): object | undefined {
    const { id, title, kind, preferred, safe, edits, elsewhere } = fix;
    if (!editsByFile({ path }, fix).every((file) => sources.has(file.path))) return undefined;
    const others = elsewhere?.map((file) => ({ path: pathOf(file.path), edits: convertEdits(file, sources) }));
    const own = convertEdits({ path, edits }, sources);
    return { id, title, kind, preferred, safe, edits: own, ...(others && { elsewhere: others }) };
  }

  function place({ path, start, end, range }: Location): object {
    return { path: pathOf(path), ...span(start, end, range.start, range.end) };
  }

  function convertGoroutine(goroutine: Goroutine): object {
    const { function: name, ends, text, reason } = goroutine;
    return {
      ...place(goroutine),
      ...(name !== undefined && { function: name }),
      end: ends,
      text,
      ...(reason && { reason: place(reason) }),
    };
  }

  return {
    async file(result: FileResult) {
      for (const { code, severity, message, path, range } of result.notices)
        notices.push({ code, severity, message, path: pathOf(path), ...(range && lines(range)) });
      goroutines.push(...(result.goroutines ?? []).map(convertGoroutine));
      if (result.findings.length === 0) return '';
      for (const finding of inOrder(result.findings)) {
        const converted = convert(finding, await sourcesOf(finding, options.sources));
        if (finding.suppressed) suppressed.push({ ...converted, suppression: finding.suppressed });
        else findings.push(converted);
      }
      return '';
    },
    async end({ files, counts, successful }: ReportSummary) {
      const report = {
        schemaVersion: SCHEMA_VERSION,
        tool: { name: 'goroutine-hygiene', version: options.version },
        root: options.root,
        columnKind: 'utf16CodeUnits',
        summary: { files, successful, ...counts, suppressed: suppressed.length, notices: notices.length },
        findings,
        suppressed,
        notices,
        goroutines,
      };
      return `${JSON.stringify(report, undefined, 2)}\n`;
    },
  };
}

/** 1-based; the end is exclusive. */
function lines({ start, end }: Range): object {
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function span(startOffset: number, endOffset: number, from: Position, to: Position): object {
  return { ...lines({ start: from, end: to }), startOffset, endOffset };
}

function convertEdits({ path, edits }: FileEdits, sources: Sources): object[] {
  const source = sources.get(path);
  if (!source) return [];
  const { lines } = source;
  return edits.map(({ start, end, newText }) => ({
    ...span(start, end, lines.position(start), lines.position(end)),
    newText,
  }));
}
