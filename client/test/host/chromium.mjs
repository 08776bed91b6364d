import fs from 'node:fs';
import path from 'node:path';
import { Skipped } from './outcome.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The Chromium that drives the tests: `$CHROMIUM`, else the first one on the PATH.
 * @returns {string} path of the executable
 * @throws {Skipped} when there is none
 */
export function findChromium() {
  const chosen = process.env.CHROMIUM;
  if (chosen) {
    if (fs.existsSync(chosen)) return chosen;
    throw new Skipped(`CHROMIUM names ${chosen}, which does not exist.`);
  }
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const name of NAMES) {
      const candidate = path.join(folder, name);
      if (fs.existsSync(candidate)) return candidate;
    }
  }
  throw new Skipped(
    'No Chromium was found. Install one (Debian, Ubuntu: apt-get install chromium) or set CHROMIUM to the path of its executable.',
  );
}
