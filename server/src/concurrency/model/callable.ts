/** What is called. */
import type { Code } from './instructions.ts';
import type { Value } from './values.ts';

/** A function with what it has captured. */
export interface Callable {
  code: Code;
  env?: readonly Value[];
  recv?: Value;
}
