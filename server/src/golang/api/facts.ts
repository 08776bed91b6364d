/** Looks up what is known about functions of the standard library and of common packages. */
import type { ApiFact } from './fact.ts';
import { callbackFacts } from './facts/callbacks.ts';
import { clientFacts } from './facts/clients.ts';
import { contextFacts } from './facts/context.ts';
import { httpFacts } from './facts/http.ts';
import { ioFacts } from './facts/io.ts';
import { kubernetesFacts } from './facts/kubernetes.ts';
import { libraryFacts } from './facts/libraries.ts';
import { netFacts } from './facts/net.ts';
import { osFacts } from './facts/os.ts';
import { sqlFacts } from './facts/sql.ts';
import { sqlLibraryFacts } from './facts/sql-libraries.ts';
import { syncFacts } from './facts/sync.ts';
import { testingFacts } from './facts/testing.ts';
import { textFacts } from './facts/text.ts';
import { timeFacts } from './facts/time.ts';

export type { Acquires, ApiFact, Calls, Opens, ResourceKind } from './fact.ts';

/** The tables by area. No name is in two of them. */
export const FACT_TABLES = {
  callbacks: callbackFacts,
  clients: clientFacts,
  context: contextFacts,
  http: httpFacts,
  io: ioFacts,
  kubernetes: kubernetesFacts,
  libraries: libraryFacts,
  net: netFacts,
  os: osFacts,
  sql: sqlFacts,
  sqlLibraries: sqlLibraryFacts,
  sync: syncFacts,
  testing: testingFacts,
  text: textFacts,
  time: timeFacts,
} as const;

const facts = new Map<string, ApiFact>(Object.values(FACT_TABLES).flatMap((table) => Object.entries(table)));

/**
 * @param qualifiedName `net/http.Get` or `net/http.Client.Do`: import path, type for a method (no pointer marker), name.
 *   Methods are known by the type that declares them, be it a struct or an interface.
 * @returns undefined when nothing is known, which is no statement that a call has no effect
 */
export function apiFact(qualifiedName: string): ApiFact | undefined {
  return facts.get(qualifiedName);
}

/** Names, without package and type, of the known functions whose result has to be released. */
export const ACQUIRING: ReadonlySet<string> = new Set(
  [...facts].flatMap(([name, fact]) => (fact.acquires ? [name.slice(name.lastIndexOf('.') + 1)] : [])),
);
