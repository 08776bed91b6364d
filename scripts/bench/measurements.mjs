/**
 * Reads what `scan --statistics --timing` writes to stderr: a name and a value on each line, two or more spaces apart.
 * @param {string} stderr
 * @returns {Map<string, string>} name to value; other lines are left out
 */
export function measurements(stderr) {
  const rows = stderr.split('\n').map((line) => /^(\S.*?) {2,}(.+)$/.exec(line));
  return new Map(rows.filter((row) => row !== null).map(([, name, value]) => [name, value]));
}
