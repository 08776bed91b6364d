/** Which functions are worth exploring, told from their text: most code of a package is never parsed for it. */
import { isEndName } from '../../golang/ending-methods.ts';
import { isExported } from '../../golang/exported.ts';
import type { GoPackage, PackageMember, Program } from '../../golang/package.ts';
import { perPackage } from '../../golang/per-package.ts';
import type { SourceFile } from '../../golang/source-file.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { noteDeclaration } from '../../golang/reads.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { Declaration } from '../../syntax/declarations.ts';
import { fileWords, LOCK, marksOf, mayWait, STARTS, wordsIn } from './entry-words.ts';
import { helpersOf, onlyOfName, textWithHelpers } from './method-texts.ts';

/** Packages of at most that many characters are looked at as a whole. */
const MAX_PACKAGE = 60_000;

/** Words in the signatures of functions whose callers wait for what they start. */
const GIVES = /\bchan\b|\biter\.Seq|\bfunc\(yield\b/;
/** The header of a constructor: it gives a pointer, and perhaps an error. */
const MAKES = /\)\s*(?:\*\w+(?:\[[^\]]*\])?|\(\*\w+,\s*error\))\s*$/;
/** Of packages of at most that many characters programs are followed through all they compute. */
export const MAX_PROGRAM = 20_000;

/** True for a package that is looked at as a whole. */
export function isSmall(pkg: GoPackage): boolean {
  return pkg.length <= MAX_PACKAGE;
}

/** True for a package of which little is left out when programs are explored. */
export function isTiny(pkg: GoPackage): boolean {
  return pkg.length <= MAX_PROGRAM;
}

/** The functions of a file that are explored, in order. */
export function entriesOf(program: Program, pkg: GoPackage, file: SourceFile): Declaration[] {
  const usesWaiting = leadsToWaiting(program, pkg);
  const isWhole = isTiny(pkg) && (usesWaiting || pkg.files.some((f) => mayWait(fileWords(f))));
  const given = givenChannels(pkg);
  const shared = sharedWaits(pkg);
  if (!isWhole && !mayWait(fileWords(file)) && given.size === 0 && shared.size === 0) return [];
  let leading: ReadonlySet<Declaration> | undefined;
  return file.outline.decls.filter((declaration) => {
    const { tok, body, recv, names } = declaration;
    if (tok !== 'func' || body < 0) return false;
    const is = marksOf(file, declaration);
    if (is.concurrent || given.has(declaration)) return true;
    // `main` and tests lead to what functions do together. In larger packages there is too much on the way to follow them.
    if (isWhole && is.isProgram) {
      if (usesWaiting && names[0] === 'main') return true;
      leading ??= leadingToConcurrency(pkg);
      if (leading.has(declaration)) return true;
    }
    // Only what clients of a type can call is explored with a client.
    if (is.waits && recv !== undefined && isExported(names[0] ?? '')) return true;
    if (shared.has(declaration)) return true;
    if (is.locks > 1 || recv === undefined) return is.locks > 1;
    const text = file.textOf(declaration);
    if (is.locks === 0) return usesLocks(pkg) && isExported(names[0] ?? '') && comesBack(pkg, recv, text);
    return callsLocker(pkg, recv, text) || comesBack(pkg, recv, text);
  });
}

/** True for a program that is looked at together with other packages, in one of which somebody may wait. */
export function leadsToWaiting(program: Program, pkg: GoPackage): boolean {
  if (pkg.name !== 'main') return false;
  const seen = new Set([pkg]);
  // What is added on the way is visited, too.
  for (const { files } of seen)
    for (const path of files.flatMap((f) => f.importPaths)) {
      const other = program.given(path);
      if (!other || seen.has(other)) continue;
      if (other.files.some((f) => mayWait(fileWords(f)))) return true;
      seen.add(other);
    }
  return false;
}

/**
 * Functions that name one which starts a goroutine and has channels or iterators in its signature: `for v := range generate()`;
 * and those that wait and name one which gives them a value whose goroutine it has started. In small packages also those that call a
 * function which starts a goroutine and one which waits: what is left behind shows only where both come together.
 */
