/**
 * For code scanning services: SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), shaped so that GitHub shows
 * the witness, the rule's help and stable alerts.
 */
import type { FileResult } from '../engine/api.ts';
import { editsByFile, type FileEdits, type Finding, type Fix, type Severity } from '../engine/finding.ts';
import { rulePage } from '../rules/page.ts';
import type { Rule } from '../rules/rule.ts';
import { Fingerprints } from './fingerprint.ts';
import { inOrder } from './reporter.ts';
import type { ReportOptions, Reporter, ReportSummary } from './reporter.ts';
import { artifactLocation, embeddable, fileUri, LEVELS, location, physicalLocation, regionOf } from './sarif-parts.ts';
import { sourcesOf, type Sources, type SourceText } from './sources.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

export function sarifReporter(options: ReportOptions): Reporter {
  const { root, rules, locale } = options;
  const ruleIndex = new Map(rules.map((rule, index) => [rule.meta.id, index]));
  const fingerprints = new Fingerprints();
  const results: object[] = [];
  const notifications: { descriptor: { id: string }; [property: string]: unknown }[] = [];

  function convert(finding: Finding, sources: Sources): object {
    const fixes = finding.fixes.flatMap((fix) => convertFix(finding, fix, sources) ?? []);
    const { uri } = artifactLocation(root, finding.path);
    return {
      ruleId: finding.rule,
      ...(ruleIndex.has(finding.rule) && { ruleIndex: ruleIndex.get(finding.rule) }),
      level: LEVELS[finding.severity],
      message: { text: messageWithSteps(finding) },
      locations: [{ physicalLocation: physicalLocation(root, finding.path, finding.range) }],
      partialFingerprints: { 'goroutineHygiene/v1': fingerprints.of(finding, uri, sources.get(finding.path)) },
      ...(finding.steps.length > 0 && {
        relatedLocations: finding.steps.map((step, index) => ({ id: index + 1, ...location(root, step) })),
        codeFlows: [
          { threadFlows: [{ locations: finding.steps.map((step) => ({ location: location(root, step) })) }] },
        ],
      }),
      ...(fixes.length > 0 && { fixes }),
      ...(finding.suppressed && {
        suppressions: [{ kind: 'inSource', status: 'accepted', justification: finding.suppressed.reason }],
      }),
    };
  }

  function describeRule(rule: Rule): object {
    const { meta, text } = rule;
    const help = rulePage(rule, locale);
    return {
      id: meta.id,
      name: pascalCase(meta.id),
      shortDescription: { text: text.docs.summary[locale] },
      fullDescription: { text: text.docs.summary[locale] },
      help: { text: help, markdown: help },
      defaultConfiguration: { enabled: meta.level !== 'off', level: LEVELS[enabledLevel(meta.level)] },
      properties: { tags: [meta.group, 'goroutine-leak'], 'problem.severity': problemSeverity(meta.level) },
    };
  }

  /** Undefined where one of the files cannot be read any more. */
  function convertFix(finding: Finding, fix: Fix, sources: Sources): object | undefined {
    const artifactChanges: object[] = [];
    for (const file of editsByFile(finding, fix)) {
      const source = sources.get(file.path);
      if (!source) return undefined;
      artifactChanges.push(convertFile(file, source));
    }
    return { description: { text: fix.title }, artifactChanges };
  }

  function convertFile({ path, edits }: FileEdits, source: SourceText): object {
    const replacements = edits.map(({ start, end, newText }) => ({
      deletedRegion: regionOf({ start: source.lines.position(start), end: source.lines.position(end) }),
      ...(newText !== '' && { insertedContent: { text: newText } }),
    }));
    return { artifactLocation: artifactLocation(root, path), replacements };
  }

  return {
    async file(result: FileResult) {
      for (const { path, range, code, severity, message } of result.notices) {
        notifications.push({
          descriptor: { id: code },
          level: LEVELS[severity],
          message: { text: message },
          locations: [{ physicalLocation: physicalLocation(root, path, range) }],
        });
      }
      if (result.findings.length === 0) return '';
      for (const finding of inOrder(result.findings))
        results.push(convert(finding, await sourcesOf(finding, options.sources)));
      return '';
    },
    async end(summary: ReportSummary) {
      const codes = [...new Set(notifications.map((each) => each.descriptor.id))].sort();
      const run = {
        tool: {
          driver: {
            name: 'Goroutine Hygiene',
            version: options.version,
            semanticVersion: options.version,
            rules: rules.map(describeRule),
            notifications: codes.map((id) => ({ id })),
          },
        },
        invocations: [{ executionSuccessful: summary.successful, toolExecutionNotifications: notifications }],
        originalUriBaseIds: { '%SRCROOT%': { uri: fileUri(`${root}/`) } },
        columnKind: 'utf16CodeUnits',
        results,
      };
      return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
    },
  };
}

/** The message, then one line per step that links to its related location. */
function messageWithSteps({ message, steps }: Finding): string {
  const lines = steps.map((step, index) => `${index + 1}. [${embeddable(step.message)}](${index + 1})`);
  return [embeddable(message), ...lines].join('\n');
}

function enabledLevel(level: Severity | 'off'): Severity {
  return level === 'off' ? 'warning' : level;
}

function problemSeverity(level: Severity | 'off'): 'error' | 'warning' | 'recommendation' {
  const severity = enabledLevel(level);
  return severity === 'error' || severity === 'warning' ? severity : 'recommendation';
}

/** `lost-cancel` → `LostCancel`, the form SARIF viewers expect of a rule's name. */
function pascalCase(id: string): string {
  return id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
