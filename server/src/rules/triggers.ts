/**
 * Prefilter patterns that several rules use. All of them are searched for at once in every file: a pattern that starts with
 * a letter or a bracket is skipped fast, what must stand before it goes into a lookbehind.
 */
import { GO_STATEMENT } from '../golang/goroutines.ts';

/** Statements that start a goroutine: `go f()`, `g.Go(f)` of a wait group or errgroup, `time.AfterFunc`. */
export const LAUNCHES: readonly string[] = [GO_STATEMENT, '\\.(?:Try)?Go\\(', '\\bAfterFunc\\b', '\\.DoChan\\('];

/** Code that makes or waits for something the concurrency model follows. */
export const CONCURRENT: readonly string[] = [
  GO_STATEMENT,
  '<-',
  '\\bmake\\(chan\\b',
  '\\.R?Lock\\(',
  '\\.Wait\\(',
  '\\.Go\\(',
  // What another package gives may be a channel.
  '\\brange \\w[\\w.]*\\.[A-Z]\\w*\\(',
];
