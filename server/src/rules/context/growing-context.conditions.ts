/** Conditions that each turn of a loop asks anew. */
import { baseIdent, calledName, contains, pathText, walk } from '../../golang/walk.ts';
import type { CallExpr, Expr, Ident, Node, SelectorExpr } from '../../syntax/ast.ts';

/** What is compared with to see whether there is a value. */
const NOTHING = /^(?:""|``|0)$/;

/**
 * True when conditions ask of nothing but what a call gives the new context, and only whether it is there: `if m.id != "" {…}`,
 * `if id, ok := ids[m.key]; ok {…}`. What else they may ask, such as the kind of a message, may be true of one turn only.
 */
export function asksForValue(conditions: readonly Expr[], call: CallExpr, loop: Node): boolean {
  const paths = new Set<string>();
  const statements = new Set<Node>();
  for (const given of call.args.slice(1))
    for (const v of variablesIn(given)) {
      const path = pathText(v);
      if (path !== undefined) paths.add(path);
      const object = baseIdent(v)?.obj;
      if (object) statements.add(object.declNode);
    }
  const isGiven = (v: Variable): boolean => {
    const object = baseIdent(v)?.obj;
    if (!object || !contains(loop, object.decl)) return false;
    return paths.has(pathText(v) ?? '') || (v.kind === 'Ident' && statements.has(object.declNode));
  };
  return conditions.every((cond) => {
    const variables = variablesIn(cond);
    return variables.length > 0 && variables.every(isGiven) && !asksMore(cond);
  });
}

type Variable = Ident | SelectorExpr;

/** The variable that a node is; undefined for other nodes, and for what is no local variable. */
function variable(n: Node): Variable | undefined {
  return (n.kind === 'Ident' || n.kind === 'SelectorExpr') && baseIdent(n)?.obj ? n : undefined;
}

/** Local variables that an expression names, and fields of such: `m.id` of `m.id != ""`. */
function variablesIn(expr: Expr): Variable[] {
  const found: Variable[] = [];
  walk(expr, (n) => {
    const v = variable(n);
    if (v) found.push(v);
    return !v;
  });
  return found;
}

/** True for a condition that does more than to see whether something is there. */
function asksMore(cond: Expr): boolean {
  let more = false;
  walk(cond, (n) => {
    if (more || variable(n)) return false;
    if (n.kind === 'BasicLit') more = !NOTHING.test(n.value);
    else if (n.kind === 'CallExpr') more = calledName(n) !== 'len';
    else if (n.kind === 'Ident') more = !/^(?:nil|len|true|false)$/.test(n.name);
    return true;
  });
  return more;
}
