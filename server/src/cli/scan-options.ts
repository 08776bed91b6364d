/** The options of `scan`, as the command line declares them and as the scan takes them. */
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { SEVERITIES } from '../engine/finding.ts';
import type { Severity } from '../engine/finding.ts';
import { LOCALES } from '../rules/rule.ts';
import type { Locale } from '../rules/rule.ts';

export const FORMATS = ['text', 'json', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

export interface ScanFlags {
  format: Format;
  output?: string;
  jobs?: number;
  rule?: string[];
  disable?: string[];
  severity: Severity;
  hints?: true;
  failOn: Severity | 'never';
  /** A path, `true` when not given, `false` for `--no-config`. */
  config: string | boolean;
  locale?: Locale;
  includeGenerated?: true;
  tests?: boolean;
  statistics?: true;
  timing?: true;
  /** `true` for a bare `--color`, `false` for `--no-color`. */
  color: 'always' | 'never' | 'auto' | boolean;
  quiet?: true;
}

const EXAMPLES = `
Exit codes:
  0   no findings (at the level of --fail-on)
  1   findings
  2   wrong usage, broken config, missing path or internal error; what could be scanned was scanned

Examples:
  $ goroutine-hygiene scan                          the current directory and everything below
  $ goroutine-hygiene scan ./...                    the same, the way the go command says it
  $ goroutine-hygiene scan server client/conn.go    one folder and one file
  $ goroutine-hygiene scan --rule lost-cancel --rule missing-unlock
  $ goroutine-hygiene scan --severity error         report errors only
  $ goroutine-hygiene scan --format sarif --output hygiene.sarif --fail-on never
  $ goroutine-hygiene scan --statistics --timing /usr/local/go/src

Files named by .gitignore, by "exclude" in goroutine-hygiene.jsonc, vendor, node_modules and testdata are left out
unless you name them as an argument. Columns count UTF-16 code units, as editors do.`;

/** Adds the options to a command. */
export function declareScanOptions(command: Command): Command {
  return command
    .addOption(new Option('-f, --format <format>', 'how to print').choices(FORMATS).default('text'))
    .option('-o, --output <file>', 'write the report to a file (complete or not at all) instead of stdout')
    .addOption(
      new Option(
        '-j, --jobs <n>',
        'worker threads; 1 works without any (default: cores, at most 4; 1 for small scans)',
      ).argParser(jobCount),
    )
    .addOption(list(new Option('-r, --rule <rule>', 'run only this rule (repeatable, or separated by commas)')))
    .addOption(list(new Option('-d, --disable <rule>', 'do not run this rule (repeatable, or separated by commas)')))
    .addOption(
      new Option('--severity <level>', 'report findings of this level and graver')
        .choices(SEVERITIES)
        .default('information'),
    )
    .option('--hints', 'report hints too, the same as --severity hint')
    .addOption(
      new Option('--fail-on <level>', 'exit with 1 for reported findings of this level and graver')
        .choices([...SEVERITIES, 'never'])
        .default('information'),
    )
    .option('-c, --config <file>', 'use this config for every directory instead of the nearest goroutine-hygiene.jsonc')
    .option('--no-config', 'ignore config files')
    .option('--include-generated', 'analyse "Code generated … DO NOT EDIT." files too')
    .option('--tests', 'analyse _test.go files (default)')
    .option('--no-tests', 'leave out _test.go files')
    .addOption(new Option('--locale <locale>', 'language of messages').choices(LOCALES))
    .option('--statistics', 'print counts per rule to stderr')
    .option('--timing', 'print times per rule to stderr')
    .addOption(
      new Option('--color [when]', 'colour the text report').choices(['always', 'never', 'auto']).default('auto'),
    )
    .option('--no-color', 'the same as --color never')
    .option('-q, --quiet', 'one line per finding, no summary, no progress')
    .addHelpText('after', EXAMPLES);
}

function jobCount(value: string): number {
  const jobs = Number(value);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 256)
    throw new InvalidArgumentError('Give a whole number from 1 to 256.');
  return jobs;
}

function list(option: Option): Option {
  const split = (value: string, before: string[] = []) => [...before, ...value.split(',').map((each) => each.trim())];
  return option.argParser<string[]>(split);
}
