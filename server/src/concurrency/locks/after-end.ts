/** Locks that are taken after other goroutines have come to their end: a channel that they close, or a group that they leave, tells. */
import type { CallExpr, Expr, FuncNode, Node, Stmt } from '../../syntax/ast.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { launches } from '../../golang/launches.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
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
 * True when a function waits for a channel or group before it comes to a place, and all code that leads to another place runs
 * inside of functions that close the channel, or leave the group, behind it: one comes after the other. Where the other place
 * is reached by way of a value that is not followed, such a function may be the one that does so.
 */
export function comesAfterEnd(analysis: Analysis, later: Place, earlier: Omit<Place, 'func'>): boolean {
  return waitsBefore(analysis, later).some((field) => {
    const ends = endsTold(analysis, later.unit, field);
    if (!ends || ends.length === 0) return false;
    const roots = ends.map((e) => e.func);
    const contexts = runContexts(analysis, earlier.unit, earlier.node, roots);
    return (
      contexts.length > 0 &&
      contexts.every((c) =>
        c.kind === 'root'
          ? ends.some((e) => e.func === c.func && (e.isDeferred || c.node.end <= e.node.start))
          : c.kind === 'any' && c.byValue === true,
      )
    );
  });
}

interface Field {
  /** Name of the type that has it. */
  type: string;
  field: string;
  kind: 'channel' | 'group';
}

/** Fields for which a function waits, as a statement of its own that it always comes to, before a place. */
function waitsBefore(analysis: Analysis, { unit, func, node }: Place): Field[] {
  return (func.body?.stmts ?? []).flatMap((s) => {
    if (s.kind !== 'ExprStmt' || s.end > node.start) return [];
    const x = unparen(s.x);
    if (x.kind === 'UnaryExpr' && x.op === '<-') return fieldOf(analysis, unit, unparen(x.x), 'channel') ?? [];
    const group = x.kind === 'CallExpr' ? groupOf(analysis, unit, x, 'Wait') : undefined;
    return (group && fieldOf(analysis, unit, group, 'group')) ?? [];
  });
}

/** The group on which a call calls a method. */
function groupOf(analysis: Analysis, unit: DeclUnit, call: CallExpr, method: string): Expr | undefined {
  const { fun } = call;
  if (fun.kind !== 'SelectorExpr' || fun.sel.name !== method) return undefined;
  const c = analysis.callee(unit, call);
  return c.name === `sync.WaitGroup.${method}` && c.recv ? unparen(c.recv) : undefined;
}

function fieldOf(analysis: Analysis, unit: DeclUnit, x: Node, kind: Field['kind']): Field | undefined {
  if (x.kind !== 'SelectorExpr') return undefined;
  const owner = deref(analysis.typeOf(unit, x.x));
  if (owner.kind !== 'named' || owner.pkg !== unit.pkg.path) return undefined;
  return { type: owner.name, field: x.sel.name, kind };
}

/** A function that tells that it has come to an end: it closes a channel, or leaves a group. */
interface End {
  func: FuncNode;
  node: Node;
  isDeferred: boolean;
}

/** The functions that close a channel, or leave a group; undefined when one does so elsewhere than at its end. */
function endsTold(analysis: Analysis, { pkg }: DeclUnit, { type, field, kind }: Field): End[] | undefined {
  const word = kind === 'channel' ? `\\bclose\\(\\s*[^()]*\\.${field}\\s*\\)` : `\\.${field}\\.(?:Done|Go)\\(`;
  const pattern = new RegExp(word);
  const found: End[] = [];
  for (const member of declarationsNaming(pkg, field)) {
    noteDeclaration(member.declaration);
    if (member.file.isTest || !pattern.test(member.file.textOf(member.declaration))) continue;
    const unit = pkg.unit(member);
    if (unit.hasError) return undefined;
    for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
      const told = toldBy(analysis, unit, call, kind);
      const of = told && fieldOf(analysis, unit, told, kind);
      if (told?.kind !== 'SelectorExpr' || told.sel.name !== field || (of && of.type !== type)) continue;
      const end = of && endAt(analysis, unit, call);
      if (!end) return undefined;
      found.push(end);
    }
  }
  // A channel is closed once.
  return kind === 'channel' && found.length > 1 ? undefined : found;
}

/** What a call closes, or leaves; `wg.Go(f)` leaves it when `f` returns. */
function toldBy(analysis: Analysis, unit: DeclUnit, call: CallExpr, kind: Field['kind']): Expr | undefined {
  if (kind === 'group') return groupOf(analysis, unit, call, 'Done') ?? groupOf(analysis, unit, call, 'Go');
  const [arg] = call.args;
  return arg && call.fun.kind === 'Ident' && call.fun.name === 'close' ? unparen(arg) : undefined;
}

/** The function that a call is the end of: deferred, or as the last of its statements. */
function endAt(analysis: Analysis, unit: DeclUnit, call: CallExpr): End | undefined {
  const started = launches(analysis, unit).find((l) => l.call === call && l.stmt.kind === 'ExprStmt');
  if (started) return started.body && { func: started.body.func, node: call, isDeferred: true };
  const parents = analysis.parents(unit);
  const stmt = parents.get(call);
  const func = enclosingFunc(parents, call);
  const stmts = func?.body?.stmts;
  if (!func || !stmts || !stmt || !stmts.includes(stmt as Stmt)) return undefined;
  if (stmt.kind === 'DeferStmt') return asCall(stmt.call) === call ? { func, node: call, isDeferred: true } : undefined;
  return stmt.kind === 'ExprStmt' ? { func, node: call, isDeferred: false } : undefined;
}
