/** Prefilter patterns that several rules use. */

/** A `go` statement. It can only stand at the start of a line, after `{`, `;`, `:` or a comment. */
export const GO_STATEMENT = '(?:^|[{;:]|\\*/)[ \\t]*go\\s+[^\\s:=.,;)]';
