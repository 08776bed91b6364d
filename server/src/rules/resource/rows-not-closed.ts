/** Rows, statements, transactions and connections of a database are not given back on some way out. */
import { callsOfCarriers, HOLDING, resourceCarriers } from '../../golang/carriers.ts';
import { type Acquisition, allAcquisitions } from '../../golang/resources.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { reportReplaced } from '../replaced-resource.ts';
import { releaseArguments } from '../release-arguments.ts';
import { carriedName, carriedRelease } from '../carried-release.ts';
import { checkRowsError } from './rows-not-closed.error.ts';
import { text } from './rows-not-closed.text.ts';
import { checkAcquisition, type ReleaseWords } from '../unreleased-report.ts';

const KINDS = new Set(['rows', 'stmt', 'tx', 'conn']);
/** Transactions are passed on. */
const REPLACED = new Set(['rows', 'conn']);
const PACKAGES = [
  'database/sql',
  'github.com/jmoiron/sqlx',
  'github.com/jackc/pgconn',
  'github.com/jackc/pgx/v4',
  'github.com/jackc/pgx/v4/pgxpool',
  'github.com/jackc/pgx/v5',
  'github.com/jackc/pgx/v5/pgconn',
  'github.com/jackc/pgx/v5/pgxpool',
  'gorm.io/gorm',
];
const DATABASE =
  /^(?:database\/sql|github\.com\/jmoiron\/sqlx|github\.com\/jackc\/pgx[\w/]*|github\.com\/jackc\/pgconn|gorm\.io\/gorm)\./;

export const rowsNotClosed = defineRule({
  meta: {
    id: 'rows-not-closed',
    group: 'resource',
    level: 'warning',
    inTests: 'hint',
    triggers: [
      '\\.(?:Query|Queryx|NamedQuery|Prepare|Preparex|PrepareNamed|Begin|Beginx|BeginTx|BeginTxx|MustBegin|MustBeginTx|Conn|Connx|Acquire|Stmt|Stmtx|Hijack)(?:Context)?\\(',
      '\\bpgx?(?:conn)?\\.Connect\\(',
      '\\.Rows\\(\\)',
      // Values that functions of the package return.
      '\\.(?:Next|Commit|Rollback|Scan)\\(',
    ],
    packageTriggers: [HOLDING.resource],
    imports: PACKAGES,
    findsImported: true,
    fixes: ['defer-close', 'defer-rollback', 'close-before-return', 'close-in-turn', 'return-rows-error', 'close-old'],
    overlaps: ['sqlclosecheck', 'rowserrcheck'],
  },
  text,
  packageTest: callsOfCarriers,
  // Few packages have to do with databases.
  importedTests: [{ where: '\\.\\w+\\(', names: resourceCarriers }],
  check(context) {
    const acquired = allAcquisitions(context.analysis, context.unit, KINDS).filter((a) => DATABASE.test(a.origin));
    reportReplaced(
      context,
      acquired.filter((a) => REPLACED.has(a.acquires.kind) && !a.acquires.endsWithReceiver),
    );
    for (const a of acquired) {
      if (a.acquires.carried) {
        if (!a.acquires.endsWithReceiver) checkAcquisition(context, a, carriedWords(context, a));
        continue;
      }
      // What belongs to a transaction ends with it.
      if (!a.acquires.endsWithReceiver) checkAcquisition(context, a, wordsFor(context, a));
      checkRowsError(context, a);
    }
  },
});

/** The words for a struct that has it in a field. */
function carriedWords(context: RuleContext, a: Acquisition): ReleaseWords {
  const isTx = a.acquires.kind === 'tx';
  const release = carriedRelease(context, a, isTx ? 'Rollback' : (a.acquires.release[0] as string));
  return {
    subject: (name) => carriedName(context, a, name),
    release: (name) => release?.(name),
    messages: a.acquires.kind === 'stmt' ? OF_STATEMENTS : undefined,
    newName: a.acquires.kind,
    fixId: isTx ? 'defer-rollback' : 'defer-close',
  };
}

/** A statement of a `sql.DB` holds no connection: it prepares itself on the one that a query gets. */
const OF_STATEMENTS = {
  discarded: 'stmt-discarded',
  'not-closed': 'stmt-not-closed',
  again: 'stmt-again',
  overwritten: 'stmt-overwritten',
};

function wordsFor(context: RuleContext, a: Acquisition): ReleaseWords {
  const isTx = a.acquires.kind === 'tx';
  const method = isTx ? 'Rollback' : (a.acquires.release[0] as string);
  const args = releaseArguments(context, a, method);
  return {
    subject: (name) => name,
    release: (name) => (args === undefined ? undefined : `${name}.${method}(${args})`),
    messages: a.acquires.kind === 'stmt' ? OF_STATEMENTS : undefined,
    newName: a.acquires.kind,
    fixId: isTx ? 'defer-rollback' : 'defer-close',
  };
}
