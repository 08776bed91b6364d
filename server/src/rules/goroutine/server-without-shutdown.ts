/** A server that runs on a goroutine and that nothing shuts down. */
import type { Analysis } from '../../golang/analysis.ts';
import { launchesOf } from '../../golang/goroutine-starts.ts';
import type { Launch } from '../../golang/launches.ts';
import { hasEndingOwner } from '../../golang/goroutine-owner.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { deref } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { isNil, unparen } from '../../golang/walk.ts';
import { declarationsWith } from '../../golang/word-index.ts';
import type { CallExpr, Expr } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { isNeverEnded } from './server-without-shutdown.ends.ts';
import { addShutdown } from './server-without-shutdown.fixes.ts';
import { waitsAndReturns } from './server-without-shutdown.returns.ts';
import { text } from './server-without-shutdown.text.ts';

export const serverWithoutShutdown = defineRule({
  meta: {
    id: 'server-without-shutdown',
    group: 'goroutine',
    level: 'information',
    triggers: ['\\bListenAndServe(?:TLS)?\\b', '\\bServe(?:TLS)?\\('],
    imports: ['net/http'],
    // A test binary ends with its tests.
    skipsTests: true,
    fixes: ['add-shutdown'],
    daemon: true,
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
      const serving = SERVES.exec(analysis.callee(unit, call).name);
      if (serving) checkServing(context, { call, hasServer: serving[1] !== undefined, hasListener: serving[2] === '' });
    }
  },
});

const SERVES = /^net\/http\.(Server\.)?(ListenAnd|)Serve(?:TLS)?$/;

interface Serving {
  call: CallExpr;
  /** A method of a server, on which others could call `Shutdown`. */
  hasServer: boolean;
  /** It serves on a listener that somebody else made. */
  hasListener: boolean;
}

function checkServing(context: RuleContext, { call, hasServer, hasListener }: Serving): void {
  const { analysis, unit } = context;
  const starts = launchesOf(analysis, unit, call);
  const [start] = starts;
  if (!start) return;
  const { recv } = analysis.callee(unit, call);
  if (hasServer && !(recv && isNeverEnded(analysis, unit, recv, 'server'))) return;
  const listener = call.args[0];
  if (hasListener && !(listener && isNeverEnded(analysis, unit, listener, 'listener'))) return;
  const isOnce = starts.every((s) => runsOncePerProcess(analysis, s.unit, s.stmt));
  const isDefault = showsRegistered(context, call, hasServer);
  if (isOnce && (isDefault || !hearsSignals(context, start, recv && unparen(recv)))) return;
  const server = recv && unparen(recv);
  const isNamed = server?.kind === 'Ident' || server?.kind === 'SelectorExpr';
  const message = isOnce ? 'cut-off' : isNamed ? 'never-shut-down' : 'no-handle';
  context.report({
    node: { start: call.start, end: call.fun.end },
    message,
    // Certain where the owner is ended by a method that leaves the server out, or is a function that does.
    level:
      !isDefault &&
      (starts.some((s) => hasEndingOwner(analysis, s)) || (!isOnce && isLeftBehind(context, start, server)))
        ? undefined
        : 'hint',
    args: { server: isNamed ? unit.text(server) : '', call: unit.text(call.fun).replace(/\s+/g, ' ') },
    steps: start.unit === unit ? [] : [{ unit: start.unit, node: start.stmt, message: 'step-go' }],
    fixes: [addShutdown(context, start, call, isNamed ? server : undefined)],
  });
}

/**
 * True where the function that has the server in a variable of its own waits for something after it has started it, other than for
 * the server to fail, and then returns.
 */
function isLeftBehind(context: RuleContext, start: Launch, server: Expr | undefined): boolean {
  const { analysis, unit } = context;
  const func = enclosingFunc(analysis.parents(unit), start.stmt);
  const object = server?.kind === 'Ident' ? server.obj : undefined;
  if (start.unit !== unit || !func || object?.func !== func || object.role !== 'local') return false;
  return waitsAndReturns(context, start);
}

/**
 * True for a program that hears signals, so as to come to an orderly end: in the function that starts the server, or elsewhere, where what
 * has the server in a field shuts down another one.
 */
function hearsSignals({ analysis, unit }: RuleContext, start: Launch, server: Expr | undefined): boolean {
  if (unit.pkg.name !== 'main') return false;
  if (start.unit === unit && calls(analysis, unit, NOTIFY)) return true;
  const owner = server && ownerOf(analysis, unit, server);
  if (!owner) return false;
  const isCalled = (word: string, name: RegExp, test?: (at: DeclUnit, call: CallExpr) => boolean): boolean =>
    declarationsWith(unit.pkg, word, 'selected').some((member) => {
      if (member.declaration.tok !== 'func' || member.file.isTest) return false;
      const at = unit.pkg.unit(member);
      return !at.hasError && calls(analysis, at, name, test);
    });
  const isOfSame = (at: DeclUnit, { fun }: CallExpr): boolean =>
    fun.kind === 'SelectorExpr' && ownerOf(analysis, at, unparen(fun.x)) === owner;
  return isCalled('Shutdown', SHUTDOWN, isOfSame) && (isCalled('NotifyContext', NOTIFY) || isCalled('Notify', NOTIFY));
}

/** The type of the package that has a field. */
function ownerOf(analysis: Analysis, unit: DeclUnit, field: Expr): string | undefined {
  const type = field.kind === 'SelectorExpr' ? deref(analysis.typeOf(unit, field.x)) : undefined;
  return type?.kind === 'named' && type.pkg === unit.pkg.path ? type.name : undefined;
}

const NOTIFY = /^os\/signal\.Notify(?:Context)?$/;
const SHUTDOWN = /^net\/http\.Server\.Shutdown$/;

function calls(
  analysis: Analysis,
  unit: DeclUnit,
  name: RegExp,
  test?: (at: DeclUnit, call: CallExpr) => boolean,
): boolean {
  return nodesOfKind(unit.decl, 'CallExpr').some(
    (c) => name.test(analysis.callee(unit, c).name) && (test?.(unit, c) ?? true),
  );
}

/**
 * True for a server without a handler of its own, where the function registers none either: it shows what packages have
 * registered, profiles and counters, which nobody misses.
 */
function showsRegistered({ analysis, unit }: RuleContext, call: CallExpr, hasServer: boolean): boolean {
  const handler = hasServer ? undefined : call.args.at(-1);
  if (!handler || !isNil(handler)) return false;
  return !nodesOfKind(unit.decl, 'CallExpr').some((c) =>
    /^net\/http\.Handle(?:Func)?$/.test(analysis.callee(unit, c).name),
  );
}
