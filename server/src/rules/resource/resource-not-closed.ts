/** A connection, listener, file, writer, client or span is not closed on some way out. */
import { CARRIED, carrierNames, HOLDING, resourceCarriers } from '../../golang/carriers.ts';
import { callsOf } from '../../golang/maker-calls.ts';
import { type Acquisition, allAcquisitions, releaseSpec } from '../../golang/resources.ts';
import { enclosingStmt } from '../../golang/parents.ts';
import { runsInCommand } from '../../golang/process-lifetime.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { useEffect } from '../../golang/uses.ts';
import type { Ident, LocalObject, ReturnStmt } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { carriedName, carriedRelease } from '../carried-release.ts';
import { reportReplaced } from '../replaced-resource.ts';
import { reportReplacedValue } from '../replaced-value.ts';
import { releaseArguments } from '../release-arguments.ts';
import { checkAcquisition, type ReleaseWords } from '../unreleased-report.ts';
import { reportCollected } from './resource-not-closed.collected.ts';
import { reportLeftOpen } from './resource-not-closed.fields.ts';
import { pipeMakers, reportLeftPipe } from './resource-not-closed.pipes.ts';
import { ownWords } from './resource-not-closed.own.ts';
import { text } from './resource-not-closed.text.ts';

const KINDS = new Set([
  'client',
  'closer',
  'conn',
  'cursor',
  'db',
  'file',
  'listener',
  'own',
  'pipe',
  'server',
  'span',
  'subscription',
  'writer',
]);

/** Of spans and writers no more is lost than their end. */
const COLLECTED = new Set(['client', 'closer', 'conn', 'db', 'file', 'listener', 'server']);

/** Left to other rules, to the garbage collector, or to those who know the descriptor. */
const NOT_OURS =
  /^(?:github\.com\/jackc\/|database\/sql\.DB\.|github\.com\/jmoiron\/sqlx\.DB\.|net\.Pipe$|os\.NewFile$)/;

/** The text of a context that is given to a call. */
const CONTEXT = '(?:\\w*[cC]tx|[\\w.]+\\.Context\\(\\)|context\\.\\w+\\(\\))';

/** Calls that acquire; of values that functions of the package return, others know nothing. */
const OPENING =
  '(?:\\bos\\.(?:Open|Create|Pipe)\\w*\\(|\\bio\\.Pipe\\(|\\bioutil\\.TempFile\\(|\\bnet\\.(?:Dial|Listen|File)\\w*\\(|\\btls\\.(?:Dial|Listen)\\w*\\(' +
  '|\\.(?:Dial(?:Context|TCP|UDP|IP|Unix|Leader|Partition)?|Accept(?:TCP|Unix)?|Hijack|FormFile|P?Subscribe|QueueSubscribe\\w*|StartSession|ConsumePartition|Upgrade|Watch|StartRegion|NewTask)\\(|\\.Connect\\(\\)' +
  // What many others are called, too: with a context.
  `|\\.(?:Listen(?:Packet)?|Find|Aggregate|ListCollections|RunCommandCursor)\\((?=${CONTEXT},)` +
  '|\\b(?:gzip|zip|zlib|flate|lzw|tar|multipart)\\.(?:New\\w*Writer\\w*|OpenReader)\\(' +
  '|\\b(?:sql|sqlx)\\.(?:Open|Connect)|\\bNewRetryWatcher(?:WithContext)?\\(|\\b(?:concurrency|fsnotify|grpc|rpc|jsonrpc|smtp|syslog|textproto|httptest|clientv3|redis|sarama|kgo|kafka|nats|amqp|websocket|mongo)\\.(?:New|Dial|Connect)\\w*\\(' +
  `|\\.Start\\((?=${CONTEXT},))`;

