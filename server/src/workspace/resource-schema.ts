/** The shape of the entries of `resources` in `goroutine-hygiene.jsonc`. Part of the bundle of `config-schema.ts`. */
import * as z from 'zod';
import { tableName } from '../golang/own-names.ts';
import type { OwnResource } from '../golang/own-names.ts';
import type { ConfigProblemId } from './config-problems.ts';

const NAME = '[\\p{L}_][\\p{L}\\p{N}_]*';
const EXPORTED = '\\p{Lu}[\\p{L}\\p{N}_]*';
/** Import path, type for a method, name. */
const QUALIFIED = `[^\\s()*"]+\\.(?:\\(\\*?${NAME}\\)\\.)?${EXPORTED}`;
const RESULTS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

const matching = (source: string): z.ZodString => z.string().regex(new RegExp(`^(?:${source})$`, 'u'));

export const resourceSchema = z.strictObject({
  acquire: matching(QUALIFIED).describe(
    'Function or method that acquires: import path, type for a method, name. "example.com/pool.Open", "example.com/pool.(*Pool).Get".',
  ),
  release: z
    .array(matching(`\\(\\)|${EXPORTED}|${QUALIFIED}`))
    .min(1)
    .describe(
      'What releases it, any of these: a method of the result ("Close"), "()" when the result is a function to call, or a function or method that gets it as an argument ("example.com/pool.(*Pool).Put").',
    ),
  // Numbers to choose from: what checks ranges would be a good part of the bundle.
  result: z
    .literal(RESULTS)
    .describe(
      'Which result has to be released, counted from 0 (default 0). The last of several says whether the call failed.',
    )
    .optional(),
  field: matching(EXPORTED)
    .describe('Field of the result that has to be released, not the result itself: "Body".')
    .optional(),
  what: matching('\\S.*').describe('What it is, in a few words, for messages: "pooled connection".').optional(),
  message: matching('\\S.*').describe('What happens when it is not released, for messages.').optional(),
});

/** Which problem a text has that does not match, by the key of an entry. */
const MISMATCHES: Partial<Record<keyof OwnResource, ConfigProblemId>> = {
  acquire: 'notAnAcquire',
  release: 'notARelease',
  field: 'notAField',
  what: 'notALine',
  message: 'notALine',
};

/** The problem of an issue in an entry of `resources`, when it is one that only they have. `path` begins with `resources`. */
export function resourceProblem(
  path: readonly (string | number)[],
  issue: z.core.$ZodIssue,
): ConfigProblemId | undefined {
  const key = path[2] as keyof OwnResource | undefined;
  if (key === undefined) return undefined;
  if (issue.code === 'invalid_format') return MISMATCHES[key];
  return issue.code === 'too_small' ? 'empty' : undefined;
}

/** Indices of entries that say again what another one has said of the same result. */
export function repeatedResources(resources: readonly (OwnResource | undefined)[]): number[] {
  const known = new Set<string>();
  return resources.flatMap((resource, index) => {
    if (!resource) return [];
    const key = `${tableName(resource.acquire)} ${resource.result ?? 0}`;
    if (known.has(key)) return [index];
    known.add(key);
    return [];
  });
}
