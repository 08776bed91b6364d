/** Cancel functions that are kept where nothing ever reads them: nobody can call them any more. */
import type { Analysis } from '../../golang/analysis.ts';
import { isOnlyWritten } from '../../golang/never-read.ts';
import { type OwnMention, fieldMentionsOf, ownMentions } from '../../golang/own-mentions.ts';
import type { Acquisition } from '../../golang/resources.ts';
import { isRootContext } from '../../golang/root-contexts.ts';
import { firstTarget, pathText, unparen } from '../../golang/walk.ts';
import type { NamedType } from '../../golang/types.ts';
import type { Expr, LocalObject, Node } from '../../syntax/ast.ts';

/** A field, package variable, or map in one, that keeps the cancel function. */
export interface Keeper {
  /** Where it is put there. */
  node: Node;
  /** The name of what keeps it, as Go writes it: `s.cancel`, `cancels`. */
  name: string;
  /** The field, where it is one by itself. */
  field?: { owner: NamedType; name: string };
}

/**
 * What keeps the cancel function of an acquisition, when everything that happens to it is in sight and nothing reads it. Of a context
 * that has neither a deadline nor a parent somebody must be seen to wait for its end.
 */
export function keptUnread(analysis: Analysis, a: Acquisition): Keeper | undefined {
  const keeper = keeperOf(analysis, a);
  if (!keeper || !keeper.mentions.every((m) => isOnlyWritten(analysis, m))) return undefined;
  return isAwaited(analysis, a) ? keeper : undefined;
}

/** What keeps the cancel function of an acquisition, with all that happens to it; undefined where that is not in sight. */
export function keeperOf(analysis: Analysis, a: Acquisition): (Keeper & { mentions: OwnMention[] }) | undefined {
  const { destination } = a;
  if (destination.kind === 'elsewhere') return destination.target && keeperAt(analysis, a, destination.target);
  if (destination.kind !== 'variable') return undefined;
  const [store, ...others] = stores(analysis, a, destination.object);
  if (!store || others.length > 0) return undefined;
  const { parent, use } = store;
  if (parent.kind === 'AssignStmt') {
    const to = parent.lhs.length === parent.rhs.length ? parent.lhs[parent.rhs.indexOf(use)] : undefined;
    return to && keeperAt(analysis, a, to);
  }
  if (parent.kind !== 'KeyValueExpr' || parent.key.kind !== 'Ident' || parent.value !== use) return undefined;
  const lit = analysis.parents(a.unit).get(parent);
  const type = lit?.kind === 'CompositeLit' && lit.type ? analysis.types.resolve(a.unit, lit.type) : undefined;
  if (type?.kind !== 'named') return undefined;
  const mentions = fieldMentionsOf(analysis, a.unit, type, parent.key.name);
  const field = { owner: type, name: parent.key.name };
  return mentions && { node: parent, name: `${type.name}.${parent.key.name}`, field, mentions };
}

/** The mentions of a variable other than `_ = cancel` and new values. */
function stores(analysis: Analysis, a: Acquisition, object: LocalObject): { parent: Node; use: Expr }[] {
  const parents = analysis.parents(a.unit);
  return object.uses.flatMap((use) => {
    const parent = parents.get(use);
    if (!parent || object.writes.includes(use)) return [];
    // The key of a literal is the name of a field.
    if (parent.kind === 'KeyValueExpr' && parent.key === use) return [];
    const isDropped = parent.kind === 'AssignStmt' && parent.lhs.every((l) => l.kind === 'Ident' && l.name === '_');
    return isDropped ? [] : [{ parent, use }];
  });
}

function keeperAt(analysis: Analysis, a: Acquisition, target: Expr): (Keeper & { mentions: OwnMention[] }) | undefined {
  const x = unparen(target);
  const kept = x.kind === 'IndexExpr' ? unparen(x.x) : x;
  if (kept.kind !== 'SelectorExpr' && !(kept.kind === 'Ident' && !kept.obj)) return undefined;
  const name = pathText(kept);
  const mentions = name === undefined ? undefined : ownMentions(analysis, a.unit, kept);
  const selected = kept === x && x.kind === 'SelectorExpr' ? analysis.types.members.selector(a.unit, x) : undefined;
  const field =
    selected?.kind === 'field' && selected.owner ? { owner: selected.owner, name: selected.name } : undefined;
  return mentions && { node: target, name: name!, ...(field && { field }), mentions };
}

/** True when a parent or a timer holds the context, or somebody is seen to wait for its end. */
function isAwaited(analysis: Analysis, a: Acquisition): boolean {
  const [parent] = a.call.args;
  if (!parent || !isRootContext(analysis, a.unit, parent, a.stmt) || !/\.WithCancel(?:Cause)?$/.test(a.origin))
    return true;
  const target = firstTarget(a.stmt);
  const mentions = target && ownMentions(analysis, a.unit, target);
  return (
    mentions?.some(({ unit, node }) => {
      const selector = analysis.parents(unit).get(node);
      return selector?.kind === 'SelectorExpr' && selector.sel.name === 'Done';
    }) ?? false
  );
}
