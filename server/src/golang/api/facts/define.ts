import type { ApiFact, FactTable } from '../fact.ts';

/** Puts a package or type in front of every key: `under('net/http', { Get: {…} })`. */
export function under(prefix: string, table: FactTable): FactTable {
  return Object.fromEntries(Object.entries(table).map(([name, fact]) => [`${prefix}.${name}`, fact]));
}

/** The same fact under several names, which are separated by white space. */
export function each(names: string, fact: ApiFact): FactTable {
  return Object.fromEntries(
    names
      .split(/\s+/)
      .filter(Boolean)
      .map((name) => [name, fact]),
  );
}