export const resourceNotClosed = defineRule({
  meta: {
    id: 'resource-not-closed',
    group: 'resource',
    level: 'warning',
    // What a test leaves open ends with its process.
    skipsTests: true,
    triggers: [OPENING],
    // A call whose result is closed by a `defer` right behind the check of its error is not forgotten.
    // What goes into a field or a call is somebody else's.
    checkTriggers: [
      [
        `^[ \\t]*(?:\\} else )?(?:if |for |switch |case )?(\\w+)(?:, \\w+)* :?= [^\\n]*?${OPENING}(?![^\\n]*\\n(?:\\s*if \\w+ != nil \\{\\n[^\\n]*\\n\\s*\\}\\n)?\\s*defer \\1\\.)`,
      ],
      [`^[ \\t]*[\\w.]*${OPENING}`],
      // It has two ends.
      '\\b(?:io|os)\\.Pipe\\(',
    ],
    packageTriggers: [HOLDING.resource, '\\bio\\.Pipe\\('],
    ownResources: true,
    fixes: ['defer-close', 'close-before-return', 'close-in-turn', 'close-old'],
  },
  text,
  packageTest: (pkg) => callsOf([...carrierNames(pkg, 'resource'), ...pipeMakers(pkg)]),
  importedTests: [{ where: '\\.(?:Close|Read|Write|Accept|Next|Commit|Rollback)\\w*\\(', names: resourceCarriers }],
  check(context) {
    const acquired = allAcquisitions(context.analysis, context.unit, KINDS);
    reportReplaced(context, acquired);
    for (const a of acquired) {
      if (a.acquires.kind === 'pipe') {
        reportLeftPipe(context, a);
        continue;
      }
      if (a.acquires.own) {
        checkAcquisition(context, a, ownWords(context, a, a.acquires.own));
        continue;
      }
      if (
        NOT_OURS.test(a.origin) ||
        a.acquires.endsWithReceiver ||
        (a.acquires.kind === 'writer' && !isForgottenWriter(context, a))
      )
        continue;
      if (CARRIED.has(a.acquires.kind) && reportReplacedValue(context, a)) continue;
      checkAcquisition(context, a, wordsFor(context, a));
      if (!COLLECTED.has(a.acquires.kind) || a.acquires.carried) continue;
      reportCollected(context, a);
      reportLeftOpen(context, a);
    }
  },
});

function wordsFor(context: RuleContext, a: Acquisition): ReleaseWords {
  const [method = ''] = a.acquires.release;
  const { kind } = a.acquires;
  const args = a.acquires.carried ? undefined : releaseArguments(context, a, method);
  const carried = a.acquires.carried ? carriedRelease(context, a, method) : undefined;
  return {
    subject: (name) => (a.acquires.carried ? carriedName(context, a, name) : name),
    settles: (use) => kind === 'server' && isAddressGiven(context, use),
    // Some want a context, or a reason.
    release: (name) => carried?.(name) ?? (args === undefined ? undefined : `${name}.${method}(${args})`),
    // A deferred call comes too late for `return out.Bytes()`.
    beforeReturn:
      kind === 'writer'
        ? {
            lines: (name) => `${name}.${method}()`,
            only: 'successes',
            isInTime: (ret) => isRightBehind(context, a, ret),
          }
        : undefined,
    messages: MESSAGES[kind],
    // The process ends with the command.
    level: () => (runsInCommand(context.analysis, context.unit, a.call) ? 'hint' : undefined),
    tellsNormalWays: true,
    newName: NAMES[kind] ?? 'resource',
    fixId: 'defer-close',
  };
}

const NAMES: Partial<Record<string, string>> = {
  conn: 'conn',
  listener: 'listener',
  file: 'f',
  client: 'client',
  db: 'db',
};

const MESSAGES: Partial<Record<string, ReleaseWords['messages']>> = {
  file: {
    discarded: 'file-discarded',
    'not-closed': 'file-not-closed',
    again: 'file-again',
    overwritten: 'file-overwritten',
  },
  writer: {
    discarded: 'writer-discarded',
    'not-closed': 'writer-not-closed',
    again: 'writer-again',
    overwritten: 'writer-overwritten',
  },
  span: {
    discarded: 'span-discarded',
    'not-closed': 'span-not-closed',
    again: 'span-again',
    overwritten: 'span-overwritten',
  },
};

/** True when nothing is called between the last use of a value and a return: what was written may be read by then. */
function isRightBehind({ analysis, unit }: RuleContext, a: Acquisition, ret: ReturnStmt): boolean {
  const { object } = a.destination as { object: LocalObject };
  const parents = analysis.parents(unit);
  const ends = object.uses.filter((use) => use.end <= ret.start).map((use) => (enclosingStmt(parents, use) ?? use).end);
  const last = Math.max(...ends);
  return !nodesOfKind(unit.decl, 'CallExpr').some((call) => call.start > last && call.end <= ret.start);
}

/** True for `s.url = server.URL`: a server whose address goes elsewhere is meant to go on. */
function isAddressGiven({ analysis, unit }: RuleContext, use: Ident): boolean {
  const parents = analysis.parents(unit);
  const field = parents.get(use);
  const stmt = field?.kind === 'SelectorExpr' ? parents.get(field) : undefined;
  return (
    stmt?.kind === 'ReturnStmt' ||
    stmt?.kind === 'KeyValueExpr' ||
    (stmt?.kind === 'AssignStmt' && stmt.lhs.some((l) => l.kind !== 'Ident'))
  );
}

/**
 * A writer that nobody closes loses what it holds back. On the way of an error that does not matter, and who writes from a goroutine
 * may know the end of it.
 */
function isForgottenWriter({ analysis, unit }: RuleContext, a: Acquisition): boolean {
  if (a.destination.kind !== 'variable' || a.destination.object.captured) return false;
  const { object } = a.destination;
  const spec = releaseSpec(a.acquires);
  return object.uses.every((use) => useEffect(analysis, unit, use, object, spec) === 'neutral');
}
