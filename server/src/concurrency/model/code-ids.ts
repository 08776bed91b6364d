/** Numbers for pieces of code, in the order in which they were asked for: they go into hashes of states. */
const ids = new WeakMap<object, number>();
let last = 0;

export function codeId(code: object): number {
  let id = ids.get(code);
  if (id === undefined) ids.set(code, (id = ++last));
  return id;
}
