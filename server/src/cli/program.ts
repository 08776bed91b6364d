/** The command line: commands, their help, and the way from an error to an exit code. */
import { Command, CommanderError, Option } from 'commander';
import { LOCALES } from '../rules/rule.ts';
import type { Locale } from '../rules/rule.ts';
import { EXIT, UsageError } from './host.ts';
import type { Host } from './host.ts';
import { declareScanOptions } from './scan-options.ts';
import type { ScanFlags } from './scan-options.ts';
import { version } from './version.ts';

const OVERVIEW = `
Examples:
  $ goroutine-hygiene scan ./...          find leaks in the current directory and below
  $ goroutine-hygiene explain lost-cancel
  $ goroutine-hygiene server --stdio      language server for any editor

"goroutine-hygiene help COMMAND" says more about a command.`;

/** Runs the program with the arguments after its name; resolves with the exit code and never rejects. */
export async function runProgram(host: Host, args: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.clean;
  const program = buildProgram(host, (code) => (exitCode = code));
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has printed its message; showing help on request is no error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.error;
    if (host.signal.aborted) {
      host.stderr.write('interrupted\n');
      return EXIT.interrupted;
    }
    if (UsageError.is(error)) host.stderr.write(`error: ${error.message}\n`);
    else
      host.stderr.write(`internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return EXIT.error;
  }
}

function buildProgram(host: Host, exit: (code: number) => void): Command {
  const program = new Command('goroutine-hygiene')
    .description('Finds goroutine leaks in Go code and explains them. Needs no Go toolchain and runs no code of yours.')
    .version(version, '-V, --version')
    .addHelpText('after', OVERVIEW)
    .showHelpAfterError('(run with --help for usage)')
    .exitOverride()
    .configureOutput({ writeOut: (text) => host.stdout.write(text), writeErr: (text) => host.stderr.write(text) });

  // Commands are loaded when they run: a scan should not pay for the server.
  declareScanOptions(program.command('scan'))
    .description('find leaks in files and folders')
    .argument('[paths...]', 'files, folders or Go patterns such as ./... (default: the current directory)')
    .action(async (paths: string[], flags: ScanFlags) => {
      const { runScan } = await import('./commands/scan.ts');
      exit(await runScan(host, paths, flags));
    });

  program
    .command('explain')
    .description('say what a rule finds, why it matters and how to repair it')
    .argument('<rule>', 'id of the rule, for example lost-cancel')
    .addOption(localeOption())
    .action(async (rule: string, flags: { locale: Locale }) => {
      const { runExplain } = await import('./commands/explain.ts');
      await runExplain(host, rule, flags);
    });

  program
    .command('rules')
    .description('list all rules')
    .option('--json', 'everything about each rule, for programs')
    .addOption(localeOption())
    .action(async (flags: { json?: true; locale: Locale }) => {
      const { runRules } = await import('./commands/rules.ts');
      await runRules(host, flags);
    });

  program
    .command('config')
    .description('show the settings that apply to a file or folder')
    .argument('[path]', 'file or folder', '.')
    .option('--print', 'print them as JSON (the default)')
    .action(async (path: string) => {
      const { runConfig } = await import('./commands/config.ts');
      await runConfig(host, path);
    });

  program
    .command('server')
    .description('run the language server')
    .addOption(new Option('--stdio', 'talk over stdin and stdout').makeOptionMandatory())
    .action(() => host.runServer());

  return program;
}

function localeOption(): Option {
  return new Option('--locale <locale>', 'language of the text').choices(LOCALES).default('en');
}
