/** Which locks and slots, told apart by type and field, a function takes and gives back, with all that it calls in the package. */
import { channelOf } from '../spawns/channels.ts';
import { isTakenBySends } from '../spawns/semaphores.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { deref } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { unparen, walk } from '../../golang/walk.ts';
import type { Expr, Node } from '../../syntax/ast.ts';

export interface TakenFields {
  takes: ReadonlySet<string>;
  gives: ReadonlySet<string>;
}

/** Calls that are followed, one from the other. */
const MAX_DEPTH = 3;

const METHODS: Readonly<Record<string, { kind: string; takes: boolean }>> = {
  Lock: { kind: 'Lock', takes: true },
  TryLock: { kind: 'Lock', takes: true },
  Unlock: { kind: 'Lock', takes: false },
  RLock: { kind: 'RLock', takes: true },
  TryRLock: { kind: 'RLock', takes: true },
  RUnlock: { kind: 'RLock', takes: false },
  Acquire: { kind: 'slot', takes: true },
  TryAcquire: { kind: 'slot', takes: true },
  Release: { kind: 'slot', takes: false },
};

const OF_LIBRARY = /^(?:sync\.(?:RW)?Mutex|golang\.org\/x\/sync\/semaphore\.Weighted)\.\w+$/;

/** What the code below a node takes and gives; what a goroutine takes that it starts is not taken for it. */
export function takenFields(analysis: Analysis, unit: DeclUnit, node: Node, depth = 0): TakenFields {
  const takes = new Set<string>();
  const gives = new Set<string>();
  const started: Node[] = [];
  walk(node, (n) => {
    if (n.kind === 'GoStmt') started.push(n);
    const own = operation(analysis, unit, n);
    if (own) (own.takes ? takes : gives).add(own.key);
    if (own || n.kind !== 'CallExpr' || depth >= MAX_DEPTH) return;
    const callee = analysis.callee(unit, n);
    const body = callee.dynamic ? undefined : callee.own;
    if (!body?.decl.body) return;
    const inner = takenFields(analysis, body.unit, body.decl.body, depth + 1);
    for (const key of inner.gives) gives.add(key);
    if (!started.some((s) => s.start <= n.start && n.end <= s.end)) for (const key of inner.takes) takes.add(key);
  });
  return { takes, gives };
}

function operation(analysis: Analysis, unit: DeclUnit, n: Node): { key: string; takes: boolean } | undefined {
  if (n.kind === 'SendStmt' || (n.kind === 'UnaryExpr' && n.op === '<-')) {
    const x = n.kind === 'SendStmt' ? n.chan : n.x;
    const field = fieldKey(analysis, unit, x);
    const channel = field === undefined ? undefined : channelOf(analysis, unit, x);
    return channel && isTakenBySends(analysis, channel)
      ? { key: `${field} slot`, takes: n.kind === 'SendStmt' }
      : undefined;
  }
  if (n.kind !== 'CallExpr' || n.fun.kind !== 'SelectorExpr') return undefined;
  const { x, sel } = n.fun;
  const method = Object.hasOwn(METHODS, sel.name) ? METHODS[sel.name] : undefined;
  if (!method || !OF_LIBRARY.test(analysis.callee(unit, n).name)) return undefined;
  const field = fieldKey(analysis, unit, x) ?? embedderKey(analysis, unit, x);
  return field === undefined ? undefined : { key: `${field} ${method.kind}`, takes: method.takes };
}

function fieldKey(analysis: Analysis, unit: DeclUnit, expr: Expr): string | undefined {
  const x = unparen(expr);
  const s = x.kind === 'SelectorExpr' ? analysis.types.members.selector(unit, x) : undefined;
  return x.kind === 'SelectorExpr' && s?.kind === 'field' && s.owner && !s.owner.local
    ? `${s.owner.pkg}.${s.owner.name}.${x.sel.name}`
    : undefined;
}

/** A value with an embedded lock. */
function embedderKey(analysis: Analysis, unit: DeclUnit, expr: Expr): string | undefined {
  const type = deref(analysis.typeOf(unit, expr));
  return type.kind === 'named' && !type.local && type.pkg === unit.pkg.path ? `${type.pkg}.${type.name}` : undefined;
}