const givenChannels = perPackage((pkg): ReadonlySet<Declaration> => {
  const found = new Set<Declaration>();
  const waiting = isSmall(pkg) ? waitingNames(pkg) : undefined;
  for (const file of pkg.files)
    for (const d of file.outline.decls) {
      if (d.tok !== 'func' || d.body < 0 || !marksOf(file, d).starts) continue;
      const header = file.text.slice(d.base, d.body);
      const gives = GIVES.test(header);
      const makes = d.recv === undefined && MAKES.test(header);
      if (!gives && !makes && !waiting) continue;
      for (const name of d.names)
        for (const m of declarationsNaming(pkg, name)) {
          if (gives || (makes && waitsItself(pkg, m))) found.add(m.declaration);
          else if (waiting && !m.file.isTest && callsBoth(pkg, m, name, waiting)) found.add(m.declaration);
        }
    }
  for (const other of pkg.joined) {
    const waits = waiting && new Set([...waiting, ...offersOf(other).waits]);
    for (const [name, gives] of offersOf(other).starts)
      for (const m of declarationsNaming(pkg, name)) {
        const { tok, body } = m.declaration;
        if (tok !== 'func' || body < 0 || m.file.isTest) continue;
        if (gives || (waits ? callsBoth(pkg, m, name, waits) : waitsItself(pkg, m))) found.add(m.declaration);
      }
  }
  return found;
});

/** What a package offers to others: the names of exported functions and methods. */
interface Offers {
  /** They start goroutines, or name one of the package that does; whether they give channels or iterators. */
  starts: ReadonlyMap<string, boolean>;
  /** They wait, or name one of the package that does. */
  waits: ReadonlySet<string>;
}

const offersOf = perPackage((pkg): Offers => {
  const starts = new Map<string, boolean>();
  const waits = new Set<string>();
  for (const file of pkg.files)
    for (const d of file.outline.decls) {
      if (d.tok !== 'func' || d.body < 0 || file.isTest) continue;
      const is = marksOf(file, d);
      if (!is.starts && !is.waits) continue;
      for (const m of isExported(d.names[0] ?? '') ? [{ file, declaration: d }] : callersOf(pkg, d)) {
        const { base, body, names } = m.declaration;
        for (const name of names) {
          if (is.starts) starts.set(name, starts.get(name) === true || GIVES.test(m.file.text.slice(base, body)));
          if (is.waits) waits.add(name);
        }
      }
    }
  return { starts, waits };
});

/** The exported functions of a package that name another one. */
function callersOf(pkg: GoPackage, { names }: Declaration): PackageMember[] {
  const isCaller = ({ file, declaration: { tok, body, names: own } }: PackageMember): boolean =>
    tok === 'func' && body >= 0 && !file.isTest && isExported(own[0] ?? '');
  return names.flatMap((name) => declarationsNaming(pkg, name).filter(isCaller));
}

/** True for a function or method that calls one of its package which waits, by name. */
export function callsWaiting(pkg: GoPackage, { file, declaration }: PackageMember): boolean {
  const waiting = waitingNames(pkg);
  const text = file.text.slice(declaration.body, declaration.end);
  return [...text.matchAll(CALLED)].some(([, name = '']) => waiting.has(name));
}

/** Names of the functions and methods of a package that wait. */
const waitingNames = perPackage((pkg): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const file of pkg.files)
    for (const d of file.outline.decls)
      if (d.tok === 'func' && marksOf(file, d).waits) for (const name of d.names) found.add(name);
  return found;
});

/** True for a function that calls one of a certain name, and waits, itself or in another that it calls. */
function callsBoth(
  pkg: GoPackage,
  { file, declaration }: PackageMember,
  name: string,
  waiting: ReadonlySet<string>,
): boolean {
  noteDeclaration(declaration);
  if (declaration.tok !== 'func' || declaration.body < 0) return false;
  const body = file.text.slice(declaration.body, declaration.end);
  const called = Array.from(body.matchAll(CALLED), ([, c = '']) => c);
  if (!called.includes(name)) return false;
  return called.some((c) => c !== name && waiting.has(c)) || waitsItself(pkg, { file, declaration });
}

/** True for a declaration with an operation that waits, or with a loop over what is called like a channel of the package. */
function waitsItself(pkg: GoPackage, { file, declaration }: PackageMember): boolean {
  if (marksOf(file, declaration).waits) return true;
  return [...file.textOf(declaration).matchAll(RANGED)].some(([, name = '']) => channelNames(pkg).has(name));
}

