/**
 * What the code of a package does with an unexported field: everything that can happen to a channel or lock that only such
 * fields hold is there to see.
 */
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { isExported } from '../../golang/exported.ts';
import type { GoPackage } from '../../golang/package.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, type ParentMap } from '../../golang/parents.ts';
import { type Answer, remembered } from '../../golang/reads.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { unparen, walk } from '../../golang/walk.ts';
import { declarationsWith } from '../../golang/word-index.ts';
import type { FuncDecl, FuncNode, Node, SelectorExpr } from '../../syntax/ast.ts';

export type FieldUseKind =
  'send' | 'recv' | 'close' | 'Done' | 'Signal' | 'Broadcast' | 'unlock' | 'set' | 'other' | 'neutral' | 'escape';

export interface FieldUse {
  kind: FieldUseKind;
  unit: DeclUnit;
  node: Node;
  /** Inside a function that a `go` statement starts. */
  spawned: boolean;
}

const MAX_CALLERS = 8;

export class FieldUses {
  private readonly memo = new Map<string, Answer<FieldUse[]>>();

  constructor(private readonly analysis: Analysis) {}

  /** Every use of field `name` of the struct type `owner` in its package, composite literals included as `set`. */
  of(pkg: GoPackage, owner: string, name: string): readonly FieldUse[] {
    const key = `${pkg.path}\0${owner}\0${name}`;
    return remembered(this.memo, key, () => this.collect(pkg, owner, name));
  }

  private collect(pkg: GoPackage, owner: string, name: string): FieldUse[] {
    const found: FieldUse[] = [];
    for (const member of declarationsWith(pkg, name, 'selected')) {
      const unit = pkg.unit(member);
      if (unit.hasError) {
        found.push({ kind: 'escape', unit, node: unit.decl, spawned: false });
        continue;
      }
      if (unit.decl.kind === 'GenDecl' && unit.decl.tok === 'type') continue;
      const parents = this.analysis.parents(unit);
      walk(unit.decl, (n) => {
        if (n.kind !== 'SelectorExpr' || n.sel.name !== name) return;
        const s = this.analysis.types.members.selector(unit, n);
        // A selection that cannot be resolved may be of this field.
        if (s && (s.kind !== 'field' || (s.owner && s.owner.name !== owner))) return;
        found.push({ kind: classify(this.analysis, unit, parents, n), unit, node: n, spawned: isSpawned(parents, n) });
      });
    }
    return found;
  }

  /**
   * True when code that is not part of what is explored may run a use. `explored`: functions that are; goroutines that they
   * start are there already.
   */
  mayRun(use: FieldUse, explored: ReadonlySet<FuncNode>): boolean {
    const { decl } = use.unit;
    if (decl.kind !== 'FuncDecl') return true;
    if (use.spawned && explored.has(decl)) return false;
    return this.isCallable(use.unit, decl, explored, new Set(), 0);
  }

  /** True for functions that can be called from outside: exported ones, and those that such functions call or start. */
  private isCallable(
    unit: DeclUnit,
    decl: FuncDecl,
    explored: ReadonlySet<FuncNode>,
    seen: Set<FuncDecl>,
    depth: number,
  ): boolean {
    if (isExported(decl.name.name) || decl.name.name === 'init' || decl.name.name === 'main') return true;
    if (depth > MAX_CALLERS) return true;
    if (seen.has(decl)) return false;
    seen.add(decl);
    const mentions = mentionsOf(this.analysis, unit, decl);
    // What nobody calls yet, and what calls nothing of this, has no part in it.
    if (mentions.length === 0) return this.leadsTo(unit, decl, explored, new Set());
    return mentions.some((m) => {
      if (m.unit.decl.kind !== 'FuncDecl' || !m.call) return true;
      if (explored.has(m.unit.decl) && isSpawned(this.analysis.parents(m.unit), m.call)) return false;
      return this.isCallable(m.unit, m.unit.decl, explored, seen, depth + 1);
    });
  }

  /** True for a function that calls one of those that are explored: it is a client of them, though nobody calls it. */
  private leadsTo(unit: DeclUnit, decl: FuncDecl, explored: ReadonlySet<FuncNode>, seen: Set<FuncDecl>): boolean {
    if (seen.has(decl) || seen.size > MAX_CALLERS) return false;
    seen.add(decl);
    return nodesOfKind(unit.decl, 'CallExpr').some((call) => {
      const { own } = this.analysis.callee(unit, call);
      if (!own || own.unit.hasError) return false;
      return explored.has(own.decl) || this.leadsTo(own.unit, own.decl, explored, seen);
    });
  }
}

function takesLock({ file, base, decl }: DeclUnit, field: string): boolean {
  const text = file.text.slice(base + decl.start, base + decl.end);
  return ['Lock', 'RLock', 'TryLock', 'TryRLock'].some((method) => text.includes(`${field}.${method}(`));
}

/** True for code that runs on a goroutine of its own, started by a `go` statement around it. */
function isSpawned(parents: ParentMap, node: Node): boolean {
  const go = ancestor(parents, node, (n) => n.kind === 'GoStmt');
  return go !== undefined;
}

function classify(analysis: Analysis, unit: DeclUnit, parents: ParentMap, sel: SelectorExpr): FieldUseKind {
  let node: Node = sel;
  let p = parents.get(node);
  while (p?.kind === 'ParenExpr' || (p?.kind === 'UnaryExpr' && p.op === '&')) [node, p] = [p, parents.get(p)];
  switch (p?.kind) {
    case 'SendStmt':
      return p.chan === node ? 'send' : 'escape';
    case 'UnaryExpr':
      return p.op === '<-' ? 'recv' : 'escape';
    case 'RangeStmt':
      return p.x === node ? 'recv' : 'escape';
    case 'BinaryExpr':
      return 'neutral';
    case 'AssignStmt':
      return p.lhs.some((l) => unparen(l) === sel) ? 'set' : 'escape';
    case 'SelectorExpr': {
      const method = p.sel.name;
      // Who takes the lock as well lets go of that one.
      if (method === 'Unlock' || method === 'RUnlock') return takesLock(unit, sel.sel.name) ? 'other' : 'unlock';
      return method === 'Done' || method === 'Signal' || method === 'Broadcast' ? method : 'other';
    }
    case 'CallExpr': {
      const c = analysis.callee(unit, p);
      if (c.kind === 'builtin')
        return c.name === 'close' ? 'close' : c.name === 'len' || c.name === 'cap' ? 'neutral' : 'escape';
      return 'escape';
    }
    default:
      return 'escape';
  }
}
