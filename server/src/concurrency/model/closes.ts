/** Whether a program closes a channel at all, told by the names it goes by. */
import { nodesOfKind } from '../../golang/node-index.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { flattenFields, unparen } from '../../golang/walk.ts';
import type { Expr } from '../../syntax/ast.ts';
import type { Code, Instruction } from './instructions.ts';
import { chanName, lastName } from './operand-names.ts';

/** True when one of the instructions closes a channel of that name, or of one that functions give to what they are passed under it. */
export function isClosed(all: readonly Instruction[], name: string): boolean {
  const closed = new Set(all.flatMap((i) => (i.op === 'close' ? [lastName(chanName(i.site))] : [])));
  if (closed.size === 0 || closed.has(name)) return closed.size > 0;
  const names = new Set([name]);
  // Names that are added on the way are followed, too.
  for (const known of names) for (const alias of aliases(all, known)) names.add(alias);
  return [...names].some((x) => closed.has(x));
}

/** What the functions that are called name the arguments which their callers know by a name. */
function aliases(all: readonly Instruction[], name: string): string[] {
  return all.flatMap((i) => {
    if ((i.op !== 'call' && i.op !== 'go' && i.op !== 'defer') || !i.code?.func) return [];
    const params = parameterNames(i.code);
    return argumentsAt(i.site.unit, i.site.node.start, i.site.node.end, params.length).flatMap((e, n) =>
      nameOf(e) === name ? (params[n] ?? []) : [],
    );
  });
}

function parameterNames({ func }: Code): string[] {
  return func ? flattenFields(func.type.params).map((p) => p.name?.name ?? '') : [];
}

/** The arguments of the call at a place, which may be that of the statement it stands in. */
function argumentsAt({ decl }: DeclUnit, start: number, end: number, count: number): readonly Expr[] {
  const call = nodesOfKind(decl, 'CallExpr').find((c) => c.start >= start && c.end === end && c.args.length === count);
  return call?.args ?? [];
}

function nameOf(e: Expr): string | undefined {
  const x = unparen(e);
  return x.kind === 'Ident' ? x.name : x.kind === 'SelectorExpr' ? x.sel.name : undefined;
}
