/**
 * Leaks kept from one version of a package to the next, so that a keystroke costs the exploration of what it changes. The
 * leaks of a function hold while no function body that was read to find them changes, no declaration comes or goes that
 * contains a word which was searched for, and nothing else than bodies changes in the package.
 */
import type { GoPackage } from '../../golang/package.ts';
import { noteUse, Reads, recordReads } from '../../golang/reads.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { type Basis, type Changes, dropChanged, type Versions } from '../../golang/versions.ts';
import { isSmall, isTiny } from './entries.ts';
import type { Leak } from './leaks.ts';
import type { Site } from './values.ts';

/** What may be spent on exploring, or was. */
export interface Cost {
  states: number;
  steps: number;
}

/** What exploring a function depends on besides code. */
interface Conditions {
  /** Nothing was left to explore with. */
  isSpent: boolean;
  /** The function was explored by itself, not only through clients. */
  alone: boolean;
}

interface Kept extends Conditions {
  leaks: readonly Leak[];
  cost: Cost;
  basis: Basis;
  /** Where the units are that the leaks speak of. */
  places: ReadonlyMap<DeclUnit, string>;
}

/** Leaks of the packages of one folder. */
export class KeptLeaks {
  private readonly kept = new Map<string, Kept>();
  /** Which packages are looked at as a whole, and which of them are tiny. */
  private small = '';

  constructor(private readonly versions: Versions) {}

  /** Forgets what does not hold any more in a new version of the packages. */
  open(packages: readonly GoPackage[], changes: Changes | undefined): void {
    const small = packages.map((p) => `${isSmall(p)} ${isTiny(p)}`).join();
    dropChanged(this.kept, small === this.small ? changes && { ...changes, declarations: changes.code } : undefined);
    this.small = small;
  }

  /** Leaks found from a function before, in terms of this version, when exploring it again under the same conditions would find the same. */
  get(unit: DeclUnit, { isSpent: spent, alone }: Conditions): { leaks: Leak[]; cost: Cost } | undefined {
    const place = this.versions.place(unit.declaration);
    const kept = place === undefined ? undefined : this.kept.get(place);
    if (!kept || kept.alone !== alone || kept.isSpent !== spent) return undefined;
    const units = new Map<DeclUnit, DeclUnit>();
    for (const [old, at] of kept.places) {
      const now = this.versions.unitAt(at);
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
      made: l.made && moved(l.made),
      entry: unit,
    }));
    return { leaks, cost: kept.cost };
  }

  /** Finds leaks from a function and keeps them. `find` also tells what that cost. */
  record(unit: DeclUnit, conditions: Conditions, find: () => { leaks: Leak[]; cost: Cost }): Leak[] {
    const reads = new Reads();
    noteUse(reads);
    const { leaks, cost } = recordReads(reads, find);
    const place = this.versions.place(unit.declaration);
    const places = new Map<DeclUnit, string>();
    for (const site of leaks.flatMap(sitesOf)) {
      if (site.unit.pkg.origin !== 'own' || places.has(site.unit)) continue;
      const at = this.versions.place(site.unit.declaration);
      if (at === undefined) return leaks;
      places.set(site.unit, at);
    }
    reads.declarations.add(unit.declaration);
    const basis = this.versions.basis(reads);
    if (place !== undefined && basis) this.kept.set(place, { leaks, cost, ...conditions, basis, places });
    return leaks;
  }
}

/** The places that a leak names. */
function sitesOf({ site, path, steps, made }: Leak): Site[] {
  return [site, ...path, ...steps.map((s) => s.site), ...(made ? [made] : [])];
}

/** True when nothing is left to explore with. */
export function isSpent({ states, steps }: Cost): boolean {
  return states <= 0 || steps <= 0;
}
