/** `goroutine-hygiene scan`. */
import type { FileResult } from '../../engine/api.ts';
import { isAsGraveAs } from '../../engine/finding.ts';
import type { Finding, Severity } from '../../engine/finding.ts';
import type { Locale, Rule } from '../../rules/rule.ts';
import { printable } from '../../report/code-frame.ts';
import type { Reporter, ReportOptions, ReportSummary } from '../../report/reporter.ts';
import { sourceReader } from '../../report/sources.ts';
import { createStyle, wantsColor } from '../../report/style.ts';
import { wordsFor } from '../../report/words.ts';
import { ConfigError, Configs, DEFAULT_CONFIG, isRepositoryRoot, loadConfig } from '../../workspace/config.ts';
import type { Config } from '../../workspace/config.ts';
import { ancestors, dirname } from '../../workspace/paths.ts';
import { scan } from '../../workspace/scan.ts';
import { AtomicFile } from '../atomic-file.ts';
import { EXIT, UsageError } from '../host.ts';
import type { ClosableAnalyzer, Host } from '../host.ts';
import { ProgressLine } from '../progress.ts';
import type { ScanFlags } from '../scan-options.ts';
import { selectRules } from '../selection.ts';
import { Measurements } from '../measurements.ts';
import { version } from '../version.ts';

/** Below this many files a second worker's start and warm-up cost more than it saves. */
const FILES_WORTH_WORKERS = 1500;

/** Scans and reports; resolves with the exit code. Rejects with `UsageError`, or when the host's signal aborts. */
export async function runScan(host: Host, patterns: readonly string[], flags: ScanFlags): Promise<number> {
  const rules = await host.rules();
  const select = selectRules(rules, flags.rule ?? [], flags.disable ?? []);
  const paths = (patterns.length > 0 ? patterns : ['.']).map((pattern) => host.resolve(withoutWildcard(pattern)));
  const configs = new Configs(host.fs, ruleNames(rules), await fixedConfig(host, flags, rules));
  const locale = flags.locale ?? (await localeOf(host, configs, paths[0]!)) ?? 'en';
  const file = flags.output === undefined ? undefined : new AtomicFile(host.resolve(flags.output));
  const measurements = new Measurements();
  let analyzer: ClosableAnalyzer | undefined;
  try {
    const reporter = await createReporter(host, flags, rules, locale);
    const progress = new ProgressLine(host.stderr, host.stderr.isTTY && !flags.quiet);
    const write = (text: string): void => {
      if (text === '') return;
      progress.clear();
      (file ?? host.stdout).write(text);
    };
    const tally = new Tally(flags);
    const summary = await scan(
      paths,
      {
        fs: host.fs,
        configs,
        locale,
        signal: host.signal,
        adjust: (config) => adjust(select(config), flags),
        least: thresholdOf(flags),
        goroutines: flags.format === 'json',
        ...(flags.tests !== undefined && { tests: flags.tests }),
        analyzer: async (files) =>
          (analyzer = await host.createAnalyzer(workersFor(host, flags, files), Boolean(flags.timing))),
        onProgress: (state) => progress.update(state),
      },
      async (result) => {
        const kept = tally.take(result);
        if (kept.findings.length > 0 || kept.notices.length > 0 || kept.goroutines) write(await reporter.file(kept));
        if (flags.format !== 'text' || file) printErrors(host, progress, kept);
      },
    );
    progress.clear();
    const counted = tally.summary(summary.files);
    write(await reporter.end(counted));
    if (file) {
      file.commit();
      if (!flags.quiet) host.stderr.write(`${flags.output}: ${wordsFor(locale).summary(counted)}\n`);
    }
    if (flags.statistics || flags.timing) host.stderr.write(measurements.describe(summary, tally.byRule, flags));
    return tally.exitCode();
  } finally {
    await analyzer?.close();
  }
}

/** Counts what is reported and drops what is below the threshold. */
class Tally {
  readonly byRule = new Map<string, number>();
  private readonly counts: ReportSummary['counts'] = { error: 0, warning: 0, information: 0, hint: 0 };
  private suppressed = 0;
  private notices = 0;
  private filesWithFindings = 0;
  private successful = true;

  constructor(private readonly flags: ScanFlags) {}

  take({ path, findings, notices, goroutines }: FileResult): FileResult {
    const threshold = thresholdOf(this.flags);
    const kept = findings.filter((finding) => isAsGraveAs(finding.severity, threshold));
    const reported = kept.filter((finding) => !finding.suppressed);
    reported.forEach((finding) => this.count(finding));
    this.suppressed += kept.length - reported.length;
    if (reported.length > 0) this.filesWithFindings++;
    this.notices += notices.length;
    if (notices.some((notice) => notice.severity === 'error')) this.successful = false;
    return { path, findings: kept, notices, ...(goroutines && { goroutines }) };
  }

