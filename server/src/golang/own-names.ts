/** How a config names functions of the user's own libraries and what they acquire. */

/** What the config says of one result of a function. */
export interface OwnResource {
  /** `example.com/pool.Open`, `example.com/pool.Pool.Get` or `example.com/pool.(*Pool).Get`. */
  acquire: string;
  /** Any of these releases it: methods of the result, `()` to call it, qualified functions that get it as an argument. */
  release: readonly string[];
  /** Index of the result, 0 when absent. */
  result?: number;
  /** The field of the result that is released, when it is not the result itself. */
  field?: string;
  /** What it is, in a few words: `pooled connection`. */
  what?: string;
  /** What happens when it is not released. */
  message?: string;
}

/** The name as the table of known functions has it: `example.com/pool.Pool.Get`, whether the receiver is a pointer or not. */
export function tableName(name: string): string {
  return name.replace(/\(\*?([^()]*)\)/, '$1');
}

/** The name of a function without package and type. */
export function bareName(qualifiedName: string): string {
  return qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1);
}

/** Source of a regular expression that matches calls of functions with these names, whatever is in front of the name. */
export function callPattern(names: Iterable<string>): string {
  const all = [...new Set(names)].sort();
  // A letter outside of ASCII is no word character to a regular expression.
  const begin = all.every((name) => /^\w/.test(name)) ? '\\b' : '';
  return `${begin}(?:${all.join('|')})[\\[(]`;
}
