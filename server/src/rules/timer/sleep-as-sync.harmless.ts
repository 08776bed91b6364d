/** What cannot be a wait for a goroutine. */
import type { Node, Stmt } from '../../syntax/ast.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { VisibleFunc } from '../../golang/callee.ts';
import { spend } from '../../golang/effort.ts';
import { find, walkShallow } from '../../golang/walk.ts';
import type { RuleContext } from '../context.ts';

/** Code of a declaration. */
export type Site = Pick<RuleContext, 'analysis' | 'unit'>;

/**
 * True when a statement certainly neither waits for another goroutine nor tells one something.
 * @param depth calls that lead to it; with `MAX_DEPTH` it calls no function of the workspace, either
 */
export function isHarmless(context: Site, stmt: Stmt, depth = 0): boolean {
  let harmless = true;
  walkShallow(stmt, (n) => {
    if (harmless && !isHarmlessNode(context, n, depth)) harmless = false;
  });
  return harmless;
}

/** Calls followed one after the other. */
export const MAX_DEPTH = 3;

/** Packages whose functions neither wait for goroutines of the program nor run its code. */
const PLAIN = /^(?:fmt|log|strings|strconv|bytes|math|sort|slices|maps|errors|time|os|sync\/atomic|unicode|path)\./;

export function isHarmlessNode(context: Site, n: Node, depth = 0): boolean {
  switch (n.kind) {
    case 'UnaryExpr':
      return n.op !== '<-';
    case 'SendStmt':
    case 'SelectStmt':
    case 'GoStmt':
      return false;
    case 'ForStmt':
      return n.cond !== undefined && n.post !== undefined && !naps(context, n.body);
    case 'RangeStmt':
      if (naps(context, n.body)) return false;
      return context.analysis.types.underlying(context.analysis.typeOf(context.unit, n.x)).kind !== 'chan';
    case 'CallExpr': {
      const c = context.analysis.callee(context.unit, n);
      if (c.kind === 'builtin') return c.name !== 'close';
      if (c.kind === 'conversion') return true;
      if (/^sync\.(?:RW)?Mutex\.R?(?:Unl|L)ock$/.test(c.name)) return true;
      if (/^testing\.[A-Z]\w*\./.test(c.name)) return !/\.(?:Run|Cleanup|Parallel)$/.test(c.name);
      if (c.kind !== 'func' && c.kind !== 'method') return false;
      return c.visible ? depth < MAX_DEPTH && isPlain(context.analysis, c.visible, depth + 1) : PLAIN.test(c.name);
    }
    default:
      return true;
  }
}

/** True for a function that does what it does at once, under a lock or not. */
function isPlain(analysis: Analysis, { unit, decl }: VisibleFunc, depth: number): boolean {
  if (!decl.body || unit.hasError) return false;
  let isHarmless = true;
  walkShallow(decl.body, (n) => {
    spend();
    if (isHarmless && !isHarmlessNode({ analysis, unit }, n, depth)) isHarmless = false;
    return isHarmless;
  });
  return isHarmless && !naps({ analysis, unit }, decl.body);
}

/** True for code that sleeps: in a loop it looks again and again whether something has happened. */
function naps({ analysis, unit }: Site, within: Node): boolean {
  return find(within, (n) => n.kind === 'CallExpr' && analysis.callee(unit, n).name === 'time.Sleep') !== undefined;
}
