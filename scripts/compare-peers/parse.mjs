/**
 * Reads what the peers print. A finding is `{check, path, line, column, message}`, with an absolute path.
 */
import { isAbsolute, resolve } from 'node:path';

const PARSERS = { analysis: parseAnalysis, staticcheck: parseStaticcheck, text: parseText };

/**
 * The findings of a run, without those that occur twice because a file belongs to a package and to its tests.
 * @param {{output: string, checks: string[], related?: RegExp}} peer
 * @param {string} text what it printed
 * @param {string} folder where it ran; paths may be relative to it
 */
export function findingsOf(peer, text, folder) {
  const findings = new Map();
  for (const finding of PARSERS[peer.output](text, peer)) {
    if (!peer.checks.includes(finding.check) || peer.related?.test(finding.message)) continue;
    const path = isAbsolute(finding.path) ? finding.path : resolve(folder, finding.path);
    findings.set([finding.check, path, finding.line, finding.column].join('\0'), { ...finding, path });
  }
  return [...findings.values()];
}

/** JSON of golang.org/x/tools/go/analysis: one or more objects `{package: {check: [{posn, message}] or {error}}}` one after the other. */
function parseAnalysis(text) {
  return objectsIn(text).flatMap((packages) =>
    Object.values(packages).flatMap((checks) =>
      Object.entries(checks).flatMap(([check, found]) =>
        // A check that gave up on a package has an object with its error instead.
        Array.isArray(found) ? found.map(({ posn, message }) => ({ check, ...positionOf(posn), message })) : [],
      ),
    ),
  );
}

/** The objects of a stream, each on lines of its own: they begin and end at the left margin. go vet puts `# package` lines between. */
function objectsIn(text) {
  const objects = [];
  let lines = [];
  for (const line of text.split('\n')) {
    if (lines.length === 0 && !line.startsWith('{')) continue;
    lines.push(line);
    if (line.startsWith('}') || line === '{}') {
      objects.push(JSON.parse(lines.join('\n')));
      lines = [];
    }
  }
  return objects;
}

/** `-f json` of staticcheck: one object a line. What the compiler complains about comes the same way, with another code. */
function parseStaticcheck(text) {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .map(({ code, location, message }) => ({
      check: code,
      path: location.file,
      line: location.line,
      column: location.column,
      message,
    }));
}

/** `file:line:column: message` lines of a program with one check. */
function parseText(text, { checks: [check] }) {
  return text.split('\n').flatMap((line) => {
    const match = /^(.+?\.go:\d+(?::\d+)?): (.+)$/.exec(line);
    return match ? [{ check, ...positionOf(match[1]), message: match[2] }] : [];
  });
}

/** `file:line:column`; the file may have colons of its own. */
function positionOf(posn) {
  const [, path, line, column = '1'] = /^(.*?):(\d+)(?::(\d+))?$/.exec(posn) ?? [undefined, posn, '0'];
  return { path, line: Number(line), column: Number(column) };
}
