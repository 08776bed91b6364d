/**
 * Tests, which are there as a whole: what they do is computed, not guessed. A line that ends in `// leak: RULE` is one where
 * the model has to find that. Of each pair the second is the first, repaired.
 */
import { PROGRAMS_WITH_CONTAINERS } from './whole-program-containers.ts';
import { PROGRAMS_OF_DYNAMIC_TYPES } from './whole-program-dynamic.ts';
import { PROGRAMS_THAT_END } from './whole-program-ends.ts';
import { PROGRAMS_OF_FUNCTIONS } from './whole-program-functions.ts';
import { PROGRAMS_OF_CALLS } from './whole-program-library.ts';
import { PROGRAMS_AS_RUN } from './whole-program-runs.ts';
import { PROGRAMS_IN_ORDER } from './whole-program-order.ts';
import { PROGRAMS_IN_TIME } from './whole-program-time.ts';
import { PROGRAMS_OF_SEARCH } from './whole-program-search.ts';
import { PROGRAMS_OF_VALUES } from './whole-program-values.ts';

export interface Pair {
  title: string;
  leaky: string;
  fixed: string;
}

export const WHOLE_PROGRAMS: readonly Pair[] = [
  ...PROGRAMS_OF_VALUES,
  ...PROGRAMS_OF_DYNAMIC_TYPES,
  ...PROGRAMS_WITH_CONTAINERS,
  ...PROGRAMS_OF_FUNCTIONS,
  ...PROGRAMS_OF_SEARCH,
  ...PROGRAMS_IN_ORDER,
  ...PROGRAMS_IN_TIME,
  ...PROGRAMS_OF_CALLS,
  ...PROGRAMS_THAT_END,
  ...PROGRAMS_AS_RUN,
];
