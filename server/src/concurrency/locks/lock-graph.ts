/** The order in which the functions of a package take locks: an edge for each lock that is taken while another is held. */
import type { FuncNode } from '../../syntax/ast.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { DeclarationText } from '../../golang/declaration-text.ts';
import { DECLARATION, nested } from '../../golang/effort.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { GoPackage, PackageMember } from '../../golang/package.ts';
import { type Answer, noteDeclaration, remembered } from '../../golang/reads.ts';
import { syncCalls } from '../../golang/sync-calls.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { declarationsNaming, wordsOf } from '../../golang/word-index.ts';
import { type LockLink, lockLink, ownerKey } from './lock-links.ts';
import { canonicalPath, identityOf, type LockIdentity } from './lock-paths.ts';
import { type LockNames, LockSummaries, LOCKS, type NestedAcquire } from './lock-summary.ts';

/** A nested acquisition of two locks that another function may take as well. */
export interface LockEdge extends NestedAcquire {
  from: LockIdentity;
  to: LockIdentity;
  /** Present for locks of two values that belong together. */
  link?: LockLink;
}

export interface LockGraph {
  /** Edges by `from` and `to`, see `edgeKey`. */
  edges: ReadonlyMap<string, readonly LockEdge[]>;
  summaries: LockSummaries;
}

/** Callers of callers that count as functions that may lock. */
const MAX_CALLERS = 3;

const graphs = new WeakMap<Analysis, Map<GoPackage, Answer<LockGraph>>>();

/** The lock graph of a package. */
export function lockGraph(analysis: Analysis, pkg: GoPackage): LockGraph {
  let ofPackage = graphs.get(analysis);
  if (!ofPackage) graphs.set(analysis, (ofPackage = new Map()));
  return remembered(ofPackage, pkg, () => {
    const empty: LockGraph = { edges: new Map(), summaries: new LockSummaries(analysis, NO_FUNCTIONS) };
    return nested(DECLARATION, empty, () => build(analysis, pkg));
  });
}

/** Key of the edges from one lock to another. */
export function edgeKey(from: LockIdentity, to: LockIdentity): string {
  return `${from.key} -> ${to.key}`;
}

function build(analysis: Analysis, pkg: GoPackage): LockGraph {
  for (const word of LOCK_WORDS)
    for (const { declaration } of declarationsNaming(pkg, word)) noteDeclaration(declaration);
  const lockers = functionsMatching(pkg, LOCK);
  const edges = new Map<string, LockEdge[]>();
  const mayLock = callersOf(pkg, functionsMatching(pkg, LOCK_OR_UNLOCK));
  const nesting = nestersOf(lockers, mayLock);
  if (nesting.length === 0 || !hasTwoLocks(analysis, pkg, lockers))
    return { edges, summaries: new LockSummaries(analysis, NO_FUNCTIONS) };
  const summaries = new LockSummaries(analysis, { mayLock, mayKeep: keepersOf(lockers) });
  for (const member of nesting) {
    const unit = pkg.unit(member);
    if (unit.hasError) continue;
    for (const func of functionsOf(unit))
      for (const n of summaries.of(unit, func).nested) {
        for (const edge of edgesOf(analysis, n)) {
          const key = edgeKey(edge.from, edge.to);
          const list = edges.get(key);
          if (list) list.push(edge);
          else edges.set(key, [edge]);
        }
      }
  }
  return { edges, summaries };
}

const NO_FUNCTIONS: LockNames = { mayLock: new Set(), mayKeep: new Set() };

/** One of these is in every text that the patterns below match. */
const LOCK_WORDS = ['Lock', 'RLock', 'Unlock', 'RUnlock'];
const LOCK = /\.R?Lock\(\)/;
const LOCKS_IN_TEXT = /\.R?Lock\(\)/g;
const LOCK_OR_UNLOCK = /\.R?(?:Lock|Unlock)\(\)/;

/** Functions whose text has something. */
function functionsMatching(pkg: GoPackage, pattern: RegExp): PackageMember[] {
  return pkg.files
    .filter((file) => pattern.test(file.text))
    .flatMap((file) => file.outline.decls.map((declaration) => ({ file, declaration })))
    .filter((member) => member.declaration.tok === 'func' && pattern.test(textOf(member)));
}

