/**
 * Counters and lists that nobody asks: they grow with each turn of a loop, and decide nothing. Following them would make each turn
 * a state of its own (they are no part of the slice of the program that decides who waits; M. Weiser 1984).
 */
import type { Analysis } from '../../golang/analysis.ts';
import { fieldMentionsOf, type OwnMention, ownMentions } from '../../golang/own-mentions.ts';
import { enclosingFunc, type ParentMap } from '../../golang/parents.ts';
import { type Answer, remembered } from '../../golang/reads.ts';
import type { NamedType, Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { AssignStmt, Expr, LocalObject, Node, ReturnStmt } from '../../syntax/ast.ts';
import { isBenign } from './relevance.ts';
import { isTracked, shapeOf } from './shapes.ts';

/** More mentions than a counter has that is only counted. */
const MAX_MENTIONS = 12;

const locals = new WeakMap<LocalObject, Answer<boolean>>();
const fields = new WeakMap<Analysis, Map<string, Answer<boolean>>>();

/** True for a variable or field of the package that is written, printed and returned to who is not seen, but nothing more. */
export function isNeverAsked(analysis: Analysis, unit: DeclUnit, target: Expr): boolean {
  const x = unparen(target);
  if (x.kind === 'Ident') return x.obj !== undefined && isLocalNeverAsked(analysis, unit, x.obj);
  if (x.kind !== 'SelectorExpr') return false;
  const s = analysis.types.members.selector(unit, x);
  if (s?.kind !== 'field' || !s.owner || s.owner.local) return false;
  return isFieldNeverAsked(analysis, unit, s.owner, s.name, false);
}

/**
 * The same for a field.
 * @param returned whether exported functions may return it
 */
export function isFieldNeverAsked(
  analysis: Analysis,
  unit: DeclUnit,
  owner: NamedType,
  name: string,
  returned: boolean,
): boolean {
  let known = fields.get(analysis);
  if (!known) fields.set(analysis, (known = new Map()));
  return remembered(known, `${owner.pkg}.${owner.name}.${name} ${returned}`, () => {
    const found = analysis.types.members.find(owner, name);
    if (found?.kind !== 'field' || !isPlain(analysis, found.type)) return false;
    return areUnasked(analysis, fieldMentionsOf(analysis, unit, owner, name), returned);
  });
}

/** The same for a local variable. */
export function isLocalNeverAsked(analysis: Analysis, unit: DeclUnit, object: LocalObject): boolean {
  const { role, writes, addressTaken, decl } = object;
  if (role !== 'local' || writes.length === 0 || addressTaken || unit.pkg.isBundled) return false;
  return remembered(
    locals,
    object,
    () =>
      isPlain(analysis, analysis.objectType(unit, object)) &&
      areUnasked(analysis, ownMentions(analysis, unit, decl), true),
  );
}

/** Numbers, texts, and lists of what nobody waits for. */
function isPlain({ types }: Analysis, type: Type): boolean {
  const shape = shapeOf(types, type);
  return shape === 'number' || shape === 'string' || (shape === 'slice' && !isTracked(types, type));
}

function areUnasked(analysis: Analysis, mentions: readonly OwnMention[] | undefined, returned: boolean): boolean {
  if (!mentions || mentions.length > MAX_MENTIONS) return false;
  return mentions.every(
    (m) => m.initial !== undefined || isUnasked(analysis, m.unit, analysis.parents(m.unit), m.node, returned),
  );
}

function isUnasked(analysis: Analysis, unit: DeclUnit, parents: ParentMap, mention: Expr, returned: boolean): boolean {
  let at: Node = mention;
  for (;;) {
    const p = parents.get(at);
    switch (p?.kind) {
      case 'IncDecStmt':
        return true;
      case 'AssignStmt':
        return isWritten(unit, p, at, mention);
      case 'ParenExpr':
        break;
      case 'IndexExpr':
        if (p.x === at || isTracked(analysis.types, analysis.typeOf(unit, p))) return false;
        break;
      case 'BinaryExpr':
        if (!/^[-+*/%]$/.test(p.op)) return false;
        break;
      case 'CallExpr': {
        const callee = analysis.callee(unit, p);
        if (p.fun === at || callee.own || callee.fact?.neverReturns || !isBenign(callee)) return false;
        // How long somebody waits decides who comes first.
        if (/^time\./.test(callee.name)) return false;
        break;
      }
      case 'ExprStmt':
        return true;
      case 'ReturnStmt':
        return returned && isForOthers(unit, parents, p);
      default:
        return false;
    }
    at = p;
  }
}

/** True for a target of an assignment, and for what is added to itself: `x = append(x, …)`. */
function isWritten(unit: DeclUnit, s: AssignStmt, at: Node, mention: Expr): boolean {
  if (s.lhs.some((e) => e === at)) return at === mention;
  const [target] = s.lhs;
  return s.lhs.length === 1 && target !== undefined && unit.text(target) === unit.text(mention);
}

/** True for a `return` of a declared function that nobody in the package names. */
function isForOthers(unit: DeclUnit, parents: ParentMap, s: ReturnStmt): boolean {
  const { decl, declaration, pkg } = unit;
  if (decl.kind !== 'FuncDecl' || enclosingFunc(parents, s) !== decl) return false;
  return declarationsNaming(pkg, decl.name.name).every((m) => m.declaration === declaration);
}
