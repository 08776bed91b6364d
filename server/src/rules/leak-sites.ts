/** The syntax behind the places that a leak of the concurrency model names. */
import type { Leak } from '../concurrency/model/leaks.ts';
import type { Site } from '../concurrency/model/values.ts';
import { isFunc, isStmt } from '../golang/parents.ts';
import type { SourceFile } from '../golang/source-file.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { contains, walk } from '../golang/walk.ts';
import type { CallExpr, FuncNode, Node, Stmt } from '../syntax/ast.ts';
import type { ReportSpec, RuleContext } from './context.ts';

/** The innermost statement around a place. */
export function stmtAt(site: Site): Stmt | undefined {
  return innermost(site, isStmt);
}

/** The innermost function around a place. */
export function funcAt(site: Site): FuncNode | undefined {
  return innermost(site, isFunc);
}

/** The innermost call at a place. */
export function callAt(site: Site): CallExpr | undefined {
  return innermost(site, (n) => n.kind === 'CallExpr');
}

function innermost<T extends Node>({ unit, node }: Site, test: (n: Node) => n is T): T | undefined {
  let found: T | undefined;
  walk(unit.decl, (n) => {
    if (!contains(n, node)) return false;
    if (test(n)) found = n;
    return true;
  });
  return found;
}

/** The last step of a kind that a witness has. */
export function lastStep(leak: Leak, kind: Leak['steps'][number]['kind']): Site | undefined {
  return leak.steps.findLast((s) => s.kind === kind)?.site;
}

/** Where a goroutine that should have helped has left: the way out it took, or else its end. */
export function leavingStep(leak: Leak): Site | undefined {
  return lastStep(leak, 'departs') ?? lastStep(leak, 'returned');
}

/** `12`, or `12 (file.go)` for a place in another file than the one that is reported on. */
export function lineOf({ unit: { file } }: RuleContext, site: Site): string {
  return lineFor(file, site);
}

/** The same for a reader of a file. */
export function lineFor(reader: SourceFile, { unit: { file, base }, node }: Site): string {
  const line = file.lines.position(base + node.start).line + 1;
  return file === reader ? String(line) : `${line} (${file.name})`;
}

/** What a check reports about a declaration, reported to nobody. */
export function reportsOf(context: RuleContext, unit: DeclUnit, check: (context: RuleContext) => void): ReportSpec[] {
  const reports: ReportSpec[] = [];
  if (!unit.hasError) check({ ...context, unit, report: (spec) => void reports.push(spec) });
  return reports;
}

/** Declarations of the file under analysis whose text has something. */
export function unitsMatching({ unit: { file, pkg } }: RuleContext, pattern: RegExp): DeclUnit[] {
  return file.outline.decls.flatMap((declaration) =>
    pattern.test(file.textOf(declaration)) ? [pkg.unit({ file, declaration })] : [],
  );
}

/** `mu` of `s.mu`. */
export function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
