/**
 * Which rules report what a check of a peer reports. `rules` are all that may; the first is the one to expect. Where a rule reports
 * other things too, `ours` tells from its message whether a finding is about the same.
 */

/** @type {Record<string, {rules: string[], ours?: RegExp}>} */
export const MAPPING = {
  // A wait that only its own cancel would end is a rule of its own, and so is a context that is derived from itself on each turn.
  lostcancel: { rules: ['lost-cancel', 'cancel-never-reached', 'growing-context'] },
  copylocks: { rules: ['copied-lock'] },
  loopclosure: { rules: ['loop-variable-capture'] },
  testinggoroutine: { rules: ['fatal-in-goroutine'] },
  // The rule is about every value that comes with an error; the check about responses.
  httpresponse: { rules: ['close-before-error-check'], ours: /`[^`]*\.(?:Do|Get|Head|Post|PostForm)` fails/ },
  waitgroup: { rules: ['waitgroup-add-inside'] },

  SA1012: { rules: ['nil-context'] },
  SA1015: { rules: ['time-tick'] },
  SA1017: { rules: ['unbuffered-signal'] },
  SA2000: { rules: ['waitgroup-add-inside'] },
  // A lock that is let go at once guards nothing. No rule says so; where the unlock was to be deferred, one of these may.
  SA2001: { rules: ['wrong-unlock', 'missing-unlock'], ours: /deferred/ },
  SA2002: { rules: ['fatal-in-goroutine'] },
  SA2003: { rules: ['wrong-unlock', 'double-lock'], ours: /defer/ },
  SA4011: { rules: ['break-inside-select'] },
  SA5001: { rules: ['close-before-error-check'] },
  // A `defer` in a loop without end never runs: what is reported is the goroutine around it, what the loop piles up, or the context.
  SA5003: { rules: ['deferred-in-endless-goroutine', 'defer-in-loop', 'lost-cancel'], ours: /never runs/ },

  bodyclose: { rules: ['response-body-not-closed'] },
  sqlclosecheck: { rules: ['rows-not-closed', 'defer-in-loop'], ours: /^(?!.*\.Err\b)/ },
  // The rule is about Close first, the check about Err alone.
  rowserrcheck: { rules: ['rows-not-closed'], ours: /\.Err\b/ },
  // The check asks for a context wherever an API takes one; the rules where there is one to give, or where no other limit of time is.
  noctx: { rules: ['missing-context-variant', 'client-without-timeout', 'context-not-propagated'] },
  contextcheck: { rules: ['context-not-propagated', 'missing-context-variant'] },
  fatcontext: { rules: ['growing-context'] },
  // The rule is about everything that has to be closed.
  spancheck: { rules: ['resource-not-closed'], ours: /\bspan\b/i },
};

/**
 * How many lines a place of ours may be off the peer's: some report a call, others the statement around it or the line of its
 * first argument. The steps of our finding are places of it too, so that where something is acquired and where it is lost both count.
 */
export const TOLERANCE = 2;
