/** The comparison, for people. */
import { relative } from 'node:path';

const LEVELS = ['shown', 'hint', 'off'];

/**
 * @param {{peer: string, check: string, both: object[], onlyPeer: object[], onlyOurs: object[]}[]} rows
 */
export function table(rows) {
  const counts = rows.map(({ peer, check, both, onlyPeer, onlyOurs }) => [
    peer === check ? peer : `${peer} ${check}`,
    both.length + onlyPeer.length,
    both.length,
    ...LEVELS.map((level) => both.filter(({ ours }) => ours.level === level).length),
    onlyPeer.length,
    onlyOurs.length,
  ]);
  const sums = counts.reduce(
    (sum, row) => sum.map((n, i) => (i === 0 ? n : n + row[i])),
    ['all', ...Array(4 + LEVELS.length).fill(0)],
  );
  const heading = ['check', 'peer', 'both', ...LEVELS, 'only peer', 'only we'];
  const lines = [heading, ...counts, sums].map((line) => line.map(String));
  const widths = heading.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  return lines
    .map((line) => line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '))
    .join('\n');
}

/** Every difference of one check, with its place. */
export function differences({ peer, check, onlyPeer, onlyOurs }, cwd) {
  const name = peer === check ? peer : `${peer} ${check}`;
  const place = ({ path, line }) => `${shorter(relative(cwd, path), path)}:${line}`;
  const listed = (heading, findings, describe) =>
    findings.length === 0
      ? []
      : [
          `\n${heading} (${findings.length}):`,
          ...inOrder(findings).map((each) => `  ${place(each)}  ${describe(each)}`),
        ];
  return [
    ...listed(`only ${name}`, onlyPeer, ({ message }) => message),
    ...listed(`only we, not ${name}`, onlyOurs, ({ rule, level, message }) => `${rule} (${level}): ${message}`),
  ];
}

function inOrder(findings) {
  return [...findings].sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
}

function shorter(a, b) {
  return a.length < b.length ? a : b;
}
