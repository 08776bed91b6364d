/** A database is opened, and nothing limits the connections it may have or how long it keeps them. */
import { importEdits } from '../../fixes/add-import.ts';
import { combine } from '../../fixes/apply.ts';
import { insertAfterErrorCheck } from '../../fixes/error-check.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { isExported } from '../../golang/exported.ts';
import { parentsOf } from '../../golang/parents.ts';
import { runsInCommand } from '../../golang/process-lifetime.ts';
import { type Acquisition, acquisitions, releaseSpec } from '../../golang/resources.ts';
import { useEffect } from '../../golang/uses.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { Expr, LocalObject, Node } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './db-pool-unbounded.text.ts';

export const dbPoolUnbounded = defineRule({
  meta: {
    id: 'db-pool-unbounded',
    group: 'resource',
    level: 'off',
    skipsTests: true,
    triggers: ['\\bsqlx?\\.(?:Open|OpenDB|Connect|MustOpen|MustConnect)\\('],
    imports: ['database/sql', 'github.com/jmoiron/sqlx'],
    fixes: ['limit-pool'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    const isSet = SETTERS.some((name) => declarationsNaming(unit.pkg, name).length > 0);
    if (isSet) return;
    for (const a of acquisitions(analysis, unit, KINDS))
      if (OPENS.test(a.origin) && a.callee === a.origin) check(context, a);
  },
});

const KINDS = new Set(['db']);
const OPENS = /^(?:database\/sql\.Open(?:DB)?|github\.com\/jmoiron\/sqlx\.\w+)$/;
const SETTERS = ['SetMaxOpenConns', 'SetConnMaxLifetime', 'SetConnMaxIdleTime'];

function check(context: RuleContext, a: Acquisition): void {
  const { analysis, unit } = context;
  const [driver] = a.call.args;
  // A database in a file has no server whose connections could run out.
  if (!driver || /sqlite|duckdb|bolt|mock|memory/i.test(unit.text(driver))) return;
  if (isWrapper(a) || hasOneUser(a) || mayBeSetByOthers(analysis, a) || runsInCommand(analysis, unit, a.call)) return;
  context.report({
    node: a.call.fun,
    message: 'unbounded',
    args: { call: unit.text(a.call.fun) },
    fixes: [limitPool(context, a)],
  });
}

/** True where the caller says what kind of database it is: what a library opens for others is theirs to limit. */
function isWrapper({ call: { args } }: Acquisition): boolean {
  const [kind] = args;
  return args.length > 1 && kind?.kind === 'Ident' && kind.obj?.role === 'param';
}

/** True for a database that only the function itself makes queries to, one after the other. */
function hasOneUser({ unit, destination }: Acquisition): boolean {
  if (destination.kind !== 'variable' || destination.object.captured) return false;
  const parents = parentsOf(unit.decl);
  return destination.object.uses.every((use) => {
    const method = parents.get(use);
    return method?.kind === 'SelectorExpr' && parents.get(method)?.kind === 'CallExpr';
  });
}

/** True for a database that goes where it cannot be followed: to the callers of an exported function, or into other code. */
function mayBeSetByOthers(analysis: Analysis, a: Acquisition): boolean {
  const { unit, destination } = a;
  if (destination.kind === 'discarded') return true;
  if (destination.kind === 'variable') {
    const { object } = destination;
    return object.uses.some((use) => leaves(analysis, a, use)) || isSoonClosed(analysis, a, object);
  }
  return leaves(analysis, a, destination.target ?? a.call) || isExportedPlace(unit, destination.target);
}

/** True for a database that the function closes which has opened it: it makes a few queries and is done, unless it is the program. */
function isSoonClosed(analysis: Analysis, { unit, acquires }: Acquisition, object: LocalObject): boolean {
  if (unit.decl.kind === 'FuncDecl' && unit.decl.name.name === 'main' && !unit.decl.recv) return false;
  return object.uses.some((use) => useEffect(analysis, unit, use, object, releaseSpec(acquires)) === 'release');
}

/** `return db` to other packages, and `setUp(db)` of code that is not seen. */
function leaves(analysis: Analysis, { unit }: Acquisition, value: Node): boolean {
  const parents = analysis.parents(unit);
  const parent = parents.get(value);
  const { decl } = unit;
  switch (parent?.kind) {
    case 'ReturnStmt':
      return decl.kind !== 'FuncDecl' || (unit.pkg.name !== 'main' && isExported(decl.name.name));
    case 'CallExpr':
      if (parent.fun === value) return false;
      return analysis.callee(unit, parent).visible === undefined;
    case 'KeyValueExpr':
      return parent.value === value && parent.key.kind === 'Ident' && isExported(parent.key.name);
    case 'AssignStmt': {
      const target = parent.rhs.includes(value as Expr) ? parent.lhs[parent.rhs.indexOf(value as Expr)] : undefined;
      return isExportedPlace(unit, target);
    }
    default:
      return false;
  }
}

/** A field or variable that code of other packages can reach. */
function isExportedPlace(unit: Acquisition['unit'], target: Expr | undefined): boolean {
  if (unit.pkg.name === 'main' || !target) return false;
  if (target.kind === 'SelectorExpr') return isExported(target.sel.name);
  return target.kind === 'Ident' && !target.obj && isExported(target.name);
}

/** Limits to begin with: the server and the load say what they should be. */
function limitPool(context: RuleContext, a: Acquisition): FixSpec {
  const { analysis, unit } = context;
  const object: LocalObject | undefined = a.destination.kind === 'variable' ? a.destination.object : undefined;
  const time = importEdits(unit.file, 'time', { unit, node: a.call });
  const lines =
    object && `${object.name}.SetMaxOpenConns(25)\n${object.name}.SetConnMaxLifetime(5 * ${time?.name}.Minute)`;
  const never = (call: Parameters<Analysis['callee']>[1]): boolean =>
    analysis.callee(unit, call).fact?.neverReturns ?? false;
  return {
    id: 'limit-pool',
    title: 'fix-limit',
    args: { name: object?.name ?? '' },
    edits:
      time && lines && a.stmt?.kind === 'AssignStmt'
        ? combine(time.edits, insertAfterErrorCheck(unit, a.stmt, lines, never))
        : undefined,
  };
}
