/** Jumps out of a piece of code: what would change its meaning if it moved into a `select` or a function literal. */
import type { BranchStmt, FuncNode, LabeledStmt, Node, ReturnStmt, Stmt } from '../syntax/ast.ts';
import { enclosingFunc, parentsOf } from '../golang/parents.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { forEachChild, walkShallow } from '../golang/walk.ts';
import { placeInList } from './statement-site.ts';

export type Loop = Extract<Stmt, { kind: 'ForStmt' | 'RangeStmt' }>;

export interface Jumps {
  /** `break` without a label that ends a statement around the code. */
  breaks: BranchStmt[];
  /** `continue` without a label that continues a loop around the code. */
  continues: BranchStmt[];
  /** `break`, `continue` or `goto` with a label that is not declared within the code. */
  labelled: BranchStmt[];
  returns: ReturnStmt[];
}

/** The jumps that leave a list of statements. Function literals inside are not entered. */
export function jumpsOutOf(stmts: readonly Stmt[]): Jumps {
  const jumps: Jumps = { breaks: [], continues: [], labelled: [], returns: [] };
  const own = new Set<string>();
  for (const stmt of stmts)
    walkShallow(stmt, (node) => {
      if (node.kind === 'LabeledStmt') own.add(node.label.name);
    });
  const visit = (node: Node, breakable: boolean, loop: boolean): void => {
    if (node.kind === 'FuncLit') return;
    if (node.kind === 'ReturnStmt') jumps.returns.push(node);
    if (node.kind === 'BranchStmt') {
      if (node.label) {
        if (!own.has(node.label.name)) jumps.labelled.push(node);
      } else if (node.tok === 'break' && !breakable) jumps.breaks.push(node);
      else if (node.tok === 'continue' && !loop) jumps.continues.push(node);
      return;
    }
    const isLoop = node.kind === 'ForStmt' || node.kind === 'RangeStmt';
    const isSwitch = node.kind === 'SwitchStmt' || node.kind === 'TypeSwitchStmt' || node.kind === 'SelectStmt';
    forEachChild(node, (child) => visit(child, breakable || isLoop || isSwitch, loop || isLoop));
  };
  for (const stmt of stmts) visit(stmt, false, false);
  return jumps;
}

/** True when control that leaves `stmt` at its end returns from a function without results: `return` then says the same. */
export function endsFunction(unit: DeclUnit, stmt: Stmt): boolean {
  const func = enclosingFunc(parentsOf(unit.decl), stmt);
  if (!func?.body || func.type.results.length > 0) return false;
  const place = placeInList(unit, stmt);
  return place !== undefined && place.list.owner === func.body && place.index === place.list.stmts.length - 1;
}

/** The label a statement has. */
export function labelOf(unit: DeclUnit, stmt: Stmt): LabeledStmt | undefined {
  const parent = parentsOf(unit.decl).get(stmt);
  return parent?.kind === 'LabeledStmt' ? parent : undefined;
}

/** Labels declared in a function; each must be unique there. */
export function labelsIn(func: FuncNode): Set<string> {
  const labels = new Set<string>();
  if (func.body)
    walkShallow(func.body, (node) => {
      if (node.kind === 'LabeledStmt') labels.add(node.label.name);
    });
  return labels;
}
