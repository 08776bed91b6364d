/** What exploring functions cost. */

export interface ModelStatistics {
  /** Functions of which at least one state was looked at; code tried out for a fix does not count. */
  functions: number;
  states: number;
  /** Functions not explored to the end: a bound was reached, or something in them is not modelled. */
  incomplete: number;
  /** Milliseconds for each function, in the order they were explored; empty unless timing was asked for. */
  functionMs: number[];
}

export function emptyModelStatistics(): ModelStatistics {
  return { functions: 0, states: 0, incomplete: 0, functionMs: [] };
}

/** Adds `more` to `total` in place. */
export function addModelStatistics(total: ModelStatistics, more: ModelStatistics): void {
  total.functions += more.functions;
  total.states += more.states;
  total.incomplete += more.incomplete;
  // Not spread into one call: there may be more of them than a call takes arguments.
  for (const ms of more.functionMs) total.functionMs.push(ms);
}