/** Loops over a variable or field, by its name. */
const RANGED = /\brange (?:\w+\.)*(\w+) \{/g;

/** Names of the fields and variables of a package that are declared as channels. */
const channelNames = perPackage(
  ({ files }): ReadonlySet<string> =>
    new Set(files.flatMap(({ text }) => Array.from(text.matchAll(CHANNEL), ([, name = '']) => name))),
);

const CHANNEL = /\b(\w+)[ \t]+(?:<-)?chan\b/g;

const CALLED = /\b(\w+)(?:\[[\w., ]*\])?\(/g;

/** Types of which a function gives a new value after it has started a goroutine. */
const startedTypes = perPackage((pkg): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const file of pkg.files)
    for (const declaration of file.outline.decls) {
      const { tok, recv, base, body } = declaration;
      const type = tok === 'func' && recv === undefined && body >= 0 && RESULT.exec(file.text.slice(base, body))?.[1];
      if (type && textStartsGoroutines(methodText(pkg, { file, declaration }, type))) found.add(type);
    }
  return found;
});

/** The type of the first result in the header of a function. */
const RESULT = /\)\s*\(?\*?(\w+)\b[^()]*\)?\s*$/;

/**
 * Of a small package, the exported methods that wait in a loop or in a helper of their type, one for each helper, and those that end a
 * value whose constructor has started a goroutine: what they leave behind shows only to who has the value.
 */
const sharedWaits = perPackage((pkg): ReadonlySet<Declaration> => {
  const found = new Set<Declaration>();
  if (!isSmall(pkg)) return found;
  const covered = new Set<PackageMember>();
  for (const file of pkg.files)
    for (const declaration of file.outline.decls) {
      const { tok, recv, names, body } = declaration;
      const [name = ''] = names;
      if (tok !== 'func' || body < 0 || recv === undefined || !isExported(name) || file.isTest) continue;
      const ends = isEndName(name) && (startedTypes(pkg).has(recv) || marksOf(file, declaration).locks > 0);
      if (ends || waitsItself(pkg, { file, declaration })) found.add(declaration);
      for (const helper of helpersOf(pkg, { file, declaration }, recv)) {
        if (covered.has(helper) || !marksOf(helper.file, helper.declaration).waits) continue;
        covered.add(helper);
        found.add(declaration);
      }
    }
  return found;
});

/** True for a declaration with a `go` statement or a call of `Go`, as of an errgroup. */
export function mayStartGoroutines({ file, declaration }: PackageMember): boolean {
  return marksOf(file, declaration).starts;
}

/** The text of a method or constructor of a type, in a small package with those of its helpers. */
export function methodText(pkg: GoPackage, member: PackageMember, type: string): string {
  return isSmall(pkg) ? withReceives(pkg, textWithHelpers(pkg, member, type)) : member.file.textOf(member.declaration);
}

/** A text in which loops over channels are written as the receives that they are. */
function withReceives(pkg: GoPackage, text: string): string {
  return text.replace(RANGED, (all, name: string) =>
    channelNames(pkg).has(name) ? all.replace('range ', 'range <-') : all,
  );
}

/** True for a text with a `go` statement or a call of `Go`, as of an errgroup. */
export function textStartsGoroutines(text: string): boolean {
  return STARTS.test(text);
}

/** True for a text that makes or waits for something others have to do with. */
export function textMayWait(text: string): boolean {
  return mayWait(wordsIn(text));
}

/** True for a declaration that makes or waits for something others have to do with. */
function declarationMayWait({ file, declaration }: PackageMember): boolean {
  return mayWait(marksOf(file, declaration));
}

/** Functions of a package that start goroutines, take locks or wait, and those that name one of them, directly or not. */
function leadingToConcurrency(pkg: GoPackage): ReadonlySet<Declaration> {
  const found = new Set<Declaration>();
  for (const file of pkg.files)
    for (const d of file.outline.decls)
      if (d.tok === 'func' && declarationMayWait({ file, declaration: d })) found.add(d);
  for (const { names } of found)
    for (const name of names) for (const { declaration } of declarationsNaming(pkg, name)) found.add(declaration);
  return found;
}

/** True for a function that makes or is given something others may wait for, or takes locks. */
export function mayBlock({ pkg, file, declaration }: DeclUnit): boolean {
  const { concurrent, isProgram, locks } = marksOf(file, declaration);
  return concurrent || isProgram || locks > 0 || givenChannels(pkg).has(declaration);
}

/** True for a function that starts no goroutine itself and is given none that waits for it. */
export function isQuiet(unit: DeclUnit): boolean {
  return !mayStartGoroutines(unit) && !givenChannels(unit.pkg).has(unit.declaration);
}

