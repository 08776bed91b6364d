/**
 * Which rules report what a check of a peer reports. `rules` are all that may; the first is the one to expect. Where a rule reports
 * other things too, `ours` tells from its message whether a finding is one that the peer could have had, for the list of what only we find.
 */

/** @type {Record<string, {rules: string[], ours?: RegExp}>} */
export const MAPPING = {
  // A wait that only its own cancel would end is a rule of its own, and so is a context that is derived from itself on each turn.
  lostcancel: { rules: ['lost-cancel', 'cancel-never-reached', 'growing-context'] },
  copylocks: { rules: ['copied-lock'] },
  loopclosure: { rules: ['loop-variable-capture'] },
  testinggoroutine: { rules: ['fatal-in-goroutine'] },
  // The rule is about every value that comes with an error; the check about responses.
  httpresponse: { rules: ['close-before-error-check', 'response-body-not-closed'], ours: /\.Body\b/ },
  waitgroup: { rules: ['waitgroup-add-inside'] },

  SA1012: { rules: ['nil-context'] },
  SA1015: { rules: ['time-tick'] },
  SA1017: { rules: ['unbuffered-signal'] },
  SA2000: { rules: ['waitgroup-add-inside'] },
  // A lock that is let go at once: where an unlock was meant to be deferred, it is one of these.
  SA2001: { rules: ['missing-unlock', 'wrong-unlock'], ours: /$^/ },
  SA2002: { rules: ['fatal-in-goroutine'] },
  SA2003: { rules: ['wrong-unlock', 'double-lock'], ours: /defer/ },
  SA4011: { rules: ['break-inside-select'] },
  SA5001: { rules: ['close-before-error-check'] },
  // A `defer` in a loop without end never runs; the goroutine around it may be what is reported, or what the loop piles up.
  SA5003: { rules: ['deferred-in-endless-goroutine', 'defer-in-loop'], ours: /never/ },

  bodyclose: { rules: ['response-body-not-closed'] },
  sqlclosecheck: { rules: ['rows-not-closed', 'defer-in-loop'], ours: /rows|stmt|statement/i },
  // The rule asks for Close, the check for Err: rows whose Err nobody asks for are not left open by that alone.
  rowserrcheck: { rules: ['rows-not-closed'], ours: /$^/ },
  // The check asks for a context wherever an API takes one; the rules where there is one to give, or where no other limit of time is.
  noctx: { rules: ['missing-context-variant', 'client-without-timeout', 'context-not-propagated'] },
  contextcheck: { rules: ['context-not-propagated', 'missing-context-variant'], ours: /context\.(?:Background|TODO)/ },
  fatcontext: { rules: ['growing-context'] },
  // The rule is about everything that has to be closed.
  spancheck: { rules: ['resource-not-closed'], ours: /\bspan\b/i },
};

/**
 * How many lines a place of ours may be off the peer's: some report a call, others the statement around it or the line of its
 * first argument. The steps of our finding are places of it too, so that where something is acquired and where it is lost both count.
 */
export const TOLERANCE = 2;
