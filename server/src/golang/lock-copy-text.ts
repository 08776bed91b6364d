/** Tells from the text of functions and variables, before they are parsed, which of them may copy a value with a lock in it. */
import type { Expr, Ident } from '../syntax/ast.ts';
import { foreignLocks } from './api/lock-types.ts';
import type { DeclarationText } from './declaration-text.ts';
import { nodesOfKind } from './node-index.ts';
import type { GoPackage, PackageMember } from './package.ts';
import type { SourceFile } from './source-file.ts';
import type { DeclUnit } from './unit.ts';
import { pathText } from './walk.ts';

/** Tells of a file by its text which of its declarations may copy a lock. */
interface FileTest {
  /** The test for the text of each declaration; undefined when none can do so. */
  inFile(text: string): Pick<RegExp, 'test'> | undefined;
}

/**
 * Finds functions and variables of a package that may copy a lock whose type the package declares or knows, and some others;
 * undefined where the package has nothing to do with locks.
 */
export function lockCopyTest(pkg: GoPackage): FileTest | undefined {
  const facts = pkg.files.map(factsOf);
  const texts = facts.flatMap((f) => f.members.map((m) => m.text));
  const lockers = facts.flatMap((f) => f.lockers).filter((type) => pkg.methods(type).has('Unlock'));
  const locks = [...new Set([...facts.flatMap((f) => f.foreign), ...lockers])];
  const pointed = [...new Set(facts.flatMap((f) => f.pointed))].filter((type) => !locks.includes(type));
  const [first] = texts;
  // While somebody types in a function, all of these stay.
  const names = [...locks, '', ...pointed].join();
  const before = first && known.get(first);
  if (before?.names === names && before.texts.length === texts.length && texts.every((t, i) => t === before.texts[i]))
    return before.made;
  const made = locks.length + pointed.length > 0 ? testFor(search(pkg, facts, locks), pointed, facts) : undefined;
  if (first) known.set(first, { names, texts, made });
  return made;
}

/** By the first type or variable of a package. */
const known = new WeakMap<DeclarationText, { names: string; texts: DeclarationText[]; made: FileTest | undefined }>();

/** Names, as they are written in the package. */
interface Holders {
  /** Types that are locks or contain some. */
  types: Set<string>;
  /** Fields of such types. */
  fields: Set<string>;
  /** Variables of the package of such types. */
  variables: Set<string>;
  /** Fields, variables and types that have such values as elements. */
  containers: Set<string>;
}

function search(pkg: GoPackage, facts: readonly Facts[], locks: readonly string[]): Holders {
  const holders: Holders = { types: new Set(locks), fields: new Set(), variables: new Set(), containers: new Set() };
  for (let fresh = locks; fresh.length > 0;) {
    const mentions = new RegExp(`\\b(?:${either(fresh)})\\b(?<!\\*[\\w.]+)`);
    const before = new Set(holders.types);
    for (const { members } of facts)
      for (const { member, text } of members) if (mentions.test(text.text)) addHolders(pkg.unit(member), holders);
    fresh = [...holders.types].filter((t) => !before.has(t));
  }
  return holders;
}

/** What of a declaration of types or variables has a lock in it. */
function addHolders({ decl, hasError }: DeclUnit, holders: Holders): void {
  if (hasError || decl.kind !== 'GenDecl') return;
  for (const spec of decl.specs) {
    if (spec.kind === 'TypeSpec') {
      if (isHolder(spec.type, holders)) holders.types.add(spec.name.name);
      else if (isContainer(spec.type, holders)) holders.containers.add(spec.name.name);
      continue;
    }
    const [value] = spec.values;
    const type = spec.type ?? (value?.kind === 'CompositeLit' ? value.type : undefined);
    addNames(type, spec.names, holders, holders.variables);
  }
  for (const { names, type } of nodesOfKind(decl, 'Field'))
    if (names.length > 0) addNames(type, names, holders, holders.fields);
    else if (isHolder(type, holders)) holders.fields.add(type.kind === 'SelectorExpr' ? type.sel.name : lastName(type));
}

function addNames(type: Expr | undefined, names: readonly Ident[], holders: Holders, values: Set<string>): void {
  if (!type) return;
  const to = isHolder(type, holders) ? values : isContainer(type, holders) ? holders.containers : undefined;
  for (const { name } of names) to?.add(name);
}

