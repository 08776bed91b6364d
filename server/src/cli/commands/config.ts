/** `goroutine-hygiene config --print`. */
import { ConfigError, Configs } from '../../workspace/config.ts';
import { dirname } from '../../workspace/paths.ts';
import { UsageError } from '../host.ts';
import type { Host } from '../host.ts';

/** Prints the config that governs a path, with every default filled in. Throws `UsageError` when it, or an entry of it, is broken. */
export async function runConfig(host: Host, path: string): Promise<void> {
  const rules = await host.rules();
  const resolved = host.resolve(path);
  const stat = await host.fs.stat(resolved);
  if (!stat) throw new UsageError(`${path}: no such file or directory`);
  const configs = new Configs(
    host.fs,
    rules.map(({ meta }) => ({ id: meta.id })),
  );
  try {
    const config = await configs.forDirectory(stat.type === 'directory' ? resolved : dirname(resolved));
    const { path: file = null, exclude, includeGenerated, tests, testdata, leaveTo, resources, locale = 'en' } = config;
    const levels = Object.fromEntries(rules.map(({ meta }) => [meta.id, config.levels[meta.id] ?? meta.level]));
    const shown = { file, exclude, includeGenerated, tests, testdata, leaveTo, resources, locale, rules: levels };
    host.stdout.write(`${JSON.stringify(shown, undefined, 2)}\n`);
    if (config.path !== undefined && config.problems) throw new ConfigError(config.path, config.problems, true);
  } catch (error) {
    throw error instanceof ConfigError ? new UsageError(error.message) : error;
  }
}
