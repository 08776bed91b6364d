/** Where a function of the analysed package is mentioned. */
import type { CallExpr, FuncDecl, Ident, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { DECLARATION, nested } from './effort.ts';
import { type Answer, remembered } from './reads.ts';
import type { DeclUnit } from './unit.ts';
import { unparen, walk } from './walk.ts';
import { declarationsNaming } from './word-index.ts';

/** A mention of a function's name that denotes it, or may denote it. */
export interface Mention {
  unit: DeclUnit;
  ident: Ident;
  /** The call of it, `go` and `defer` included; absent where it is used as a value. */
  call?: CallExpr;
}

const memo = new WeakMap<Analysis, WeakMap<FuncDecl, Answer<Mention[]>>>();

/**
 * Every mention of a function or method in the files of its package. A method call whose receiver type is not known
 * counts when the name is the same. Declarations that do not contain the name are not parsed.
 */
export function mentionsOf(analysis: Analysis, unit: DeclUnit, decl: FuncDecl): Mention[] {
  let known = memo.get(analysis);
  if (!known) memo.set(analysis, (known = new WeakMap()));
  return remembered(known, decl, () => nested(DECLARATION, [], () => search(analysis, unit, decl)));
}

function search(analysis: Analysis, unit: DeclUnit, decl: FuncDecl): Mention[] {
  const { name } = decl.name;
  const found: Mention[] = [];
  for (const member of declarationsNaming(unit.pkg, name)) {
    const other = unit.pkg.unit(member);
    if (other.hasError) continue;
    const parents = analysis.parents(other);
    walk(other.decl, (n) => {
      if (n.kind !== 'Ident' || n.name !== name || n === decl.name) return;
      const mention = mentionAt(analysis, parents, other, n, decl);
      if (mention) found.push(mention);
    });
  }
  return found;
}

function mentionAt(
  analysis: Analysis,
  parents: ReadonlyMap<Node, Node>,
  unit: DeclUnit,
  ident: Ident,
  decl: FuncDecl,
): Mention | undefined {
  let node: Node = ident;
  let parent = parents.get(ident);
  if (decl.recv) {
    if (parent?.kind !== 'SelectorExpr' || parent.sel !== ident) return undefined;
    [node, parent] = [parent, parents.get(parent)];
  } else {
    const denotes = ident.obj ? undefined : analysis.types.denotes(unit, ident);
    const isKey = parent?.kind === 'KeyValueExpr' && parent.key === ident;
    const isSelector = parent?.kind === 'SelectorExpr' && parent.sel === ident;
    if (denotes?.kind !== 'member' || isKey || isSelector || parent?.kind === 'Field') return undefined;
  }
  while (parent?.kind === 'ParenExpr' || (parent?.kind === 'IndexExpr' && parent.x === node))
    [node, parent] = [parent, parents.get(parent)];
  const call = parent?.kind === 'CallExpr' && unparen(parent.fun) === node ? parent : undefined;
  // Nobody assigns to a function: it is a field of that name.
  if (parent?.kind === 'AssignStmt' && parent.lhs.some((target) => target === node)) return undefined;
  if (!call) return isOtherMethod(analysis, unit, node, decl) ? undefined : { unit, ident };
  const callee = analysis.callee(unit, call);
  if (callee.visible && callee.visible.decl !== decl) return undefined;
  if (!callee.visible && (callee.kind === 'func' || (callee.kind === 'method' && !callee.dynamic))) return undefined;
  return { unit, ident, call };
}

/** True when a selector that is not called selects something else of that name. */
function isOtherMethod(analysis: Analysis, unit: DeclUnit, node: Node, decl: FuncDecl): boolean {
  if (!decl.recv || node.kind !== 'SelectorExpr') return false;
  const s = analysis.types.members.selector(unit, node);
  if (s === undefined) return false;
  if (s.kind !== 'method') return true;
  if (s.dynamic) return false;
  return !s.pkg || !s.member || analysis.types.declarationOf(s.pkg, s.member)?.decl !== decl;
}
