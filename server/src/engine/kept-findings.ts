/**
 * Where rules found nothing in one version of a package they need not look in the next, as long as what they read stays the
 * same. Only silence is kept: a finding speaks of lines, and those move with every keystroke above.
 */
import { Reads, recordReads } from '../golang/reads.ts';
import type { SourceFile } from '../golang/source-file.ts';
import { type Basis, dropChanged, type Versions } from '../golang/versions.ts';
import type { Rule } from '../rules/rule.ts';
import type { Declaration } from '../syntax/declarations.ts';

interface Silence {
  /** Rules that look at the file as a whole because of the declaration. */
  whole: readonly Rule[];
  basis: Basis;
}

/** Silent declarations and files of the packages of one folder. */
export class KeptFindings {
  private readonly kept = new Map<string, Silence>();
  private conditions = '';

  constructor(private readonly versions: Versions) {}

  /**
   * Forgets what does not hold any more in a new version of the packages.
   * @param conditions what findings depend on besides the text, such as settings
   */
  open(conditions: string, changes: Basis | undefined): void {
    dropChanged(this.kept, conditions === this.conditions ? changes : undefined);
    this.conditions = conditions;
  }

  /** The rules that look at the file as a whole because of a declaration of which nothing is to be said; undefined for others. */
  silent(declaration: Declaration): readonly Rule[] | undefined {
    const place = this.versions.place(declaration);
    return place === undefined ? undefined : this.kept.get(place)?.whole;
  }

  /** Looks at a declaration. `look` tells whether nothing is to be said of it, which is then kept. */
  keep(declaration: Declaration, whole: readonly Rule[], look: () => boolean): void {
    const place = this.versions.place(declaration);
    const reads = new Reads();
    reads.declarations.add(declaration);
    if (place !== undefined) this.record(place, reads, whole, look);
    else look();
  }

  /** True when a rule that looks at the file as a whole has nothing to say, leaks of the concurrency model apart. */
  isFileSilent(file: SourceFile, rule: Rule): boolean {
    return this.kept.has(keyOf(file, rule));
  }

  /** Looks at a file for a rule. `look` tells whether nothing is to be said, which is then kept. */
  keepFile(file: SourceFile, rule: Rule, look: () => boolean): void {
    this.record(keyOf(file, rule), new Reads(), [], look);
  }

  private record(key: string, reads: Reads, whole: readonly Rule[], look: () => boolean): void {
    const basis = recordReads(reads, look) ? this.versions.basis(reads) : undefined;
    if (basis) this.kept.set(key, { whole, basis });
  }
}

function keyOf({ path }: SourceFile, { meta }: Rule): string {
  return `${path}\0${meta.id}`;
}
