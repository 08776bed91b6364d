/** What cannot be a wait for a goroutine. */
import type { Node, Stmt } from '../../syntax/ast.ts';
import { walkShallow } from '../../golang/walk.ts';
import type { RuleContext } from '../context.ts';

/** Code of a declaration. */
export type Site = Pick<RuleContext, 'analysis' | 'unit'>;

/** True when a statement certainly neither waits for another goroutine nor tells one something. */
export function isHarmless(context: Site, stmt: Stmt): boolean {
  let harmless = true;
  walkShallow(stmt, (n) => {
    if (harmless && !isHarmlessNode(context, n)) harmless = false;
  });
  return harmless;
}

/** Packages whose functions neither wait for goroutines of the program nor run its code. */
const PLAIN = /^(?:fmt|log|strings|strconv|bytes|math|sort|slices|maps|errors|time|os|sync\/atomic|unicode|path)\./;

export function isHarmlessNode(context: Site, n: Node): boolean {
  switch (n.kind) {
    case 'UnaryExpr':
      return n.op !== '<-';
    case 'SendStmt':
    case 'SelectStmt':
    case 'GoStmt':
      return false;
    case 'RangeStmt':
      return context.analysis.types.underlying(context.analysis.typeOf(context.unit, n.x)).kind !== 'chan';
    case 'CallExpr': {
      const c = context.analysis.callee(context.unit, n);
      if (c.kind === 'builtin') return c.name !== 'close';
      if (c.kind === 'conversion') return true;
      if (/^sync\.(?:RW)?Mutex\.R?(?:Unl|L)ock$/.test(c.name)) return true;
      if (/^testing\.[A-Z]\w*\./.test(c.name)) return !/\.(?:Run|Cleanup|Parallel)$/.test(c.name);
      return (c.kind === 'func' || c.kind === 'method') && c.visible === undefined && PLAIN.test(c.name);
    }
    default:
      return true;
  }
}
