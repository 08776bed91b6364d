/** What the text of a method tells of the part that it plays for the other methods of its type. */

/** Of methods that go round until something ends them: they are there to be run on a goroutine of their own. */
const RUNS = /^\tfor \{\n\t\tselect \{$/m;
/** Of methods with a loop in which they receive. */
const GOES_ROUND = /\n(\t+)for\b[^\n]*\{\n(?:(?:\1\t[^\n]*)?\n)*?\1\t(?:[^\n]*(?:\bcase |\breturn |[=(,!] ?|\t))?<-/;
const CLOSES = /\bclose\(|\bcancel\w*\(\)/i;
const ANSWERS = [/\.R?Lock\(/, /<-|\.Wait\(/, /\bmake\(chan\b|&\w+\{|\bnew\(|\.Add\(/];
const ASKS = [/\bmake\(chan\b/, /\bselect \{/];
/** Lines behind a lock that do not let go of it, but for what is deferred, or leaves at once. */
const HELD = String.raw`(?:(?!(?:(?!defer ).)*\.R?Unlock\(\)\n(?!\s*(?:return|continue|break)\b)).*\n)*`;
/** What comes behind the first lock, as far as it is held. */
const LOCKED = new RegExp(String.raw`\.R?Lock\(\)\n(${HELD})`);
const SENDS = String.raw`[\w)\]] <- `;
/** From a field. */
const RECEIVES = String.raw`<-\w+\.\w+\b(?!\()`;
/** A field is received from, sent to or closed. */
const RECEIVED = /<-\s*\w+\.(\w+)\b/g;
/** The same, but not by a loop that goes through what comes. */
const ASKED = /(?<!\brange )<-\s*\w+\.(\w+)\b/g;
const SENT = /\w\.(\w+) <- /g;
const CLOSED = /\bclose\(\w+\.(\w+)\)/g;
/** A field is set to true, or a flag of `sync/atomic` is. */
const FLAGGED = /\.(\w+)(?: = true|\.(?:Store|Swap|CompareAndSwap)\()/g;
/** Something is put into a list or table in a field, or counted in it. */
const FILLED = /\.(\w+)(?: = append\(\w+\.\1\b|\[[^\]\n]*\] = |\.Add\()/g;

/** Something is put into a table under a key. */
const PUT = /\.\w+\[\w[\w.]*\] = \w/;

/** An entry is deleted, or a list is cut, emptied or put together from its parts. */
const TAKES_AWAY =
  /\bdelete\(|\.(\w+) = (?:\w+\.\1\[(?!\w+\])|nil\b|append\(\w+\.\1\[:)|\bslices\.Delete|\.Remove\(|\bheap\.(?:Remove|Pop)\(|\bvar (\w+) \[\][^]*\.\w+ = \2\b|\b(\w+) := [\w.]+\[:0\][^]*\.\w+ = \3\b/;
/** A field is set, or something in a table in it; of several on the left the last. */
const SET = /\.(\w+)(?:\[[^\]\n]*\])? (?:=|[-+]=) |\.(\w+)\+\+/g;

/** True for a method that goes round until something ends it: it is there to be run on a goroutine of its own. */
export function isRunner(text: string): boolean {
  return RUNS.test(text);
}

/** True for a method with a loop in which it receives: others wait for it. */
export function servesOthers(text: string): boolean {
  return GOES_ROUND.test(text);
}

/** True for a method that hands over something, or takes something. */
export function exchanges(text: string): boolean {
  return text.includes('<-');
}

/** True for a method that hands over something, takes something, or waits for others. */
export function waitsForOthers(text: string): boolean {
  return exchanges(text) || text.includes('.Wait()');
}

export function closes(text: string): boolean {
  return CLOSES.test(text);
}

/** True for a method that sets a flag, which others ask for. */
export function setsFlag(text: string): boolean {
  return fieldsIn(text, FLAGGED).size > 0;
}

/** True for a method by which others take away what is shared. */
export function takesAway(text: string): boolean {
  return TAKES_AWAY.test(text);
}

/** True for a method that does no more than to wait until goroutines have ended. */
export function onlyJoins(text: string): boolean {
  return /\.Wait\(\)/.test(text) && !/<-|Lock\(|\bclose\(/.test(text);
}

/**
 * True for a method that sends with a lock held, or calls a helper that sends: the second call may meet a receiver that is still busy with
 * what the first one has sent.
 */
export function sendsUnderLock(text: string): boolean {
  return doesUnderLock(text, SENDS);
}

/** True for a method that waits, with a lock held, for what comes from a field: who is to send or close may need the lock. */
export function receivesUnderLock(text: string): boolean {
  return doesUnderLock(text, RECEIVES);
}

function doesUnderLock(text: string, operation: string): boolean {
  if (new RegExp(String.raw`\.R?Lock\(\)\n${HELD}?.*${operation}`).test(text)) return true;
  const [own = '', ...helpers] = text.split(/\n(?=func \()/);
  const locked = helpers.length > 0 ? (LOCKED.exec(own)?.[1] ?? '') : '';
  const does = new RegExp(operation);
  return Array.from(locked.matchAll(/\.(\w+)\(/g)).some(([, name]) =>
    helpers.some((h) => h.includes(`) ${name}(`) && does.test(h)),
  );
}

/** True for a method that may wait, under a lock or after it, for what another call of it does: those who ask for the same share an answer. */
export function mayAnswerLater(text: string): boolean {
  return ANSWERS.every((word) => word.test(text));
}

/** True for a method that sends to a channel in a field: what serves it does that again and again. */
export function asksToServe(text: string): boolean {
  return fieldsIn(text, SENT).size > 0;
}

/** True for a method that puts something into a table, in the place of what is there under the same key. */
export function replaces(text: string): boolean {
  return PUT.test(text);
}

/** True for a method that makes a channel, which somebody may be given, and waits. */
export function waitsForOwn(text: string): boolean {
  return text.includes('make(chan ') && waitsForOthers(text);
}

/** True for a method that takes something out of a channel in a field and puts something back: what it once keeps is missing to the next call. */
export function borrows(text: string): boolean {
  return haveCommon(fieldsIn(text, RECEIVED), fieldsIn(text, SENT));
}

/** True for a method that waits for what another one sends to a channel that it makes for each call, and may leave before. */
export function mayLeaveBefore(text: string, sending: string): boolean {
  return ASKS.every((word) => word.test(text)) && haveCommon(fieldsIn(text, RECEIVED), fieldsIn(sending, SENT));
}

/** True when one method closes a channel in a field to which another one sends. */
export function closesWhereItSends(closing: string, sending: string): boolean {
  return haveCommon(fieldsIn(closing, CLOSED), fieldsIn(sending, SENT));
}

/** True for a method that asks, in a condition or a `select`, whether the value has been ended: it may be called at any time. */
export function asksAboutEnd(text: string, end: string): boolean {
  return mentionsAny(text, fieldsIn(end, FLAGGED)) || haveCommon(fieldsIn(end, CLOSED), fieldsIn(text, ASKED));
}

/** True when one method puts something into a list or table in a field that another one mentions. */
export function fillsFor(filling: string, text: string): boolean {
  return mentionsAny(text, fieldsIn(filling, FILLED));
}

/** True when one method sets a field, or puts something into it, that another one mentions. */
export function setsFor(setting: string, text: string): boolean {
  return mentionsAny(text, fieldsIn(setting, SET));
}

function mentionsAny(text: string, fields: ReadonlySet<string>): boolean {
  return [...fields].some((field) => new RegExp(`\\.${field}\\b`).test(text));
}

function fieldsIn(text: string, pattern: RegExp): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(pattern), ([, field = '', other]) => other ?? field));
}

function haveCommon(x: ReadonlySet<string>, y: ReadonlySet<string>): boolean {
  return [...x].some((field) => y.has(field));
}
