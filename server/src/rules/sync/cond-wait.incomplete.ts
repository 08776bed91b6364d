/** Changes that complete what the one who comes last finds complete, and wakes the others for, by methods that do not look. */
import type { Analysis } from '../../golang/analysis.ts';
import { type Asked, askedFields } from '../../golang/helping-changes.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { isShared } from '../../golang/shared-values.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, pathText, unparen } from '../../golang/walk.ts';
import type { BinaryExpr, CallExpr, Expr, IfStmt } from '../../syntax/ast.ts';
import { plainMentions, unheard, type Unwoken } from './cond-wait.unwoken.ts';
import { operationAt } from './cond-wait.waiters.ts';
import { wakesBy } from './cond-wait.wakes.ts';

/** A change after which all are there, but nobody learns of it. */
export interface Incomplete extends Unwoken {
  /** What the function with the wait asks before it wakes the others: `b.arrived == b.parties`. */
  complete: Expr;
}

/**
 * A method that makes the condition true under which the function with the wait would wake all instead, as leaving does when all others have arrived.
 * The function counts who comes; the method changes what is counted, or how many there have to be.
 */
export function leftIncomplete(analysis: Analysis, unit: DeclUnit, wait: CallExpr, cond: Expr): Incomplete | undefined {
  const known = plainMentions(analysis, unit, cond);
  if (!known || cond.kind !== 'SelectorExpr' || cond.x.kind !== 'Ident' || !isShared(cond.x)) return undefined;
  if (known.mentions.filter((m) => operationAt(analysis, m) === 'Wait').length !== 1) return undefined;
  for (const test of nodesOfKind(unit.decl, 'IfStmt')) {
    if (test.start > wait.start || contains(test.body, wait) || !wakes(analysis, unit, test)) continue;
    const asked = towards(unit, test, cond.x.name);
    const found = asked.length > 0 ? unheard(analysis, unit, known, asked, unit) : undefined;
    if (found?.how === 'never') return { ...found, complete: test.cond };
  }
  return undefined;
}

function wakes(analysis: Analysis, unit: DeclUnit, { body }: IfStmt): boolean {
  return nodesOfKind(unit.decl, 'CallExpr').some((c) => contains(body, c) && wakesBy(analysis, unit, c) === 'surely');
}

/** Changes by which a comparison of two fields comes true, when one of them is counted up or down before. */
function towards({ decl }: DeclUnit, { cond, start }: IfStmt, value: string): Asked[] {
  const x = unparen(cond);
  if (x.kind !== 'BinaryExpr') return [];
  const counted = nodesOfKind(decl, 'IncDecStmt').filter((s) => s.end <= start);
  const isCounted = (e: Expr, op: string): boolean => {
    const path = pathText(e);
    return path !== undefined && counted.some((s) => s.op === op && pathText(s.x) === path);
  };
  const rises = isCounted(x.x, '++') || isCounted(x.y, '--');
  const falls = isCounted(x.x, '--') || isCounted(x.y, '++');
  if (rises === falls) return [];
  const ways = askedFields(ordered(x, rises ? '>=' : '<='), value, false);
  // Of one that is compared with nothing that changes, others may make what they like.
  return ways.length === 2 ? ways : [];
}

/** An equality that is reached from one side. */
function ordered(x: BinaryExpr, op: '>=' | '<='): BinaryExpr {
  return x.op === '==' ? { ...x, op } : x;
}
