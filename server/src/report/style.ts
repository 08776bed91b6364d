/** Colours of the text report. */
import picocolors from 'picocolors';

export type Style = Pick<typeof picocolors, 'bold' | 'dim' | 'red' | 'yellow' | 'blue' | 'cyan' | 'green'>;

/** Colours on or off; who asks decides from `NO_COLOR`, `FORCE_COLOR`, the terminal and options. */
export function createStyle(enabled: boolean): Style {
  return picocolors.createColors(enabled);
}

/** `--color` decides, then `NO_COLOR` (https://no-color.org), then `FORCE_COLOR`, then whether a terminal listens. */
export function wantsColor(
  option: 'always' | 'never' | 'auto',
  env: Record<string, string | undefined>,
  isTerminal: boolean,
): boolean {
  if (option !== 'auto') return option === 'always';
  if (env['NO_COLOR']) return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}
