/** What came of the trials, for people. */
const CHECKS = ['parses', 'gone', 'no new', 'gofmt', 'compiles'];

/** A table by rule and fix: how many were offered, and of those tried by each check how many passed. */
export function table(trials) {
  const rows = new Map();
  for (const trial of trials) {
    const key = `${trial.rule}\0${trial.fix}`;
    rows.set(key, [...(rows.get(key) ?? []), trial]);
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = [
    ['rule', 'fix', 'offered', ...CHECKS],
    ...sorted.map(([key, own]) => [...key.split('\0'), ...countsOf(own)]),
    ['all', '', ...countsOf(trials)],
  ];
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  return lines
    .map((line) => line.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '))
    .join('\n');
}

/** `12`, or `11/12` where one failed; `-` for a check that was never made. */
function countsOf(trials) {
  const counts = CHECKS.map((check) => {
    const made = trials.filter(({ checks }) => checks[check] !== undefined);
    const passed = made.filter(({ checks }) => checks[check] === true);
    if (made.length === 0) return '-';
    return passed.length === made.length ? String(made.length) : `${passed.length}/${made.length}`;
  });
  return [String(trials.length), ...counts];
}

/** What is known of a trial by now, on one line. */
export function lineOf({ where, rule, fix, title, checks }) {
  const failed = CHECKS.filter((check) => typeof checks[check] === 'string');
  const verdict = failed.length === 0 ? 'ok' : `FAILED ${failed.map((check) => checks[check]).join('; ')}`;
  return `${where} ${rule} ${fix} (${title}): ${verdict}`;
}

/** One line for each check that a trial failed. */
export function failuresOf({ where, rule, fix, checks }) {
  return CHECKS.filter((check) => typeof checks[check] === 'string').map(
    (check) => `${where}: ${rule} ${fix}: ${checks[check]}`,
  );
}