  private count({ rule, severity }: Finding): void {
    this.counts[severity]++;
    this.byRule.set(rule, (this.byRule.get(rule) ?? 0) + 1);
  }

  summary(files: number): ReportSummary {
    const { counts, suppressed, notices, filesWithFindings, successful } = this;
    return { files, counts, suppressed, notices, filesWithFindings, successful };
  }

  exitCode(): number {
    const { failOn } = this.flags;
    if (!this.successful) return EXIT.error;
    if (failOn === 'never') return EXIT.clean;
    const failing = (Object.keys(this.counts) as (keyof typeof this.counts)[]).some(
      (severity) => this.counts[severity] > 0 && isAsGraveAs(severity, failOn),
    );
    return failing ? EXIT.findings : EXIT.clean;
  }
}

/** `./...` and `dir/...` are how Go people say a folder and everything below. Throws `UsageError` for an empty pattern. */
function withoutWildcard(pattern: string): string {
  // Most likely a variable of a script that is not set: neither the root nor the current directory is meant.
  if (pattern === '') throw new UsageError('a path is empty');
  return pattern === '...' ? '.' : pattern.replace(/[\\/]\.\.\.$/, '') || '/';
}

function ruleNames(rules: readonly Rule[]): { id: string; summary: string }[] {
  return rules.map(({ meta, text }) => ({ id: meta.id, summary: text.docs.summary.en }));
}

async function fixedConfig(host: Host, flags: ScanFlags, rules: readonly Rule[]): Promise<Config | undefined> {
  if (flags.config === false) return DEFAULT_CONFIG;
  if (typeof flags.config !== 'string') return undefined;
  try {
    return await loadConfig(host.fs, host.resolve(flags.config), ruleNames(rules));
  } catch (error) {
    throw error instanceof ConfigError ? new UsageError(error.message) : error;
  }
}

function thresholdOf({ hints, severity }: ScanFlags): Severity {
  return hints ? 'hint' : severity;
}

function adjust(config: Config, flags: ScanFlags): Config {
  return {
    ...config,
    includeGenerated: flags.includeGenerated ?? config.includeGenerated,
    ...(flags.locale && { locale: flags.locale }),
  };
}

/** A broken config is reported by the scan itself. */
async function localeOf(host: Host, configs: Configs, path: string): Promise<Locale | undefined> {
  const directory = (await host.fs.stat(path))?.type === 'directory' ? path : dirname(path);
  return (await configs.forDirectory(directory).catch(() => DEFAULT_CONFIG)).locale;
}

/** One worker is the least unless `--jobs 1` says otherwise: it can be ended when the analysis hangs. */
function workersFor(host: Host, flags: ScanFlags, files: number): number {
  if (flags.jobs !== undefined) return flags.jobs === 1 ? 0 : flags.jobs;
  return files < FILES_WORTH_WORKERS ? 1 : Math.max(1, Math.min(host.cores, 4));
}

/** Paths in text are relative to where the user is; in machine formats to the repository, wherever the tool was started. */
async function createReporter(host: Host, flags: ScanFlags, rules: readonly Rule[], locale: Locale): Promise<Reporter> {
  const options: ReportOptions = { root: host.cwd, version, rules, locale, sources: sourceReader(host.fs) };
  if (flags.format === 'text') {
    const { textReporter } = await import('../../report/text.ts');
    const color = flags.color === true ? 'always' : flags.color === false ? 'never' : flags.color;
    const style = createStyle(wantsColor(color, host.env, host.stdout.isTTY && flags.output === undefined));
    return textReporter({ ...options, style, quiet: Boolean(flags.quiet) });
  }
  const root = await repositoryRoot(host);
  if (flags.format === 'json') return (await import('../../report/json.ts')).jsonReporter({ ...options, root });
  return (await import('../../report/sarif.ts')).sarifReporter({ ...options, root });
}

async function repositoryRoot(host: Host): Promise<string> {
  for (const directory of ancestors(host.cwd)) if (await isRepositoryRoot(host.fs, directory)) return directory;
  return host.cwd;
}

/** Where the report is for a machine, a person still sees on stderr what kept the scan from being complete. */
function printErrors(host: Host, progress: ProgressLine, { notices }: FileResult): void {
  for (const { path, severity, message, range } of notices) {
    if (severity !== 'error') continue;
    progress.clear();
    const at = range ? `:${range.start.line + 1}:${range.start.character + 1}` : '';
    host.stderr.write(`${printable(`${path}${at}: ${message}`)}\n`);
  }
}
