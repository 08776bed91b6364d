/** Names that other packages can use. */

/** True for a name that starts with an upper-case letter. */
export function isExported(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}
