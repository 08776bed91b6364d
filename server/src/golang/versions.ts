/**
 * What changes from one version of the packages of a folder to the next, for those who keep answers. A change is told apart
 * only where nothing else than bodies of functions differs; everything kept is void otherwise.
 */
import type { Declaration } from '../syntax/declarations.ts';
import type { GoPackage } from './package.ts';
import type { Reads } from './reads.ts';
import type { SourceFile } from './source-file.ts';
import type { DeclUnit } from './unit.ts';

/** What an answer rests on: declarations, by place, and words that were searched for. */
export interface Basis {
  declarations: ReadonlySet<string>;
  words: ReadonlySet<string>;
}

/** What has changed between two versions. */
export interface Changes extends Basis {
  /** Those of the declarations that differ in more than blank lines and the depth of indentation: their trees may have changed. */
  code: ReadonlySet<string>;
}

export class Versions {
  private files = new Map<string, SourceFile>();
  private shape = '';
  private places = new Map<Declaration, string>();
  /** Names of the places in each file: the same strings in all versions, since they are looked up time and again. */
  private readonly names = new Map<string, string[]>();
  private packages = new Map<SourceFile, GoPackage>();

  /**
   * Takes up a new version of the packages.
   * @returns bodies that have changed, and the words that came into them or went; undefined when something else has changed, too
   */
  open(packages: readonly GoPackage[]): Changes | undefined {
    const files = new Map<string, SourceFile>();
    this.packages = new Map();
    for (const pkg of packages)
      for (const file of pkg.files) {
        files.set(file.path, file);
        this.packages.set(file, pkg);
      }
    const shape = JSON.stringify(packages.map((p) => [p.path, p.name, p.files.map((f) => f.path)]));
    const changes = shape === this.shape ? this.changes(files) : undefined;
    this.files = files;
    this.shape = shape;
    this.places = new Map();
    return changes;
  }

  private changes(files: ReadonlyMap<string, SourceFile>): Changes | undefined {
    const declarations = new Set<string>();
    const code = new Set<string>();
    const words = new Set<string>();
    for (const [path, file] of files) {
      const before = this.files.get(path);
      if (before === file) continue;
      if (!before || head(before) !== head(file)) return undefined;
      const [old, now] = [before.outline.decls, file.outline.decls];
      if (old.length !== now.length) return undefined;
      for (const [i, d] of now.entries()) {
        const o = old[i] as Declaration;
        const [was, is] = [before.declarationText(o), file.declarationText(d)];
        if (was.text === is.text) continue;
        if (header(o, was.text) !== header(d, is.text)) return undefined;
        const place = this.placeOf(path, i);
        declarations.add(place);
        if (isSameCode(was.text, is.text)) continue;
        code.add(place);
        addDifference(words, was.words, is.words);
      }
    }
    return { declarations, code, words };
  }

  /** Path of a file and position in its outline: what a declaration keeps when only bodies change. */
  private placeOf(path: string, index: number): string {
    let names = this.names.get(path);
    if (!names) this.names.set(path, (names = []));
    return (names[index] ??= `${path}\0${index}`);
  }

  /** The place of a declaration of this version; undefined for those of stubs, which never change, and for headers. */
  place(declaration: Declaration): string | undefined {
    if (this.places.size === 0)
      for (const [path, file] of this.files)
        for (const [i, d] of file.outline.decls.entries()) this.places.set(d, this.placeOf(path, i));
    return this.places.get(declaration);
  }

  /** The declaration at a place, in this version. */
  unitAt(place: string): DeclUnit | undefined {
    const [path = '', index] = place.split('\0');
    const file = this.files.get(path);
    const declaration = file?.outline.decls[Number(index)];
    const pkg = file && this.packages.get(file);
    return pkg && declaration && pkg.unit({ file, declaration });
  }

  /** The place of the declaration that a stretch of a file is in; undefined between declarations. `null` for a file that does not change. */
  placeAround(path: string, start: number, end: number): string | undefined | null {
    const decls = this.files.get(path)?.outline.decls;
    if (!decls) return null;
    const index = decls.findIndex((d) => d.base <= start && end <= d.end);
    return index < 0 ? undefined : this.placeOf(path, index);
  }

  /** Where the declaration at a place begins in this version. */
  beginning(place: string): { offset: number; line: number; character: number } | undefined {
    const [path = '', index] = place.split('\0');
    const file = this.files.get(path);
    const offset = file?.outline.decls[Number(index)]?.base;
    return file && offset !== undefined ? { offset, ...file.lines.position(offset) } : undefined;
  }

  /** What an answer rests on that was made from this; undefined when it cannot be kept. */
  basis(reads: Reads): Basis | undefined {
    const all = reads.all();
    if (!all) return undefined;
    const declarations = new Set<string>();
    for (const d of all.declarations) {
      const at = this.place(d);
      if (at !== undefined) declarations.add(at);
    }
    return { declarations, words: all.words };
  }
}

/** Drops the answers that do not hold any more after a change. */
export function dropChanged(kept: Map<string, { basis: Basis }>, changes: Basis | undefined): void {
  if (!changes) kept.clear();
  else if (changes.declarations.size > 0)
    for (const [key, { basis }] of kept)
      if (meets(basis.declarations, changes.declarations) || meets(basis.words, changes.words)) kept.delete(key);
}

/** True for texts that differ in blank lines and in how deep lines are indented, which say something only in raw strings. */
function isSameCode(a: string, b: string): boolean {
  return !a.includes('`') && withoutBlanks(a) === withoutBlanks(b);
}

function withoutBlanks(text: string): string {
  return text.replace(/^[ \t]*\r?\n|^[ \t]+/gm, '');
}

/** Adds what is in one list and not in the other. */
function addDifference(to: Set<string>, a: readonly string[], b: readonly string[]): void {
  const [inA, inB] = [new Set(a), new Set(b)];
  for (const x of a) if (!inB.has(x)) to.add(x);
  for (const x of b) if (!inA.has(x)) to.add(x);
}

/** What is said of a file as a whole, above its declarations. */
function head({ outline, text }: SourceFile): string {
  const imports = outline.imports.map((d) => text.slice(d.start, d.end));
  return [outline.packageName, outline.goBuildVersion, outline.ignored, outline.forOldGo, ...imports].join('\n');
}

/** What of a declaration other code depends on without reading a body. */
function header({ base, body, names, recv, tok }: Declaration, text: string): string {
  return body < 0 ? text : `${tok} ${recv ?? ''}.${names.join()} ${text.slice(0, body - base)}`;
}

function meets(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const x of a.size < b.size ? a : b) if (a.has(x) && b.has(x)) return true;
  return false;
}