function textOf({ file, declaration }: PackageMember): string {
  return file.textOf(declaration);
}

/** True when the functions take more than one lock: most packages have one, and nothing to put in order. */
function hasTwoLocks(analysis: Analysis, pkg: GoPackage, lockers: readonly PackageMember[]): boolean {
  const keys = new Set<string>();
  for (const member of lockers) {
    const unit = pkg.unit(member);
    if (unit.hasError) continue;
    for (const { path } of syncCalls(analysis, unit, unit.decl, LOCKS)) {
      const canonical = canonicalPath(analysis, unit, path);
      // Fields that lead to the same lock count as one here.
      const key = canonical && (ownerKey(analysis, unit, canonical) ?? identityOf(analysis, unit, canonical)?.key);
      if (key !== undefined) keys.add(key);
      if (keys.size > 1) return true;
    }
  }
  return false;
}

/** Names of functions that may return with a lock held: those without a deferred unlock. */
function keepersOf(lockers: readonly PackageMember[]): Set<string> {
  return new Set(lockers.filter((m) => !/\bdefer\b.*Unlock/.test(textOf(m))).flatMap((m) => m.declaration.names));
}

/** Those functions that can take a lock while they hold one: they take two, or name a function that may take one. */
function nestersOf(lockers: readonly PackageMember[], mayLock: ReadonlySet<string>): PackageMember[] {
  return lockers.filter((member) => {
    const text = textOf(member);
    if ((text.match(LOCKS_IN_TEXT)?.length ?? 0) > 1) return true;
    return bodyWords(member).some((word) => mayLock.has(word));
  });
}

const wordsOfBodies = new WeakMap<DeclarationText, readonly string[]>();

function bodyWords({ file, declaration }: PackageMember): readonly string[] {
  const known = file.declarationText(declaration);
  let words = wordsOfBodies.get(known);
  if (!words) {
    words = [...new Set(wordsOf(known.text.slice(declaration.body - declaration.base)))];
    wordsOfBodies.set(known, words);
  }
  return words;
}

function functionsNaming(pkg: GoPackage, words: readonly string[]): PackageMember[] {
  const found = new Map<unknown, PackageMember>();
  for (const word of words)
    for (const member of declarationsNaming(pkg, word))
      if (member.declaration.tok === 'func') found.set(member.declaration, member);
  return [...found.values()];
}

/** Names of functions, and of those that mention them, a few levels up. */
function callersOf(pkg: GoPackage, members: readonly PackageMember[]): Set<string> {
  const names = new Set<string>();
  let level = members.flatMap((m) => m.declaration.names);
  for (let i = 0; i < MAX_CALLERS && level.length > 0; i++) {
    const fresh = level.filter((name) => !names.has(name));
    for (const name of fresh) names.add(name);
    level = functionsNaming(pkg, [...new Set(fresh)]).flatMap((m) => m.declaration.names);
  }
  return names;
}

function functionsOf(unit: DeclUnit): FuncNode[] {
  return unit.decl.kind === 'FuncDecl' ? [unit.decl, ...nodesOfKind(unit.decl, 'FuncLit')] : [];
}

/** Only pairs that another goroutine can have in its hands as well make an edge. */
function edgesOf(analysis: Analysis, n: NestedAcquire): LockEdge[] {
  const { held, then } = n;
  if (held.opaque || then.opaque || n.others.some((o) => o.opaque)) return [];
  const edges: LockEdge[] = [];
  const from = identityOf(analysis, n.unit, held.path);
  const to = identityOf(analysis, n.unit, then.path);
  if (from && to && from.key !== to.key && areShared(from, to, held.path.root === then.path.root))
    edges.push({ ...n, from, to });
  const link = lockLink(analysis, n.unit, held.path, then.path);
  if (link) edges.push({ ...n, from: link.from, to: link.to, link });
  return edges;
}

function areShared(from: LockIdentity, to: LockIdentity, sameValue: boolean): boolean {
  // Fields of two values: which values they are in another function is not known.
  if (from.kind === 'field' && to.kind === 'field') return sameValue;
  // Variables of a function and fields of anything do not meet anywhere else.
  return (from.kind === 'local') === (to.kind === 'local') || from.kind === 'package' || to.kind === 'package';
}
