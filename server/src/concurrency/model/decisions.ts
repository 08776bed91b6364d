/**
 * What an execution has decided about values that are not known, and whether something happens whatever is decided. A leak that is
 * left on both sides of a branch does not hang on it, however little is known of its condition.
 */

/** One branch that was taken, or the meeting of several executions in one state. */
export type Decision = Branch | Meeting;

interface Branch {
  /** The instruction that asks. */
  at: object;
  value: boolean;
  /** What was decided before; undefined where nothing was. */
  before?: Decision;
}

/** Executions that have come to states which go on equally: what one of them comes to, all do. */
export class Meeting {
  constructor(readonly ways: (Decision | undefined)[]) {}
}

/** Executions that are looked at, and decisions in one of them. */
const MAX_WAYS = 64;
const MAX_DECISIONS = 12;
/** Decisions and meetings that are gone through in all: there may be many more ways than states. */
const MAX_STEPS = 2000;

/** True when the ends of some executions show that it comes to that whatever is decided on the way. */
export function comesAnyway(ends: readonly (Decision | undefined)[]): boolean {
  if (ends.includes(undefined)) return true;
  const root: Choice = { isEnd: false, next: new Map() };
  const spent = { steps: 0 };
  let count = 0;
  for (const end of ends) {
    for (const way of waysTo(end, new Set(), spent)) {
      if (way.length === 0) return true;
      if (++count > MAX_WAYS) return false;
      add(root, way);
    }
    if (spent.steps > MAX_STEPS) return false;
  }
  return isCovered(root);
}

/** A choice that is made after certain others. */
interface Choice {
  /** An execution came to its end without another one. */
  isEnd: boolean;
  next: Map<object, { yes?: Choice; no?: Choice }>;
}

function add(root: Choice, way: readonly Branch[]): void {
  let at = root;
  for (const { at: branch, value } of way) {
    let sides = at.next.get(branch);
    if (!sides) at.next.set(branch, (sides = {}));
    at = sides[value ? 'yes' : 'no'] ??= { isEnd: false, next: new Map() };
  }
  at.isEnd = true;
}

function isCovered({ isEnd, next }: Choice): boolean {
  return isEnd || [...next.values()].some(({ yes, no }) => yes && no && isCovered(yes) && isCovered(no));
}

/** The decisions that lead to an end, in order, of each execution that comes there and decides no more than that; all of them while there is time. */
function* waysTo(
  end: Decision | undefined,
  inside: Set<Meeting>,
  spent: { steps: number },
  most = MAX_DECISIONS,
): Generator<readonly Branch[]> {
  if (++spent.steps > MAX_STEPS) return;
  if (end === undefined) yield [];
  else if (end instanceof Meeting) {
    // A state that is met again on the way leads there without that turn as well.
    if (inside.has(end)) return;
    inside.add(end);
    for (const way of end.ways) yield* waysTo(way, inside, spent, most);
    inside.delete(end);
  } else if (most > 0) for (const way of waysTo(end.before, inside, spent, most - 1)) yield [...way, end];
}
