/**
 * Counters and lists that nobody asks: they grow with each turn of a loop, and decide nothing. Following them would make each turn
 * a state of its own (they are no part of the slice of the program that decides who waits; M. Weiser 1984).
 */
import type { Analysis } from '../../golang/analysis.ts';
import type { VisibleFunc } from '../../golang/callee.ts';
import { fieldMentionsOf, type OwnMention, ownMentions, visibleFieldMentions } from '../../golang/own-mentions.ts';
import { enclosingFunc, type ParentMap } from '../../golang/parents.ts';
import { type Answer, answered } from '../../golang/reads.ts';
import type { NamedType, Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { flattenFields, unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { AssignStmt, CallExpr, Expr, KeyValueExpr, LocalObject, Node, ReturnStmt } from '../../syntax/ast.ts';
import { isBenign } from './relevance.ts';
import { isTracked, shapeOf } from './shapes.ts';

/** More mentions than a counter has that is only counted. */
const MAX_MENTIONS = 12;

const locals = new WeakMap<LocalObject, Answer<boolean>>();
const fields = new WeakMap<Analysis, Map<string, Answer<boolean>>>();

/** True for a variable or field that is written, printed, carried on and returned to who is not seen, but nothing more. */
export function isNeverAsked(analysis: Analysis, unit: DeclUnit, target: Expr): boolean {
  const x = unparen(target);
  if (x.kind === 'Ident') return x.obj !== undefined && isLocalNeverAsked(analysis, unit, x.obj);
  if (x.kind !== 'SelectorExpr') return false;
  const s = analysis.types.members.selector(unit, x);
  if (s?.kind !== 'field' || !s.owner || s.owner.local) return false;
  return isFieldOfNobody(analysis, s.owner, s.name);
}

/**
 * True for a field that no code asks which is analysed: what others do with it is not followed.
 * @param owner the struct that has the field itself
 */
export function isFieldOfNobody(analysis: Analysis, owner: NamedType, name: string): boolean {
  return isField(analysis, owner, name, 'nobody', () => visibleFieldMentions(analysis, owner, name, MAX_MENTIONS));
}

/** True for a field that its package keeps to itself and that nobody asks; exported functions may return it. */
export function isFieldNeverAsked(analysis: Analysis, unit: DeclUnit, owner: NamedType, name: string): boolean {
  return isField(analysis, owner, name, 'never', () => fieldMentionsOf(analysis, unit, owner, name));
}

function isField(
  analysis: Analysis,
  owner: NamedType,
  name: string,
  by: 'nobody' | 'never',
  mentions: () => readonly OwnMention[] | undefined,
): boolean {
  let known = fields.get(analysis);
  if (!known) fields.set(analysis, (known = new Map()));
  return answered(known, `${owner.pkg}.${owner.name}.${name} ${by}`, false, () => {
    const found = analysis.types.members.find(owner, name);
    if (found?.kind !== 'field' || !isPlain(analysis, found.type)) return false;
    return areUnasked(analysis, mentions(), by === 'never');
  });
}

/** The same for a local variable, or a parameter. */
export function isLocalNeverAsked(analysis: Analysis, unit: DeclUnit, object: LocalObject): boolean {
  const { role, writes, addressTaken, decl, uses } = object;
  if (addressTaken || unit.pkg.isBundled) return false;
  if (role === 'param' ? uses.length > MAX_MENTIONS : role !== 'local' || writes.length === 0) return false;
  return answered(locals, object, false, () => {
    if (!isPlain(analysis, analysis.objectType(unit, object))) return false;
    const mentions = role === 'param' ? uses.map((node) => ({ unit, node })) : ownMentions(analysis, unit, decl);
    return areUnasked(analysis, mentions, true);
  });
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
        return isWritten(unit, p, at, mention) || isAssigned(analysis, unit, p, at);
      case 'ParenExpr':
        break;
      case 'IndexExpr':
        if (p.x === at || isTracked(analysis.types, analysis.typeOf(unit, p))) return false;
        break;
      case 'BinaryExpr':
        if (!/^[-+*/%]$/.test(p.op)) return false;
        break;
      case 'KeyValueExpr':
        return p.value === at && isCarried(analysis, unit, p, parents.get(p));
      case 'CallExpr': {
        const callee = analysis.callee(unit, p);
        // Which entry goes, shows in what is left.
        if (p.fun === at || callee.name === 'delete') return false;
        if (callee.own) return isHandedOn(analysis, callee.own, p.args.indexOf(at as Expr), p);
        if (callee.fact?.neverReturns || !isBenign(callee)) return false;
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

/** True for what becomes the value of something else that nobody asks. */
function isAssigned(analysis: Analysis, unit: DeclUnit, { lhs, rhs }: AssignStmt, at: Node): boolean {
  const target = lhs.length === rhs.length ? lhs[rhs.findIndex((e) => e === at)] : undefined;
  return target !== undefined && isNeverAsked(analysis, unit, target);
}

/** True for what a composite literal puts into a field that nobody asks. */
function isCarried(analysis: Analysis, unit: DeclUnit, { key }: KeyValueExpr, literal: Node | undefined): boolean {
  if (literal?.kind !== 'CompositeLit' || key.kind !== 'Ident') return false;
  const owner = analysis.typeOf(unit, literal);
  return owner.kind === 'named' && isFieldOfNobody(analysis, owner, key.name);
}

/** True for what is given to a parameter that nobody asks. */
function isHandedOn(analysis: Analysis, { unit, decl }: VisibleFunc, index: number, call: CallExpr): boolean {
  const params = flattenFields(decl.type.params);
  const param = params[index];
  if (!param || param.variadic || call.spread || call.args.length !== params.length || unit.hasError) return false;
  if (!decl.body) return false;
  return (
    !param.name ||
    param.name.name === '_' ||
    (param.name.obj !== undefined && isLocalNeverAsked(analysis, unit, param.name.obj))
  );
}

/** True for a `return` of a declared function that nobody in the package names. */
function isForOthers(unit: DeclUnit, parents: ParentMap, s: ReturnStmt): boolean {
  const { decl, declaration, pkg } = unit;
  if (decl.kind !== 'FuncDecl' || enclosingFunc(parents, s) !== decl) return false;
  return declarationsNaming(pkg, decl.name.name).every((m) => m.declaration === declaration);
}
