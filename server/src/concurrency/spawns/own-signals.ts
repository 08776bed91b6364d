/** Channels of a value that are closed when the value ends, for its goroutines to watch. */
import type { Analysis } from '../../golang/analysis.ts';
import { endsValue } from '../../golang/constructors.ts';
import { isExported } from '../../golang/exported.ts';
import { ancestor } from '../../golang/parents.ts';
import { visibleObjects } from '../../golang/scopes.ts';
import { deref, type Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { flattenFields } from '../../golang/walk.ts';
import type { Node } from '../../syntax/ast.ts';
import { channelFacts, type Place } from './channel-facts.ts';

/** A channel of a value that is in scope. */
export interface OwnSignal {
  /** Go expression: `h.quit`. */
  done: string;
  /** The type whose method closes it. */
  type: string;
}

/**
 * The one channel without content, in an unexported field of a value in scope, that is made once, that nobody sends on, and that methods by
 * which the value ends close: what else the value has running watches it, too. Undefined where there are several, or something of it is unknown.
 */
export function ownSignal(analysis: Analysis, unit: DeclUnit, at: Node): OwnSignal | undefined {
  const found = visibleObjects(unit, at).flatMap((object) => {
    const type = object.writes.length === 0 ? deref(analysis.objectType(unit, object)) : undefined;
    if (type?.kind !== 'named' || type.pkg !== unit.pkg.path || type.local) return [];
    const struct = analysis.types.underlying(type);
    if (struct.kind !== 'struct') return [];
    return flattenFields(struct.node.fields).flatMap(({ name: field, type: node }) => {
      if (!field || isExported(field.name) || !isSignal(analysis.types.resolve(struct.unit, node))) return [];
      const channel = { kind: 'field', pkg: unit.pkg, owner: type, name: field.name } as const;
      const { closes, sends, receives, makes, complete } = channelFacts(analysis, channel);
      const isEnd = complete && sends.length === 0 && makes.length === 1 && receives.length > 0 && closes.length > 0;
      return isEnd && closes.every((c) => isInEnd(analysis, c, type.name))
        ? [{ done: `${object.name}.${field.name}`, type: type.name }]
        : [];
    });
  });
  return found.length === 1 ? found[0] : undefined;
}

function isSignal(type: Type): boolean {
  return type.kind === 'chan' && type.elem.kind === 'struct' && type.elem.node.fields.length === 0;
}

/** True in a method of the type by which its values end, and not on a goroutine that this starts. */
function isInEnd(analysis: Analysis, { unit, node }: Place, type: string): boolean {
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl' || !decl.recv || !endsValue(decl.name.name)) return false;
  if (unit.pkg.methods(type).get(decl.name.name) === undefined) return false;
  return ancestor(analysis.parents(unit), node, (n) => n.kind === 'GoStmt') === undefined;
}
