/** The functions of a package that matter for the order of its locks, told from their text as far as that goes. */
import type { CallExpr, FuncNode } from '../../syntax/ast.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { DeclarationText } from '../../golang/declaration-text.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { GoPackage, PackageMember } from '../../golang/package.ts';
import { noteDeclaration, noteWord } from '../../golang/reads.ts';
import { syncCalls } from '../../golang/sync-calls.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { calledName, unparen } from '../../golang/walk.ts';
import { wordsOf } from '../../golang/word-index.ts';
import { ownerKey } from './lock-links.ts';
import { canonicalPath, identityOf } from './lock-paths.ts';
import { type LockNames, LockSummaries, LOCKS, type NameSet } from './lock-summary.ts';

/** The functions of a package with more than one lock. */
export interface Lockers {
  /** Those that can take a lock while they hold one. */
  nesting: readonly PackageMember[];
  names: LockNames;
}

/** Calls between a function that counts as one that may lock and the lock. */
const MAX_LEVELS = 2;

/** One of these is in every text that the patterns below match. */
const LOCK_WORDS = ['Lock', 'RLock', 'Unlock', 'RUnlock'];
const LOCK_WORD = /\bR?(?:L|Unl)ock\b/;
const LOCK = /\.R?Lock\(\)/;
const LOCKS_IN_TEXT = /\.R?Lock\(\)/g;
const LOCK_OR_UNLOCK = /\.R?(?:Lock|Unlock)\(\)/;

/** Undefined for a package that takes no two locks. */
export function lockersOf(analysis: Analysis, pkg: GoPackage): Lockers | undefined {
  for (const word of LOCK_WORDS) noteWord(word);
  for (const { declaration } of functionsMatching(pkg, LOCK_WORD)) noteDeclaration(declaration);
  const lockers = functionsMatching(pkg, LOCK);
  if (!takeTwo(analysis, pkg, lockers)) return undefined;
  const names = { mayLock: new MayLock(pkg), mayKeep: keepersOf(lockers) };
  return { nesting: nestersOf(lockers, names.mayLock), names };
}

/**
 * The functions that take a lock for reading, and then may take one again; undefined for a package without any, and for one that locks
 * nothing for writing.
 */
export function readersOf(pkg: GoPackage): Lockers | undefined {
  if (!pkg.files.some(({ text }) => /\.RLock\(\)/.test(text))) return undefined;
  for (const word of LOCK_WORDS) noteWord(word);
  const lockers = functionsMatching(pkg, LOCK);
  for (const { declaration } of lockers) noteDeclaration(declaration);
  const mayRead = new MayLock(pkg, /\.RLock\(\)/);
  const nesting = nestersOf(functionsMatching(pkg, /\.RLock\(\)/), mayRead);
  if (nesting.length === 0 || !lockers.some((m) => WRITES.test(textOf(m)))) return undefined;
  return { nesting, names: { mayLock: new MayLock(pkg), mayKeep: keepersOf(lockers) } };
}

/** The functions of packages that may lock, and those that may keep what they have locked. */
export function lockNamesOf(...packages: readonly GoPackage[]): LockNames {
  for (const word of LOCK_WORDS) noteWord(word);
  const lockers = packages.flatMap((pkg) => functionsMatching(pkg, LOCK));
  for (const { declaration } of lockers) noteDeclaration(declaration);
  return { mayLock: new MayLock({ files: packages.flatMap((pkg) => pkg.files) }), mayKeep: keepersOf(lockers) };
}

/** One field of two values is locked: `a.mu.Lock()` and `b.mu.Lock()`. */
const PAIR = /\b(\w+)((?:\.\w+)*)\.R?Lock\(\)[^]*?[^\w.](?!\1\b)\w+\2\.R?Lock\(\)/;

/** The functions of a package, tests left out, that may hold a lock and take that of another value of the type. */
export function takersOfPairs(pkg: GoPackage): Lockers {
  const nesting = functionsMatching(pkg, LOCK).filter((m) => !m.file.isTest && PAIR.test(textOf(m)));
  return { nesting, names: lockNamesOf(pkg) };
}

/** The functions of a package that may take a lock behind an indirect call. */
export interface IndirectCallers extends Lockers {
  /** Those that may call something by a field that holds functions, or by an interface behind which locks may be taken. */
  mayCall: NameSet;
  /** These fields. */
  fields: ReadonlySet<string>;
  /** The methods of these interfaces. */
  methods: ReadonlySet<string>;
  /** Those that hold a lock and then may call a method of a value which has a pointer to the one with the lock. */
  returning: readonly PackageMember[];
}

