/** Whether something happens whatever is decided about values that are not known. */
import { ok, strictEqual } from 'node:assert';
import { comesAnyway, type Decision, Meeting } from '../../src/concurrency/model/decisions.ts';

const A = {};
const B = {};

function after(before: Decision | undefined, at: object, value: boolean): Decision {
  return { at, value, before };
}

describe('decisions', () => {
  const yes = after(undefined, A, true);
  const no = after(undefined, A, false);

  it('are none where nothing was decided', () => strictEqual(comesAnyway([undefined, yes]), true));

  it('matter where only one side leads there', () => strictEqual(comesAnyway([yes]), false));

  it('do not matter where both sides do', () => strictEqual(comesAnyway([yes, no]), true));

  it('matter where one side hangs on another one', () => {
    strictEqual(comesAnyway([after(yes, B, true), no]), false);
    strictEqual(comesAnyway([after(yes, B, true), after(yes, B, false), no]), true);
  });

  it('of different branches do not make up for one another', () =>
    strictEqual(comesAnyway([yes, after(undefined, B, false)]), false));

  it('are those of all executions that meet in a state', () => {
    const meeting = new Meeting([yes]);
    const end = after(meeting, B, true);
    strictEqual(comesAnyway([end, after(meeting, B, false)]), false);
    meeting.ways.push(no);
    strictEqual(comesAnyway([end, after(meeting, B, false)]), true);
  });

  it('of a state that is met again on the way there are told once', () => {
    const meeting = new Meeting([yes]);
    meeting.ways.push(after(meeting, B, true));
    strictEqual(comesAnyway([meeting]), false);
    meeting.ways.push(no);
    strictEqual(comesAnyway([meeting]), true);
  });

  it('in more ways than can be gone through are not told', () => {
    let end: Decision | undefined;
    for (let n = 0; n < 60; n++) {
      const at = {};
      end = new Meeting([after(end, at, true), after(end, at, false)]);
    }
    const started = performance.now();
    strictEqual(comesAnyway([end]), false);
    ok(performance.now() - started < 1000);
  });
});
