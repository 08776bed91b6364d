/**
 * Collections of two types that are kept together: who puts a student into `course.students` puts the course into `student.courses`. Then
 * each element of the one knows the value it was found in.
 */
import type { Expr, FuncDecl, Node } from '../../syntax/ast.ts';
import { type AccessPath, accessPath, pathKey } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { spend } from '../../golang/effort.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { GoPackage } from '../../golang/package.ts';
import { pathOutside } from '../../golang/path-effects.ts';
import { deref } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { unparen } from '../../golang/walk.ts';
import { declarationsWith } from '../../golang/word-index.ts';
import type { LockLink } from './lock-links.ts';
import { canonicalPath } from './lock-paths.ts';

/** Calls between a function that introduces two values to each other and those that put them down. */
const MAX_CALLS = 2;

/** A value becomes an element of a field: `of.field[value] = true`. */
interface Put {
  /** The type that has the field, and the field. */
  place: string;
  of: AccessPath;
  value: AccessPath;
}

export class MutualLinks {
  private readonly answers = new Map<string, boolean>();

  constructor(
    private readonly analysis: Analysis,
    private readonly pkg: GoPackage,
  ) {}

  /** True when some function puts a value into the collection of the one link, and the owner of that into the value's of the other link. */
  areKeptTogether(a: LockLink, b: LockLink): boolean {
    if (a.via !== 'element' || b.via !== 'element') return false;
    const key = [placeOf(a), placeOf(b)].sort().join();
    let answer = this.answers.get(key);
    if (answer === undefined) this.answers.set(key, (answer = this.search(placeOf(a), a.field, placeOf(b))));
    return answer;
  }

  /** True for a function that makes two values known to each other itself: until then no way leads from the one to the other. */
  introduces(unit: DeclUnit, links: readonly LockLink[]): boolean {
    const places = links.map(placeOf);
    return unit.decl.kind === 'FuncDecl' && this.putsOf(unit, unit.decl, 0).some((p) => places.includes(p.place));
  }

  private search(place: string, field: string, other: string): boolean {
    return declarationsWith(this.pkg, field, 'field').some((member) => {
      const unit = this.pkg.unit(member);
      const { decl } = unit;
      if (unit.hasError || unit.file.isTest || decl.kind !== 'FuncDecl') return false;
      if (!this.ownPuts(unit, decl).some((p) => p.place === place)) return false;
      return this.isMadeMutual(unit, decl, place, other, 0);
    });
  }

  /** In the function, or in one that calls it. */
  private isMadeMutual(unit: DeclUnit, decl: FuncDecl, place: string, other: string, depth: number): boolean {
    const puts = this.putsOf(unit, decl, 0);
    const isMutual = puts.some(
      (p) => p.place === place && puts.some((q) => q.place === other && isSame(q.of, p.value) && isSame(q.value, p.of)),
    );
    if (isMutual || depth >= MAX_CALLS) return isMutual;
    return mentionsOf(this.analysis, unit, decl).some(
      ({ unit: at, call }) =>
        call !== undefined &&
        !at.file.isTest &&
        at.decl.kind === 'FuncDecl' &&
        at.decl !== decl &&
        this.isMadeMutual(at, at.decl, place, other, depth + 1),
    );
  }

  /** What a function puts down, with those that it calls. */
  private putsOf(unit: DeclUnit, decl: FuncDecl, depth: number): Put[] {
    const found = this.ownPuts(unit, decl);
    if (depth >= MAX_CALLS) return found;
    for (const call of nodesOfKind(decl, 'CallExpr')) {
      const callee = this.analysis.callee(unit, call);
      const own = callee.dynamic ? undefined : callee.own;
      if (!own || own.unit.pkg !== this.pkg || own.decl === decl) continue;
      const outside = (path: AccessPath): AccessPath | undefined =>
        pathOutside(this.analysis, unit, call, own.decl, path);
      for (const p of this.putsOf(own.unit, own.decl, depth + 1)) {
        const [of, value] = [outside(p.of), outside(p.value)];
        if (of && value) found.push({ place: p.place, of, value });
      }
    }
    return found;
  }

  private ownPuts(unit: DeclUnit, decl: FuncDecl): Put[] {
    const assigned = nodesOfKind(decl, 'AssignStmt').flatMap(({ lhs, rhs }) =>
      lhs.flatMap((target, i) => this.putsInto(unit, unparen(target), rhs.length === lhs.length ? rhs[i] : undefined)),
    );
    // `s.courses[c]++`
    const counted = nodesOfKind(decl, 'IncDecStmt').flatMap(({ x }) => this.putsInto(unit, unparen(x), undefined));
    return [...assigned, ...counted];
  }

  private putsInto(unit: DeclUnit, target: Expr, value: Expr | undefined): Put[] {
    spend();
    const isElement = target.kind === 'IndexExpr';
    // Of a map the key or the value may be the one.
    const given = isElement ? [...target.indices, ...(value ? [value] : [])] : appended(this.analysis, unit, value);
    const collection = isElement ? unparen(target.x) : target;
    return given.flatMap((g) => this.put(unit, collection, g) ?? []);
  }

  private put(unit: DeclUnit, collection: Expr, given: Expr): Put | undefined {
    if (collection.kind !== 'SelectorExpr') return undefined;
    const owner = deref(this.analysis.typeOf(unit, collection.x));
    const [of, value] = [accessPath(collection.x), accessPath(given)].map(
      (p) => p && canonicalPath(this.analysis, unit, p),
    );
    if (!of || !value || owner.kind !== 'named') return undefined;
    return { place: `${owner.pkg}.${owner.name}.${collection.sel.name}`, of, value };
  }
}

function placeOf({ base, field }: LockLink): string {
  return `${base}.${field}`;
}

function isSame(a: AccessPath, b: AccessPath): boolean {
  return pathKey(a) === pathKey(b);
}

/** The items of `append(list, items...)`. */
function appended(analysis: Analysis, unit: DeclUnit, value: Expr | undefined): readonly Expr[] {
  const x: Node | undefined = value && unparen(value);
  if (x?.kind !== 'CallExpr' || analysis.callee(unit, x).kind !== 'builtin' || unit.text(x.fun) !== 'append') return [];
  return x.args.slice(1);
}