function isHolder(type: Expr, holders: Holders): boolean {
  switch (type.kind) {
    case 'Ident':
    case 'SelectorExpr':
      return holders.types.has(pathText(type) ?? '');
    case 'ParenExpr':
    case 'IndexExpr':
      return isHolder(type.x, holders);
    case 'ArrayType':
      return type.len !== undefined && isHolder(type.elem, holders);
    case 'StructType':
      return type.fields.some((f) => isHolder(f.type, holders));
    default:
      return false;
  }
}

function isContainer(type: Expr, holders: Holders): boolean {
  const elem =
    type.kind === 'ArrayType'
      ? type.elem
      : type.kind === 'MapType' || type.kind === 'ChanType'
        ? type.value
        : undefined;
  if (elem) return isHolder(elem, holders) || isContainer(elem, holders);
  return type.kind === 'Ident' && holders.containers.has(type.name);
}

function lastName(type: Expr): string {
  return type.kind === 'Ident' ? type.name : type.kind === 'IndexExpr' ? lastName(type.x) : '';
}

/** Not in a line comment, but for those behind a string, which may hold an address. Only what matches otherwise is asked. */
const CODE = '(?<!^[^"`\\n]*//[^\\n]*)';
/** What follows a value that is assigned, passed or returned, and not only looked into. */
const END = '[ \\t]*(?:[,)}\\];]|$|//)';
/** `*p` where it is a value, and not the type of a result or of an assertion. */
const DEREFERENCE = '\\*(?<=(?:[=:{,]|\\breturn|<-|\\((?<![).] ?\\())[ \\t]*\\*)';

/** Patterns start with a name or a rare sign, and what stands before it is looked at then: the rest of a text is skipped fast. */
function testFor(holders: Holders, pointed: readonly string[], facts: readonly Facts[]): FileTest {
  const all = either([...holders.types, ...pointed]);
  const mentioned = new RegExp(`\\b(?:${all})\\b`);
  const used = useOf(holders, fieldsWithPointers(facts, all), all);
  const holder = new RegExp(`\\b(?:${either(holders.types)})\\b`, 'g');
  const copies = (text: string): boolean =>
    mentioned.test(text) && ((holders.types.size > 0 && isCopied(text, holder)) || isDereferenced(text, all));
  return {
    inFile(text) {
      const mayUse = used.test(text);
      if (!mentioned.test(text)) return mayUse ? used : undefined;
      return { test: mayUse ? (t) => used.test(t) || copies(t) : copies };
    },
  };
}

/** A field or variable with a lock in it, or of several, where its value is used, and not only looked into. */
function useOf({ fields, variables, containers }: Holders, pointers: ReadonlySet<string>, types: string): RegExp {
  const parts: string[] = [];
  if (fields.size > 0) parts.push(`\\.(?:${either(fields)})(?!\\w)(?=${END})(?<!&[\\w.]+)(?<!\\b(?:${types}))`);
  if (variables.size > 0) parts.push(`\\b(?<![&.])(?:${either(variables)})(?!\\w)(?=${END})`);
  if (containers.size > 0) parts.push(`\\b(?:${either(containers)})(?!\\w)(?=\\[| \\{)`);
  if (pointers.size > 0) parts.push(`${DEREFERENCE}(?:\\w+\\.)+(?:${either(pointers)})(?!\\w)(?=${END})`);
  return new RegExp(parts.length > 0 ? `(?:${parts.join('|')})${CODE}` : '(?!)', 'm');
}

/** Whether a value of one of the types is passed, or made and then used. */
function isCopied(text: string, types: RegExp): boolean {
  for (const { 0: type, index } of text.matchAll(types)) {
    COPIED.lastIndex = index + type.length;
    if (COPIED.test(text)) return true;
  }
  return false;
}

/** What comes right behind the type of a value that is copied. One pattern for all types: to compile one for each package takes long. */
const COPIED = copiedPattern();

function copiedPattern(): RegExp {
  const after = (what: string): string => `(?<=${what}(?:\\[\\w+\\])*[\\w.]+)`;
  const parts = [
    // Receivers and parameters.
    `${after('[\\w)] (?<!\\b(?:return|case|chan|range|go|defer) )')}(?:\\[[^\\]\\n]*\\])?[,)]`,
    `${after('\\bfor [^{\\n]*')}\\{`,
    // Variables of the function, with a use of one as a value.
    `${after('\\b(\\w+) ')}[ \\t]*(?:=|$)[^]*?[^&.\\w]\\1${END}`,
    `${after('\\b(\\w+) :?= ')}\\{[^]*?[^&.\\w]\\2${END}`,
    `${after('\\bstruct \\{[^}]*\\s')}\\s`,
    after('(?:\\]|\\bchan )'),
  ];
  return new RegExp(`${CODE}(?:${parts.join('|')})`, 'my');
}

