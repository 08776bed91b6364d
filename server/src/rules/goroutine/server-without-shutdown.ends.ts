/** Whether anything ends a server, or the listener it serves on. */
import type { Analysis } from '../../golang/analysis.ts';
import { ownMentions } from '../../golang/own-mentions.ts';
import { isNamed } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { isNil, unparen, walkShallow } from '../../golang/walk.ts';
import type { CallExpr, Expr, Node } from '../../syntax/ast.ts';

type Kind = 'server' | 'listener';

/** Methods that do not end the thing, and fields. Whatever else is done with it might. */
const HARMLESS: Record<Kind, (name: string) => boolean> = {
  server: (name) => !/^(?:Shutdown|Close|RegisterOnShutdown)$/.test(name),
  listener: (name) => name === 'Addr',
};

/** Variables that hold the same value, followed at most. */
const MAX_HOLDERS = 4;

/**
 * True when a server or listener is made here, everything that happens to it is in sight, and nothing ends it: a literal or the
 * result of `net.Listen` where it is used, or a variable or unexported field that holds it.
 */
export function isNeverEnded(analysis: Analysis, unit: DeclUnit, expr: Expr, kind: Kind, depth = 0): boolean {
  if (isMade(analysis, unit, expr, kind)) return true;
  const mentions = depth < MAX_HOLDERS ? ownMentions(analysis, unit, expr) : undefined;
  if (!mentions) return false;
  return mentions.every(({ unit: at, node, initial }) => {
    if (initial === 'zero') return true;
    if (initial) return isMade(analysis, at, initial, kind) || isNil(initial);
    return isHarmless(analysis, at, node, kind, depth);
  });
}

function isHarmless(analysis: Analysis, unit: DeclUnit, mention: Node, kind: Kind, depth: number): boolean {
  const parents = analysis.parents(unit);
  let node = mention;
  let parent = parents.get(node);
  while (parent?.kind === 'ParenExpr' || (parent?.kind === 'UnaryExpr' && parent.op === '&'))
    [node, parent] = [parent, parents.get(parent)];
  switch (parent?.kind) {
    case 'SelectorExpr':
      return HARMLESS[kind](parent.sel.name);
    case 'BinaryExpr':
      return true;
    case 'CallExpr':
      return serves(analysis, unit, parent) && parent.args.indexOf(node as Expr) === 0;
    case 'AssignStmt': {
      const [left, right] = [parent.lhs.indexOf(node as Expr), parent.rhs.indexOf(node as Expr)];
      if (left >= 0) {
        const value = parent.lhs.length === parent.rhs.length ? parent.rhs[left] : parent.rhs[0];
        return value !== undefined && (isMade(analysis, unit, value, kind) || isNil(value) || isLocal(value));
      }
      const holder = parent.lhs.length === parent.rhs.length ? parent.lhs[right] : undefined;
      return holder !== undefined && isNeverEnded(analysis, unit, holder, kind, depth + 1);
    }
    default:
      return false;
  }
}

/** A local variable whose value is looked at where it is declared: it names what is assigned. */
function isLocal(expr: Expr): boolean {
  const x = unparen(expr);
  return x.kind === 'Ident' && x.obj?.role === 'local';
}

function serves(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  return /^net\/http\.(?:Server\.)?Serve(?:TLS)?$/.test(analysis.callee(unit, call).name);
}

/** Functions that make the value for those that call them, followed one after the other. */
const MAX_MAKERS = 3;

/** `&http.Server{…}`, `http.Server{…}`, `new(http.Server)`; `net.Listen(…)`; the call of a function that returns nothing else. */
function isMade(analysis: Analysis, unit: DeclUnit, expr: Expr, kind: Kind, makers = 0): boolean {
  let x = unparen(expr);
  if (kind === 'listener')
    return x.kind === 'CallExpr' && /^(?:net|crypto\/tls)\.Listen/.test(analysis.callee(unit, x).name);
  if (x.kind === 'UnaryExpr' && x.op === '&') x = unparen(x.x);
  if (x.kind === 'CallExpr' && makers < MAX_MAKERS && isMadeBy(analysis, unit, x, kind, makers + 1)) return true;
  const isLiteral = x.kind === 'CompositeLit' || (x.kind === 'CallExpr' && analysis.callee(unit, x).name === 'new');
  return isLiteral && isNamed(analysis.typeOf(unit, x), 'net/http', 'Server');
}

/** True for a call of a function that makes a server and keeps nothing of it. */
function isMadeBy(analysis: Analysis, unit: DeclUnit, call: CallExpr, kind: Kind, makers: number): boolean {
  const maker = analysis.callee(unit, call).own;
  if (!maker?.decl.body || maker.unit.hasError || maker.decl.type.results.length !== 1) return false;
  const results: (Expr | undefined)[] = [];
  walkShallow(maker.decl.body, (n) => void (n.kind === 'ReturnStmt' && results.push(n.results[0])));
  return (
    results.length > 0 &&
    results.every((result) => {
      if (!result) return false;
      const x = unparen(result);
      return isLocal(x)
        ? isOnlyReturned(analysis, maker.unit, x, kind, makers)
        : isMade(analysis, maker.unit, x, kind, makers);
    })
  );
}

/** True for a variable that holds a new server, which is fitted out and returned. */
function isOnlyReturned(analysis: Analysis, unit: DeclUnit, expr: Expr, kind: Kind, makers: number): boolean {
  const parents = analysis.parents(unit);
  const mentions = ownMentions(analysis, unit, expr);
  return (
    mentions?.every(({ node, initial }) => {
      if (initial) return initial === 'zero' || isMade(analysis, unit, initial, kind, makers);
      const parent = parents.get(node);
      return parent?.kind === 'ReturnStmt' || (parent?.kind === 'SelectorExpr' && HARMLESS[kind](parent.sel.name));
    }) ?? false
  );
}
