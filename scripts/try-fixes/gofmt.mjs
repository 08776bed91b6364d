/** Checks that fixes keep the format of gofmt, where the file had it before and gofmt is installed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Files per run of gofmt: a command line has its limits. */
const BATCH = 400;

/** Adds the check `gofmt` to trials; see `trial.mjs`. */
export function checkFormat(trials) {
  if (trials.length === 0 || !isInstalled()) return;
  const originals = [...new Set(trials.flatMap(({ changes }) => changes.map(({ before }) => before)))];
  const dirty = unformatted(originals);
  const formatted = new Set(originals.filter((_, i) => !dirty.has(i)));
  const checked = trials.filter(
    ({ changes, checks }) => changes.every(({ before }) => formatted.has(before)) && checks.parses === true,
  );
  const texts = checked.flatMap(({ changes }) => changes.map(({ after }) => after));
  const broken = new Set([...unformatted(texts)].map((i) => texts[i]));
  for (const { changes, checks } of checked)
    checks.gofmt = !changes.some(({ after }) => broken.has(after)) || 'gofmt would change it';
}

let installed;
function isInstalled() {
  if (installed !== undefined) return installed;
  installed = !spawnSync('gofmt', ['-h']).error;
  if (!installed) console.error('There is no gofmt in PATH: the format of fixes is not checked.');
  return installed;
}

/** Indices of the texts that gofmt would change. */
function unformatted(texts) {
  const directory = mkdtempSync(join(tmpdir(), 'hygiene-gofmt-'));
  const found = new Set();
  try {
    for (let from = 0; from < texts.length; from += BATCH) {
      const paths = texts.slice(from, from + BATCH).map((text, i) => {
        const path = join(directory, `${from + i}.go`);
        writeFileSync(path, withoutWants(text));
        return path;
      });
      const { stdout } = spawnSync('gofmt', ['-l', ...paths], { encoding: 'utf8', maxBuffer: 1 << 26 });
      for (const line of stdout.split('\n')) if (line) found.add(Number(basename(line, '.go')));
      for (const path of paths) rmSync(path);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
  return found;
}

/** `// want` comments of fixtures are aligned with comments of the lines around them, which a fix does not care for. */
function withoutWants(text) {
  return text.replace(/[ \t]*\/\/ want .*$/gm, '');
}
