/** Reads the few lines of `go.mod` and `go.work` that matter here. Grammar: https://go.dev/ref/mod#go-mod-file-lexical */

export interface GoMod {
  module?: string;
  /** Language version `major.minor`. */
  go?: string;
  toolchain?: string;
  /** Directories of a go.work's `use` lines as written. */
  use: string[];
  /** Local directories, as written, that stand for modules of these paths. */
  replace: { module: string; directory: string }[];
  /** Paths of the modules it needs itself: those that only others need are marked as indirect. */
  require: string[];
}

/** Never fails: lines it does not understand are skipped, as they do not change what is read here. */
export function parseGoMod(text: string): GoMod {
  const result: GoMod = { use: [], replace: [], require: [] };
  let block: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const tokens = tokenize(line);
    if (tokens.length === 0 || isIndirect(line)) continue;
    if (block !== undefined) {
      if (tokens[0] === ')') block = undefined;
      else apply(result, block, tokens);
    } else if (tokens[1] === '(') block = tokens[0];
    else if (tokens[1] !== undefined) apply(result, tokens[0]!, tokens.slice(1));
  }
  return result;
}

function apply(result: GoMod, verb: string, words: readonly string[]): void {
  const value = words[0]!;
  if (verb === 'module') result.module ??= value;
  else if (verb === 'go') result.go ??= languageVersion(value);
  else if (verb === 'toolchain') result.toolchain ??= value;
  else if (verb === 'use') result.use.push(value);
  else if (verb === 'replace') {
    const directory = words[words.indexOf('=>') + 1];
    if (words.includes('=>') && /^\.{1,2}(?:\/|$)/.test(directory ?? ''))
      result.replace.push({ module: value, directory: directory! });
  } else if (verb === 'require') result.require.push(value);
}

/** A comment of the Go command: https://go.dev/ref/mod#go-mod-file-require */
function isIndirect(line: string): boolean {
  return /\/\/ indirect(?:;|\s*$)/.test(line);
}

/** `1.22` of `1.22.3`, `1.22rc1` or `1.22`; `undefined` when it is no Go version. */
export function languageVersion(version: string): string | undefined {
  return /^(\d+\.\d+)(?:[.a-z]|$)/.exec(version)?.[1];
}

/** Words of a line: bare, `"interpreted"` or `` `raw` ``; parentheses stand alone; a comment ends the line. */
function tokenize(line: string): string[] {
  const tokens: string[] = [];
  const word = /\s*(?:\/\/.*|"((?:[^"\\]|\\.)*)"|`([^`]*)`|([()])|((?:(?!\/\/)[^\s()"`])+))/y;
  for (let match; (match = word.exec(line));) {
    const token = match[1] ?? match[2] ?? match[3] ?? match[4];
    if (token === undefined) break;
    tokens.push(token);
  }
  return tokens;
}
