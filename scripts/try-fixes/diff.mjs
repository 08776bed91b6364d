/** Differences of two texts, for reading. */

/** Lines shown around what differs. */
const CONTEXT = 4;
/** Equal lines after which two texts count as in step again. */
const IN_STEP = 3;

/** Hunks with `-` and `+` lines, each under a line with its place. */
export function diff(before, after) {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const changes = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
      continue;
    }
    const [x, y] = nextInStep(a, b, i, j);
    changes.push({ from: i, to: x, lines: b.slice(j, y) });
    [i, j] = [x, y];
  }
  return hunks(a, changes);
}

/** Where the texts are equal again, with the fewest lines passed over. */
function nextInStep(a, b, i, j) {
  for (let distance = 1; distance <= a.length - i + (b.length - j); distance++)
    for (let x = Math.max(0, distance - (b.length - j)); x <= Math.min(distance, a.length - i); x++) {
      const [p, q] = [i + x, j + distance - x];
      if ([...Array(IN_STEP).keys()].every((k) => a[p + k] === b[q + k])) return [p, q];
    }
  return [a.length, b.length];
}

function hunks(a, changes) {
  const lines = [];
  let shown = 0;
  changes.forEach(({ from, to, lines: added }, i) => {
    const start = Math.max(shown, from - CONTEXT);
    if (i === 0 || start > shown) lines.push(`@@ ${start + 1} @@`);
    const end = Math.min(changes[i + 1]?.from ?? a.length, to + CONTEXT);
    lines.push(...a.slice(start, from).map((line) => `  ${line}`));
    lines.push(...a.slice(from, to).map((line) => `- ${line}`), ...added.map((line) => `+ ${line}`));
    lines.push(...a.slice(to, end).map((line) => `  ${line}`));
    shown = end;
  });
  return `${lines.join('\n')}\n`;
}
