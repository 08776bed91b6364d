/** Repairs of copied locks: a pointer in place of the copy, where everything that has to do with the copy is in sight. */
import { combine } from '../../fixes/apply.ts';
import { insertAtBlockStart } from '../../fixes/insert-statement.ts';
import { isFree } from '../../fixes/names.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import { onlyLiteral } from '../../golang/callee.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { isExported } from '../../golang/exported.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { pathText, unparen } from '../../golang/walk.ts';
import type { FileEdit } from '../../fixes/file-edit.ts';
import type { CallExpr, FuncNode, LocalObject, RangeStmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import type { Copy } from './copied-lock.search.ts';

/** The fixes for one copy. */
export function copyFixes(context: RuleContext, copy: Copy): FixSpec[] {
  switch (copy.how) {
    case 'parameter':
      return pointer(parameterEdits(context, copy));
    case 'element':
      return pointer(elementEdits(context, copy.loop));
    case 'assigned':
      return [...pointer(aliasEdits(context, copy)), ...clone(context, copy)];
    default:
      return [];
  }
}

function pointer(edits: FileEdit[] | undefined): FixSpec[] {
  return [{ id: 'take-pointer', title: 'fix-pointer', preferred: true, edits }];
}

/** `func(wg sync.WaitGroup)` takes a `*sync.WaitGroup`, and its callers pass `&wg`. */
function parameterEdits(context: RuleContext, copy: Copy & { how: 'parameter' }): FileEdit[] | undefined {
  const { unit } = context;
  const { field, func, index } = copy;
  const [name, ...others] = field.names;
  if (others.length > 0 || (name && !isOnlyLookedInto(context, name.obj))) return undefined;
  const calls = callsOf(context, func);
  if (!calls) return undefined;
  const star = {
    file: unit.file,
    start: unit.base + field.type.start,
    end: unit.base + field.type.start,
    newText: '*',
  };
  const edits = calls.map((call) => addressed(call, index));
  return edits.includes(undefined) ? undefined : combine([star], ...edits);
}

/** All calls of a function, when nothing else is done with it. */
function callsOf(context: RuleContext, func: FuncNode): { unit: DeclUnit; call: CallExpr }[] | undefined {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  if (func.kind === 'FuncLit') {
    const parent = parents.get(func);
    if (parent?.kind === 'CallExpr' && parent.fun === func) return [{ unit, call: parent }];
    const target = parent?.kind === 'AssignStmt' && parent.lhs.length === 1 ? parent.lhs[0] : undefined;
    if (target?.kind !== 'Ident' || !target.obj || onlyLiteral(target.obj) !== func) return undefined;
    const calls = target.obj.uses.map((use) => parents.get(use));
    if (!calls.every((c, i) => c?.kind === 'CallExpr' && c.fun === target.obj?.uses[i])) return undefined;
    return (calls as CallExpr[]).map((call) => ({ unit, call }));
  }
  if (func.recv || (isExported(func.name.name) && unit.pkg.name !== 'main')) return undefined;
  const mentions = mentionsOf(analysis, unit, func);
  if (!mentions.every((m) => m.call)) return undefined;
  return mentions.map((m) => ({ unit: m.unit, call: m.call as CallExpr }));
}

/** `&` before an argument that has an address. */
function addressed({ unit, call }: { unit: DeclUnit; call: CallExpr }, index: number): FileEdit[] | undefined {
  const arg = call.args[index];
  if (!arg || call.spread) return undefined;
  const at = unit.base + arg.start;
  if (arg.kind === 'StarExpr') return [{ file: unit.file, start: at, end: at + 1, newText: '' }];
  const has = pathText(arg) !== undefined && (arg.kind === 'Ident' || arg.kind === 'SelectorExpr');
  return has || arg.kind === 'CompositeLit' ? [{ file: unit.file, start: at, end: at, newText: '&' }] : undefined;
}

/** `for _, v := range s` with elements that stay where they are: `for i := range s { v := &s[i]`. */
function elementEdits(context: RuleContext, loop: RangeStmt): FileEdit[] | undefined {
  const { analysis, unit } = context;
  const { key, value, x } = loop;
  if (!loop.define || value?.kind !== 'Ident' || !isOnlyLookedInto(context, value.obj)) return undefined;
  const path = unparen(x);
  const type = analysis.types.underlying(analysis.typeOf(unit, x));
  if (type.kind !== 'slice' && !(type.kind === 'array' && pathText(path) !== undefined)) return undefined;
  if (path.kind !== 'Ident' && path.kind !== 'SelectorExpr') return undefined;
  const hasKey = key?.kind === 'Ident' && key.name !== '_';
  const index = hasKey ? key.name : ['i', 'j', 'k'].find((n) => isFree(unit, loop, n));
  if (!index || !key) return undefined;
  const head = { file: unit.file, start: unit.base + key.start, end: unit.base + value.end, newText: index };
  return combine([head], insertAtBlockStart(unit, loop.body, `${value.name} := &${unit.text(path)}[${index}]`));
}

/** `mu := s.mu` is to lock that one: `mu := &s.mu`. A copy of more than the lock may be meant. */
function aliasEdits(context: RuleContext, copy: Copy & { how: 'assigned' }): FileEdit[] | undefined {
  const { unit } = context;
  const { node, stmt, to, lock } = copy;
  const x = unparen(node);
  if (lock.length > 1 || stmt?.op !== ':=' || to?.kind !== 'Ident' || to.obj?.decl !== to) return undefined;
  if (!isOnlyLookedInto(context, to.obj) || to.obj.writes.length > 0) return undefined;
  if (x.kind === 'StarExpr') return replaceNode(unit, node, unit.text(x.x));
  if ((x.kind !== 'Ident' && x.kind !== 'SelectorExpr') || pathText(x) === undefined) return undefined;
  return replaceNode(unit, node, `&${unit.text(x)}`);
}

const CLONED = new Set(['tls.Config', 'http.Transport']);

/** `c := *cfg` of a type that has a method for it: `c := cfg.Clone()`. */
function clone(context: RuleContext, copy: Copy & { how: 'assigned' }): FixSpec[] {
  const { analysis, unit } = context;
  const { node, stmt, to, lock } = copy;
  const x = unparen(node);
  if (!CLONED.has(lock[0]) || x.kind !== 'StarExpr' || stmt?.op !== ':=' || to?.kind !== 'Ident' || !to.obj) return [];
  if (to.obj.decl !== to || to.obj.writes.length > 0 || pathText(x.x) === undefined) return [];
  const parents = analysis.parents(unit);
  const edits = to.obj.uses.map((use) => {
    const parent = parents.get(use);
    if (parent?.kind === 'SelectorExpr') return [];
    return parent?.kind === 'UnaryExpr' && parent.op === '&' ? replaceNode(unit, parent, use.name) : undefined;
  });
  const cloned = replaceNode(unit, node, `${unit.text(unparen(x.x))}.Clone()`);
  return [
    {
      id: 'clone',
      title: 'fix-clone',
      preferred: true,
      edits: edits.includes(undefined) ? undefined : combine(cloned, ...edits),
    },
  ];
}

/** True for a variable of which only fields and methods are used, which a pointer has as well. */
function isOnlyLookedInto({ analysis, unit }: RuleContext, object: LocalObject | undefined): boolean {
  if (!object) return true;
  const parents = analysis.parents(unit);
  return object.uses.every((use) => {
    const parent = parents.get(use);
    return parent?.kind === 'SelectorExpr' && parent.x === use;
  });
}
