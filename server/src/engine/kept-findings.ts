/**
 * What rules found in one version of a package need not be looked for in the next, as long as what they read stays the same. Findings speak
 * of lines: they are kept while no line moves on which they rest, which is so for most keystrokes.
 */
import { Reads, recordReads } from '../golang/reads.ts';
import type { SourceFile } from '../golang/source-file.ts';
import { type Basis, dropChanged, type Versions } from '../golang/versions.ts';
import type { Rule } from '../rules/rule.ts';
import type { Declaration } from '../syntax/declarations.ts';
import type { Finding } from './finding.ts';
import { MovableFindings } from './movable-findings.ts';

/** What is known of a declaration. */
export interface KeptLook {
  /** Rules that look at the file as a whole because of it. */
  whole: readonly Rule[];
  /** In terms of this version. */
  findings: readonly Finding[];
}

interface Kept {
  whole: readonly Rule[];
  basis: Basis;
  findings?: MovableFindings;
}

/** Declarations and files of the packages of one folder, with what was found there. */
export class KeptFindings {
  private readonly kept = new Map<string, Kept>();
  private conditions = '';
  /** The names for which each file is looked into, by path, and what finds them. */
  private readonly wanted = new Map<string, { names: string; tests: readonly Pick<RegExp, 'test'>[] }>();

  constructor(private readonly versions: Versions) {}

  /**
   * Forgets what does not hold any more in a new version of the packages.
   * @param conditions what findings depend on besides the text, such as settings
   */
  open(conditions: string, changes: Basis | undefined): void {
    dropChanged(this.kept, conditions === this.conditions ? changes : undefined);
    this.conditions = conditions;
  }

  /** Forgets what was found in declarations of a file that have one of the names which rules look for, when these are others than before. */
  openFile(file: SourceFile, names: string, tests: readonly Pick<RegExp, 'test'>[]): void {
    const before = this.wanted.get(file.path);
    if (before?.names === names) return;
    this.wanted.set(file.path, { names, tests });
    const all = [...tests, ...(before?.tests ?? [])];
    for (const declaration of file.outline.decls) {
      const place = this.versions.place(declaration);
      if (place === undefined || !this.kept.has(place)) continue;
      const text = file.textOf(declaration);
      if (all.some((test) => test.test(text))) this.kept.delete(place);
    }
  }

  /** What was found in a declaration, if looking again would find the same. */
  known(declaration: Declaration): KeptLook | undefined {
    const place = this.versions.place(declaration);
    const kept = place === undefined ? undefined : this.kept.get(place);
    const findings = kept?.findings ? kept.findings.moved(this.versions) : [];
    return kept && findings && { whole: kept.whole, findings };
  }

  /** Looks at a declaration. `look` tells what is found in it, which is then kept; undefined for what cannot be. */
  keep(declaration: Declaration, whole: readonly Rule[], look: () => readonly Finding[] | undefined): void {
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
    this.record(keyOf(file, rule), new Reads(), [], () => (look() ? [] : undefined));
  }

  private record(key: string, reads: Reads, whole: readonly Rule[], look: () => readonly Finding[] | undefined): void {
    const found = recordReads(reads, look);
    const basis = found && this.versions.basis(reads);
    if (!found || !basis) return;
    if (found.length === 0) return void this.kept.set(key, { whole, basis });
    const findings = MovableFindings.of(found, basis, this.versions);
    if (findings) this.kept.set(key, { whole, basis, findings });
  }
}

function keyOf({ path }: SourceFile, { meta }: Rule): string {
  return `${path}\0${meta.id}`;
}
