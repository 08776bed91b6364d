/** Which findings are the same in a peer and in ours. */
import { MAPPING, TOLERANCE } from './mapping.mjs';

/**
 * Compares the findings of one check.
 * @param {string} check
 * @param {{path: string, line: number}[]} theirs
 * @param {{rule: string, message: string, places: {path: string, line: number}[]}[]} ours all of ours, of whatever rule
 * @returns {{both: {theirs: object, ours: object}[], onlyPeer: object[], onlyOurs: object[]}}
 */
export function compare(check, theirs, ours) {
  const { rules, ours: isAbout } = MAPPING[check];
  const candidates = ours
    .filter(({ rule, message }) => rules.includes(rule) && (isAbout === undefined || isAbout.test(message)))
    // Of two findings of ours at the place, the one of the rule that is expected.
    .sort((a, b) => rules.indexOf(a.rule) - rules.indexOf(b.rule));
  const both = [];
  const onlyPeer = [];
  for (const finding of theirs) {
    const same = candidates.find((candidate) => distance(candidate, finding) <= TOLERANCE);
    if (same) both.push({ theirs: finding, ours: same });
    else onlyPeer.push(finding);
  }
  const onlyOurs = candidates.filter((candidate) => !theirs.some((each) => distance(candidate, each) <= TOLERANCE));
  return { both, onlyPeer, onlyOurs };
}

/** Lines between a finding of a peer and the nearest place of one of ours in that file. */
function distance({ places }, { path, line }) {
  return Math.min(...places.filter((place) => place.path === path).map((place) => Math.abs(place.line - line)));
}
