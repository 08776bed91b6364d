/** Prefilter patterns that several rules use. */

/** A `go` statement. It can only stand at the start of a line, after `{`, `;`, `:` or a comment. */
export const GO_STATEMENT = '(?:^|[{;:]|\\*/)[ \\t]*go\\s+[^\\s:=.,;)]';

/** Statements that start a goroutine: `go f()`, `g.Go(f)` of a wait group or errgroup, `time.AfterFunc`. */
export const LAUNCHES: readonly string[] = [GO_STATEMENT, '\\.(?:Try)?Go\\(', '\\bAfterFunc\\b', '\\.DoChan\\('];
