/** `//hygiene:ignore` comments that have nothing to silence: what they speak of was repaired, or they stand at the wrong line. */
import { inFile } from '../../fixes/file-edit.ts';
import { withoutComment } from '../../fixes/remove-comment.ts';
import type { UnusedSuppression } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './unused-suppression.text.ts';

export const unusedSuppression = defineRule({
  meta: {
    id: 'unused-suppression',
    group: 'suppression',
    level: 'information',
    triggers: ['hygiene:ignore'],
    fixes: ['remove-suppression'],
  },
  text,
  checkSuppressions({ file, suppressions, report }) {
    const source = file.text;
    for (const suppression of suppressions) {
      const { rules, unused } = suppression;
      const names = unused.join(', ');
      const isWhole = unused.length === rules.length;
      report(suppression, {
        message: isWhole ? 'unused' : 'partly-unused',
        args: { names },
        fixes: [
          {
            id: 'remove-suppression',
            title: isWhole ? 'fix-remove' : 'fix-shorten',
            args: { names },
            preferred: true,
            edits: inFile(file, isWhole ? withoutComment(source, suppression) : [withoutNames(source, suppression)]),
          },
        ],
      });
    }
  },
});

/** Leaves the names that silence something in the list. */
function withoutNames(
  source: string,
  { start, rules, unused }: UnusedSuppression,
): {
  start: number;
  end: number;
  newText: string;
} {
  const list = /^\/\/hygiene:ignore\s+/.exec(source.slice(start))?.[0].length ?? 0;
  const from = start + list;
  const to = from + (/^\S*/.exec(source.slice(from))?.[0].length ?? 0);
  return { start: from, end: to, newText: rules.filter((id) => !unused.includes(id)).join() };
}