/** True when a method calls others of its type, directly or not, one of which takes a lock. */
function callsLocker(pkg: GoPackage, type: string, text: string, seen = new Set<string>()): boolean {
  const recv = /^func \(\s*(\w+)/.exec(text)?.[1];
  if (recv === undefined) return false;
  const methods = pkg.methods(type);
  for (const [, name = ''] of text.matchAll(new RegExp(`\\b${recv}\\.(\\w+)\\(`, 'g'))) {
    const member = methods.get(name) ?? onlyOfName(pkg, name);
    if (!member || seen.has(name)) continue;
    seen.add(name);
    const body = member.file.textOf(member.declaration);
    if (body.search(LOCK) >= 0 || callsLocker(pkg, type, body, seen)) return true;
  }
  return false;
}

/** What the fields of a package are called that hold pointers to a type, and methods that use one of them. */
const backwards = new WeakMap<GoPackage, Map<string, ReadonlySet<string>>>();

/** True when a method calls one of another type which has a pointer to this type, and may use it to take the lock once more. */
export function comesBack(pkg: GoPackage, type: string, text: string): boolean {
  let ofPackage = backwards.get(pkg);
  if (!ofPackage) backwards.set(pkg, (ofPackage = new Map()));
  let names = ofPackage.get(type);
  if (!names) ofPackage.set(type, (names = usersOfPointersTo(pkg, type)));
  if (names.size === 0) return false;
  return methodsCalledIn(text).some((name) => names.has(name));
}

function usersOfPointersTo(pkg: GoPackage, type: string): ReadonlySet<string> {
  const found = new Set<string>();
  const held = [`\\*${type}`, ...interfacesOf(pkg, type).map(({ name }) => name)];
  const pointer = new RegExp(`^\\t(\\w+)[ \\t]+(?:\\[\\]|map\\[\\w+\\])?(?:${held.join('|')})$`, 'gm');
  const fields = pkg.files.flatMap((file) =>
    file.outline.decls.flatMap((d) =>
      d.tok === 'type' ? [...file.textOf(d).matchAll(pointer)].map(([, name = '']) => name) : [],
    ),
  );
  // Or it is an argument.
  const argument = isSmall(pkg) ? [`^func[^\\n]*\\) \\w+\\([^\\n]*\\*${type}\\b`] : [];
  const places = [...argument, ...Array.from(new Set(fields), (field) => `\\.${field}\\b`)];
  if (places.length === 0) return found;
  const uses = new RegExp(places.join('|'));
  const methods = pkg.files.flatMap((file) =>
    file.outline.decls.flatMap((d) => (d.recv === undefined ? [] : [{ ...d, text: file.textOf(d) }])),
  );
  for (const { recv, names, text } of methods)
    if (recv !== undefined && recv !== type && uses.test(text)) {
      for (const name of names) found.add(name);
      // Who calls its other methods by an interface may meet that one.
      for (const { wanted } of interfacesOf(pkg, recv)) for (const name of wanted) found.add(name);
    }
  if (found.size === 0) return found;
  // One more call on the way.
  const direct = new Set(found);
  for (const { names, text } of methods)
    if (methodsCalledIn(text).some((name) => direct.has(name))) for (const name of names) found.add(name);
  return found;
}

/** The interfaces of a package that a type has the methods of, by their names. */
function interfacesOf(pkg: GoPackage, type: string): Interface[] {
  const methods = pkg.methods(type);
  return interfaces(pkg).filter(({ wanted }) => wanted.every((m) => methods.has(m)));
}

interface Interface {
  name: string;
  /** Names of its methods. */
  wanted: readonly string[];
}

const INTERFACE = /^type (\w+) interface \{\n((?:\t[^\n]*\n|\n)*)\}/;

/** The interfaces that a package declares, with the names of their methods; those that embed others are left out. */
const interfaces = perPackage((pkg): readonly Interface[] =>
  pkg.files.flatMap((file) =>
    file.outline.decls.flatMap((d) => {
      const [, name, body = ''] = (d.tok === 'type' && INTERFACE.exec(file.textOf(d))) || [];
      const lines = body.split('\n').filter((line) => /^\t[^\t/]/.test(line));
      const wanted = lines.flatMap((line) => /^\t(\w+)\(/.exec(line)?.[1] ?? []);
      return name !== undefined && wanted.length > 0 && wanted.length === lines.length ? [{ name, wanted }] : [];
    }),
  ),
);

/** True for a small package some of whose functions take locks. */
const usesLocks = perPackage((pkg): boolean => isSmall(pkg) && pkg.files.some((f) => fileWords(f).locks > 0));

function methodsCalledIn(text: string): string[] {
  return Array.from(text.matchAll(/\.(\w+)\(/g), ([, name = '']) => name);
}