/** Neither called, nor only measured, nor looked into: `(*f)()`, `len(*p)`, `(*p).x`. */
const STAR = new RegExp(
  `${DEREFERENCE}(?<!\\b(?:len|cap)\\(\\*)([a-z_]\\w*)(?=${END})(?!\\)\\()(?<!(?<![\\w)\\]])\\(\\*\\w+(?=\\)[.[]))`,
  'gm',
);
/** Functions that are longer hold tables, and the search for a pointer finds something in each. */
const MAX_FUNCTION = 64 * 1024;

/** Whether a text copies what a variable points to which may be of one of the types. */
function isDereferenced(text: string, types: string): boolean {
  if (text.length > MAX_FUNCTION) return false;
  const names = new Set([...text.matchAll(STAR)].map((m) => m[1] as string));
  if (names.size === 0) return false;
  // It is declared as a pointer to such a type, or gets its type from what is assigned to it.
  return new RegExp(`\\b(?:${either(names)})(?:(?:, \\w+)* \\*(?:${types})\\b|(?:, \\w+)* :?= )`).test(text);
}

/** Fields that point to one of the types. */
function fieldsWithPointers(facts: readonly Facts[], types: string): Set<string> {
  const field = new RegExp(`\\*(?<=^[ \\t]+(\\w+)[ \\t]+\\*)(?:${types})\\b`, 'gm');
  return new Set(
    facts.flatMap(({ members }) =>
      members.flatMap(({ text }) => [...text.text.matchAll(field)].map((m) => m[1] as string)),
    ),
  );
}

function either(names: Iterable<string>): string {
  return [...names].map((n) => n.replace('.', '\\.')).join('|');
}

/** What the text of one file says, as long as it stays. */
interface Facts {
  /** Types of other packages that are locks or contain some, by the names they have in the file. */
  foreign: string[];
  /** Those of which there are only pointers. */
  pointed: string[];
  /** Receivers of methods named `Lock`. */
  lockers: string[];
  /** Types and variables. */
  members: { member: PackageMember; text: DeclarationText }[];
}

const factsByFile = new WeakMap<SourceFile, Facts>();

function factsOf(file: SourceFile): Facts {
  let facts = factsByFile.get(file);
  if (!facts) factsByFile.set(file, (facts = read(file)));
  return facts;
}

function read(file: SourceFile): Facts {
  const { decls } = file.outline;
  return {
    ...foreignTypes(file),
    lockers: decls.flatMap((d) => (d.recv !== undefined && d.names.includes('Lock') ? [d.recv] : [])),
    members: decls
      .filter((d) => d.tok === 'type' || d.tok === 'var')
      .map((declaration) => ({ member: { file, declaration }, text: file.declarationText(declaration) })),
  };
}

function foreignTypes({ imports, text }: SourceFile): Pick<Facts, 'foreign' | 'pointed'> {
  const foreign = new Set<string>();
  const pointed = new Set<string>();
  for (const [name, path] of imports) {
    const types = foreignLocks(path);
    if (types.size === 0) continue;
    // Most files that import a package with one such type, like `os`, never name it.
    if (types.size === 1 && !text.includes([name, ...types].join('.'))) continue;
    for (const { 0: written, index } of text.matchAll(mentionsOf(name, path, types)))
      (/[*&]/.test(text[index - 1] ?? '') ? pointed : foreign).add(written);
  }
  return { foreign: [...foreign], pointed: [...pointed].filter((type) => !foreign.has(type)) };
}

const mentions = new Map<string, RegExp>();

function mentionsOf(name: string, path: string, types: ReadonlySet<string>): RegExp {
  // Nobody copies what a test is given.
  const asValue = path === 'testing' ? `(?<![*&]${name}\\.\\w)` : '';
  const source = `\\b${name}\\.(?:${either(types)})\\b${asValue}`;
  let made = mentions.get(source);
  if (!made) mentions.set(source, (made = new RegExp(source, 'g')));
  return made;
}
