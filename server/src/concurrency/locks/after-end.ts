/** Locks that are taken after another goroutine has come to its end, which its deferred `close` tells. */
import type { FuncNode, Node } from '../../syntax/ast.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { noteDeclaration } from '../../golang/reads.ts';
import { deref } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import { runContexts } from './run-contexts.ts';

/** A place in a function. */
interface Place {
  unit: DeclUnit;
  func: FuncNode;
  node: Node;
}

/**
 * True when a function receives from a channel before it comes to a place, and all code that leads to another place runs inside
 * of the one function that closes the channel when it returns: one comes after the other.
 */
export function comesAfterEnd(analysis: Analysis, later: Place, earlier: Omit<Place, 'func'>): boolean {
  return receivesBefore(analysis, later).some(({ type, field }) => {
    const closer = onlyCloser(analysis, later.unit, type, field);
    if (!closer) return false;
    const contexts = runContexts(analysis, earlier.unit, earlier.node, closer.func);
    return contexts.length > 0 && contexts.every((c) => c.kind === 'root' && c.unit === closer.unit);
  });
}

interface Field {
  /** Name of the type that has it. */
  type: string;
  field: string;
}

/** Fields of which a function receives, as a statement of its own that it always comes to, before a place. */
function receivesBefore(analysis: Analysis, { unit, func, node }: Place): Field[] {
  return (func.body?.stmts ?? []).flatMap((s) => {
    if (s.kind !== 'ExprStmt' || s.end > node.start) return [];
    const x = unparen(s.x);
    const chan = x.kind === 'UnaryExpr' && x.op === '<-' ? unparen(x.x) : undefined;
    const found = chan && fieldOf(analysis, unit, chan);
    return found ? [found] : [];
  });
}

function fieldOf(analysis: Analysis, unit: DeclUnit, x: Node): Field | undefined {
  if (x.kind !== 'SelectorExpr') return undefined;
  const owner = deref(analysis.typeOf(unit, x.x));
  return owner.kind === 'named' && owner.pkg === unit.pkg.path ? { type: owner.name, field: x.sel.name } : undefined;
}

/** The function with a deferred `close` of a field, where that is the only `close` of it. */
function onlyCloser(
  analysis: Analysis,
  { pkg }: DeclUnit,
  type: string,
  field: string,
): { unit: DeclUnit; func: FuncNode } | undefined {
  const closes = new RegExp(`\\bclose\\(\\s*[^()]*\\.${field}\\s*\\)`);
  let only: { unit: DeclUnit; func: FuncNode } | undefined;
  for (const member of declarationsNaming(pkg, field)) {
    noteDeclaration(member.declaration);
    if (!closes.test(member.file.textOf(member.declaration))) continue;
    const unit = pkg.unit(member);
    const { decl } = unit;
    for (const call of nodesOfKind(decl, 'CallExpr')) {
      const arg = call.fun.kind === 'Ident' && call.fun.name === 'close' ? call.args[0] : undefined;
      const x = arg && unparen(arg);
      if (x?.kind !== 'SelectorExpr' || x.sel.name !== field) continue;
      const found = fieldOf(analysis, unit, x);
      if (found && found.type !== type) continue;
      const isDeferred =
        decl.kind === 'FuncDecl' && decl.body?.stmts.some((s) => s.kind === 'DeferStmt' && asCall(s.call) === call);
      if (!found || !isDeferred || only) return undefined;
      only = { unit, func: decl };
    }
  }
  return only;
}