/**
 * The functions of a package that hold a lock and may call what a field holds, or a method of an interface that the package declares: told
 * from the texts of its types.
 */
export function indirectCallersOf(pkg: GoPackage): IndirectCallers {
  for (const word of LOCK_WORDS) noteWord(word);
  const mayLock = new MayLock(pkg);
  const types = declared(pkg, 'type').map(textOf);
  const names = types.flatMap((text) => [...text.matchAll(/^(?:type |\t)(\w+) func\(/gm)].map((m) => m[1]));
  const field = new RegExp(
    `(?:^\\s+|\\{ )(\\w+)\\s+(?:\\[\\]|map\\[[^\\]]*\\])?(?:func\\(|(?:${['func', ...names].join('|')})\\b)`,
    'gm',
  );
  const found = (pattern: RegExp, texts: readonly string[]): string[] =>
    texts.flatMap((text) => [...text.matchAll(pattern)].map((m) => m[1] as string));
  const fields = new Set(found(field, types));
  const methods = new Set(
    types
      .filter((text) => /\binterface ?\{/.test(text))
      .flatMap((text) => {
        const declared = found(/(?:^\t+|\{ ?|; )(\w+)\(/gm, [text]);
        return declared.filter((name) =>
          mayLock.receivers(name).some((type) => mayHaveAll(pkg, types, type, declared)),
        );
      }),
  );
  // A parameter may be a function, too.
  const functions = ['func\\(', ...names.map((name) => `${name}\\b`)].join('|');
  const patterns = [
    `^func \\([^\\n]*\\w (?:${functions})[^\\n]*\\{$`,
    ...(fields.size > 0 ? [`\\.(?:${[...fields].join('|')})\\b`] : []),
    ...(methods.size > 0 ? [`\\.(?:${[...methods].join('|')})\\(`] : []),
  ];
  const named = new RegExp(patterns.join('|'), 'm');
  const mayCall = new MayLock(pkg, named);
  const lockers = functionsMatching(pkg, LOCK).filter(({ file }) => !file.isTest);
  for (const { declaration } of lockers) noteDeclaration(declaration);
  const mayKeep = keepersOf(lockers);
  const nesting: PackageMember[] = [];
  const returning: PackageMember[] = [];
  const leading = leadingBack(declared(pkg, 'type'));
  for (const m of lockers) {
    const text = textOf(m);
    const words = calledLocked(text, mayKeep);
    if (named.test(text) || words.some((word) => mayCall.has(word))) nesting.push(m);
    if (leading.size > 0 && words.some((word) => mayLock.receivers(word).some((type) => leading.has(type))))
      returning.push(m);
  }
  return { nesting, names: { mayLock, mayKeep }, mayCall, fields, methods, returning };
}

/** Types with a pointer to one that has a lock, which in turn names them. */
function leadingBack(types: readonly PackageMember[]): Set<string> {
  const owners = types.filter((m) => /Mutex\b/.test(textOf(m)));
  if (owners.length === 0) return new Set();
  const pointer = new RegExp(`\\*(?:${owners.flatMap((m) => m.declaration.names).join('|')})\\b`);
  const named = new Set(owners.flatMap((m) => wordsOf(textOf(m))));
  const leading = types.filter((m) => pointer.test(textOf(m))).flatMap((m) => m.declaration.names);
  return new Set(leading.filter((name) => named.has(name)));
}

/** Names of what a function may call with a lock held: behind the first one that it takes, or is called to take. */
function calledLocked(text: string, mayKeep: NameSet): string[] {
  const found = new Set<string>();
  let isHeld = false;
  for (const [call, name = ''] of text.matchAll(/(\w+)[([]/g)) {
    if (isHeld) found.add(name);
    isHeld ||= mayKeep.has(name) || LOCK.test(`.${call})`);
  }
  return [...found];
}

/** True where the texts do not say that a type lacks one of the methods: it may have them by what it embeds, or be embedded for the one. */
function mayHaveAll(pkg: GoPackage, types: readonly string[], type: string, methods: readonly string[]): boolean {
  const own = pkg.methods(type);
  if (methods.every((name) => own.has(name))) return true;
  const isEmbedded = new RegExp(`^\\t+\\*?${type}(?:\\[.*)?$`, 'm');
  const declaration = new RegExp(`^(?:type |\\t)${type}\\b`, 'm');
  return types.some(
    (text) => isEmbedded.test(text) || (declaration.test(text) && /^\t+\*?[\w.]+(?:\[.*)?$/m.test(text)),
  );
}

const WRITES = /\.Lock\(\)/;

/** The functions of a package, tests left out, that take a lock for writing. */
export function writersOf(pkg: GoPackage): PackageMember[] {
  return functionsMatching(pkg, WRITES).filter(({ file }) => !file.isTest);
}

/**
 * True when more than one lock is held at a place where another may be taken, for which no called function has to be looked
 * into: two opposite orders begin with two locks.
 */
export function holdTwo(analysis: Analysis, pkg: GoPackage, { nesting, names }: Lockers): boolean {
  const { mayLock, mayKeep } = names;
  const own = new LockSummaries(analysis, { mayLock: mayKeep, mayKeep });
  const [identities, owners] = [new Set<string>(), new Set<string>()];
  for (const member of nesting) {
    const unit = pkg.unit(member);
    if (unit.hasError) continue;
    for (const func of functionsOf(unit)) {
      const { nested: pairs, heldAt } = own.of(unit, func);
      const asked = [...heldAt].filter(
        ([at]) => at.kind === 'CallExpr' && (isUnnamed(at) || mayLock.has(calledName(at))),
      );
      for (const { path } of [...pairs.map((p) => p.held), ...asked.flatMap(([, held]) => held)]) {
        const [identity, owner] = [identityOf(analysis, unit, path), ownerKey(analysis, unit, path)];
        if (identity) identities.add(identity.key);
        if (owner !== undefined) owners.add(owner);
      }
      if (identities.size > 1 || owners.size > 1) return true;
    }
  }
  return false;
}

/** True for the call of a literal, or of a function that a local variable holds. */
function isUnnamed(call: CallExpr): boolean {
  const x = unparen(call.fun);
  return (x.kind === 'Ident' && x.obj !== undefined) || calledName(call) === '';
}

function declared(pkg: GoPackage, tok: string): PackageMember[] {
  return pkg.files
    .flatMap((file) => file.outline.decls.map((declaration) => ({ file, declaration })))
    .filter(({ declaration }) => declaration.tok === tok);
}

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
function takeTwo(analysis: Analysis, pkg: GoPackage, lockers: readonly PackageMember[]): boolean {
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

/** A function with the literals in it. */
export function functionsOf(unit: DeclUnit): FuncNode[] {
  return unit.decl.kind === 'FuncDecl' ? [unit.decl, ...nodesOfKind(unit.decl, 'FuncLit')] : [];
}

/** Those functions that can take a lock while they hold one: they take two, or name a function that may take one. */
function nestersOf(lockers: readonly PackageMember[], mayLock: NameSet): PackageMember[] {
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

/** Names of functions of a package that may take or let go of a lock: themselves, or by those they mention, a few levels down. */
class MayLock implements NameSet {
  private readonly functions = new Map<string, PackageMember[]>();
  /** What is known of names, by level. */
  private readonly known: Map<string, boolean>[] = [];

  constructor(
    pkg: Pick<GoPackage, 'files'>,
    private readonly pattern: RegExp = LOCK_OR_UNLOCK,
  ) {
    for (const file of pkg.files)
      for (const declaration of file.outline.decls) {
        if (declaration.tok !== 'func') continue;
        for (const name of declaration.names) {
          const members = this.functions.get(name);
          if (members) members.push({ file, declaration });
          else this.functions.set(name, [{ file, declaration }]);
        }
      }
  }

  has(name: string): boolean {
    return this.ask(name, MAX_LEVELS);
  }

  /** The types of which a method of that name may take or let go of a lock. */
  receivers(name: string): string[] {
    const members = this.has(name) ? (this.functions.get(name) ?? []) : [];
    return members.flatMap((m) => (this.mayLock(m, MAX_LEVELS) ? (m.declaration.recv ?? []) : []));
  }

  private ask(name: string, levels: number): boolean {
    const members = this.functions.get(name);
    if (!members) return false;
    const known = (this.known[levels] ??= new Map<string, boolean>());
    let answer = known.get(name);
    if (answer === undefined) {
      answer = members.some((m) => this.mayLock(m, levels));
      known.set(name, answer);
    }
    return answer;
  }

  private mayLock(member: PackageMember, levels: number): boolean {
    noteDeclaration(member.declaration);
    if (this.pattern.test(textOf(member))) return true;
    return levels > 0 && bodyWords(member).some((word) => this.ask(word, levels - 1));
  }
}
