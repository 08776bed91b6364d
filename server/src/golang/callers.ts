/** Where a function of the analysed package is mentioned. */
import type { CallExpr, FuncDecl, Ident, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { DECLARATION, nested } from './effort.ts';
import type { PackageMember } from './package.ts';
import { type Answer, remembered } from './reads.ts';
import type { SourceFile } from './source-file.ts';
import type { DeclUnit } from './unit.ts';
import { baseIdent, unparen, walk } from './walk.ts';
import { declarationsNaming, declarationsWith } from './word-index.ts';

/** A mention of a function's name that denotes it, or may denote it. */
export interface Mention {
  unit: DeclUnit;
  ident: Ident;
  /** The call of it, `go` and `defer` included; absent where it is used as a value. */
  call?: CallExpr;
}

/** By the function that is mentioned and the declaration that is searched; undefined where that is too much work. */
const memo = new WeakMap<Analysis, WeakMap<FuncDecl, Map<PackageMember, Answer<Mention[] | undefined>>>>();

/**
 * Every mention of a function or method in the files of its package. A method call whose receiver type is not known
 * counts when the name is the same. Declarations that do not contain the name are not parsed.
 */
export function mentionsOf(analysis: Analysis, unit: DeclUnit, decl: FuncDecl): Mention[] {
  const found: Mention[] = [];
  for (const mentions of mentionsByDeclaration(analysis, unit, decl)) {
    if (!mentions) return [];
    found.push(...mentions);
  }
  return found;
}

/**
 * The same, declaration by declaration: who has seen enough need not have the rest parsed. Undefined stands for a declaration that
 * is too much work. `wanted` says of which files.
 */
export function* mentionsByDeclaration(
  analysis: Analysis,
  unit: DeclUnit,
  decl: FuncDecl,
  wanted: (file: SourceFile) => boolean = () => true,
): Generator<Mention[] | undefined> {
  let byFunction = memo.get(analysis);
  if (!byFunction) memo.set(analysis, (byFunction = new WeakMap()));
  let known = byFunction.get(decl);
  if (!known) byFunction.set(decl, (known = new Map()));
  const { name } = decl.name;
  const members = decl.recv ? declarationsWith(unit.pkg, name, 'selected') : declarationsNaming(unit.pkg, name);
  for (const member of members)
    if (wanted(member.file))
      yield remembered(known, member, () =>
        nested<Mention[] | undefined>(DECLARATION, undefined, () => search(analysis, unit.pkg.unit(member), decl)),
      );
}

function search(analysis: Analysis, unit: DeclUnit, decl: FuncDecl): Mention[] {
  const { name } = decl.name;
  const found: Mention[] = [];
  if (unit.hasError) return found;
  const parents = analysis.parents(unit);
  walk(unit.decl, (n) => {
    if (n.kind !== 'Ident' || n.name !== name || n === decl.name) return;
    const mention = mentionAt(analysis, parents, unit, n, decl);
    if (mention) found.push(mention);
  });
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
  const named = node;
  while (parent?.kind === 'ParenExpr' || (parent?.kind === 'IndexExpr' && parent.x === node))
    [node, parent] = [parent, parents.get(parent)];
  const call = parent?.kind === 'CallExpr' && unparen(parent.fun) === node ? parent : undefined;
  // Nobody assigns to a function: it is a field of that name.
  if (parent?.kind === 'AssignStmt' && parent.lhs.some((target) => target === node)) return undefined;
  if (!call) return isOtherMethod(analysis, unit, named, decl) ? undefined : { unit, ident };
  const callee = analysis.callee(unit, call);
  if (callee.visible && callee.visible.decl !== decl) return undefined;
  const isKnown = callee.kind === 'func' || (callee.kind === 'method' && !callee.dynamic);
  // Of functions that are declared for several systems nobody says which one is called.
  if (!callee.visible && isKnown && callee.name !== qualifiedName(unit, decl)) return undefined;
  return { unit, ident, call };
}

function qualifiedName({ pkg }: DeclUnit, { recv, name }: FuncDecl): string {
  const type = recv && baseIdent(recv.type.kind === 'StarExpr' ? recv.type.x : recv.type);
  return [pkg.path, ...(type ? [type.name] : []), name.name].join('.');
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
