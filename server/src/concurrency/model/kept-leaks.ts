/**
 * Leaks kept from one version of a package to the next, so that a keystroke costs the exploration of what it changes. The
 * leaks of a function hold while no function body that was read to find them changes, no declaration comes or goes that
 * contains a word which was searched for, and nothing else than bodies changes in the package.
 */
import type { GoPackage } from '../../golang/package.ts';
import { noteUse, Reads, recordReads } from '../../golang/reads.ts';
import type { SourceFile } from '../../golang/source-file.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { wordsOf } from '../../golang/word-index.ts';
import type { Declaration } from '../../syntax/declarations.ts';
import { isSmall } from './entries.ts';
import type { Leak } from './leaks.ts';
import type { Site } from './values.ts';

/** What may be spent on exploring, or was. */
export interface Cost {
  states: number;
  steps: number;
}

interface Kept {
  leaks: readonly Leak[];
  cost: Cost;
  /** What might have been spent. */
  allowance: Cost;
  /** The function was explored by itself, not only through clients. */
  alone: boolean;
  declarations: ReadonlySet<string>;
  words: ReadonlySet<string>;
  /** Where the units are that the leaks speak of. */
  places: ReadonlyMap<DeclUnit, string>;
}

/** Path of a file and position in its outline: what a declaration keeps when only bodies change. */
const placeOf = (path: string, index: number): string => `${path}\0${index}`;

/** Leaks of the packages of one folder. */
export class KeptLeaks {
  private files = new Map<string, SourceFile>();
  private shape = '';
  private readonly kept = new Map<string, Kept>();
  private places = new Map<Declaration, string>();
  private packages = new Map<SourceFile, GoPackage>();

  /** Takes up a new version of the packages and forgets what does not hold any more. */
  open(packages: readonly GoPackage[]): void {
    const files = new Map<string, SourceFile>();
    this.packages = new Map();
    for (const pkg of packages)
      for (const file of pkg.files) {
        files.set(file.path, file);
        this.packages.set(file, pkg);
      }
    const shape = JSON.stringify(packages.map((p) => [p.path, p.name, isSmall(p), p.files.map((f) => f.path)]));
    const changes = shape === this.shape ? this.changes(files) : undefined;
    if (!changes) this.kept.clear();
    else if (changes.declarations.size > 0)
      for (const [place, { declarations, words }] of this.kept)
        if (meets(declarations, changes.declarations) || meets(words, changes.words)) this.kept.delete(place);
    this.files = files;
    this.shape = shape;
    this.places = new Map();
  }

  /** Bodies that have changed, and the words in them before and after; undefined when something else has changed, too. */
  private changes(
    files: ReadonlyMap<string, SourceFile>,
  ): { declarations: Set<string>; words: Set<string> } | undefined {
    const declarations = new Set<string>();
    const words = new Set<string>();
    for (const [path, file] of files) {
      const before = this.files.get(path);
      if (before === file) continue;
      if (!before || !sameImports(before, file)) return undefined;
      const [old, now] = [before.outline.decls, file.outline.decls];
      if (old.length !== now.length) return undefined;
      for (const [i, d] of now.entries()) {
        const o = old[i] as Declaration;
        const [was, is] = [before.textOf(o), file.textOf(d)];
        if (was === is) continue;
        if (header(o, was) !== header(d, is)) return undefined;
        declarations.add(placeOf(path, i));
        for (const word of [...wordsOf(was), ...wordsOf(is)]) words.add(word);
      }
    }
    return { declarations, words };
  }

  /** Leaks found from a function before, in terms of this version, when exploring it again would find the same. */
  get(unit: DeclUnit, allowance: Cost, alone: boolean): { leaks: Leak[]; cost: Cost } | undefined {
    const place = this.place(unit.declaration);
    const kept = place === undefined ? undefined : this.kept.get(place);
    if (!kept || kept.alone !== alone || !coversAlike(kept, allowance)) return undefined;
    const units = new Map<DeclUnit, DeclUnit>();
    for (const [old, at] of kept.places) {
      const now = this.unitAt(at);
      // The tree may have been made anew: then its nodes are not those that the leaks name.
      if (now?.decl !== old.decl) return undefined;
      units.set(old, now);
    }
    const sites = new Map<Site, Site>();
    // What is the same place stays the same object.
    const moved = (site: Site): Site => {
      let now = sites.get(site);
      if (!now) sites.set(site, (now = { ...site, unit: units.get(site.unit) ?? site.unit }));
      return now;
    };
    const leaks = kept.leaks.map((l) => ({
      ...l,
      site: moved(l.site),
      steps: l.steps.map((s) => ({ ...s, site: moved(s.site) })),
      path: l.path.map(moved),
      entry: unit,
    }));
    return { leaks, cost: kept.cost };
  }

  /** Finds leaks from a function and keeps them. `find` also tells what that cost. */
  record(unit: DeclUnit, allowance: Cost, alone: boolean, find: () => { leaks: Leak[]; cost: Cost }): Leak[] {
    const reads = new Reads();
    noteUse(reads);
    const before = { ...allowance };
    const { leaks, cost } = recordReads(reads, find);
    const place = this.place(unit.declaration);
    const places = new Map<DeclUnit, string>();
    for (const site of leaks.flatMap((l) => [l.site, ...l.path, ...l.steps.map((s) => s.site)])) {
      if (site.unit.pkg.isStub || places.has(site.unit)) continue;
      const at = this.place(site.unit.declaration);
      if (at === undefined) return leaks;
      places.set(site.unit, at);
    }
    if (place === undefined) return leaks;
    const all = reads.all();
    const declarations = new Set([place]);
    for (const d of all.declarations) {
      const at = this.place(d);
      if (at !== undefined) declarations.add(at);
    }
    this.kept.set(place, { leaks, cost, allowance: before, alone, declarations, words: all.words, places });
    return leaks;
  }

  /** Undefined for declarations of stubs, which never change, and for headers. */
  private place(declaration: Declaration): string | undefined {
    if (this.places.size === 0)
      for (const [path, file] of this.files)
        for (const [i, d] of file.outline.decls.entries()) this.places.set(d, placeOf(path, i));
    return this.places.get(declaration);
  }

  private unitAt(place: string): DeclUnit | undefined {
    const [path = '', index] = place.split('\0');
    const file = this.files.get(path);
    const declaration = file?.outline.decls[Number(index)];
    const pkg = file && this.packages.get(file);
    return pkg && declaration && pkg.unit({ file, declaration });
  }
}

/** True when what is allowed limits exploring neither then nor now, or equally. */
function coversAlike({ cost, allowance }: Kept, now: Cost): boolean {
  if (allowance.states === now.states && allowance.steps === now.steps) return true;
  return [allowance, now].every((a) => a.states > cost.states && a.steps > cost.steps);
}

function sameImports(a: SourceFile, b: SourceFile): boolean {
  const imports = (f: SourceFile): string => f.outline.imports.map((d) => f.text.slice(d.start, d.end)).join('\n');
  return imports(a) === imports(b);
}

/** What of a declaration other code depends on without reading a body. */
function header({ base, body, names, recv, tok }: Declaration, text: string): string {
  return body < 0 ? text : `${tok} ${recv ?? ''}.${names.join()} ${text.slice(0, body - base)}`;
}

function meets(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const x of a.size < b.size ? a : b) if (a.has(x) && b.has(x)) return true;
  return false;
}
