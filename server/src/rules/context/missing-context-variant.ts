/** A call that has a variant with a context is made without one where a context is at hand. */
import { replaceNode } from '../../fixes/replace-expr.ts';
import { contextInScope } from '../../golang/context-in-scope.ts';
import { contextsAt } from '../../golang/contexts.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { isContext } from '../../golang/types.ts';
import { isNil } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { CallExpr, Expr } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { isDetachedOnPurpose } from './context-not-propagated.purpose.ts';
import { useVariant } from './missing-context-variant.fixes.ts';
import { mayGetContextLater } from './missing-context-variant.later.ts';
import { usesVariants } from './missing-context-variant.siblings.ts';
import { checkTransports } from './missing-context-variant.transports.ts';
import { text } from './missing-context-variant.text.ts';

/** Without it there is no context at hand. */
const CONTEXT = '\\bcontext\\.Context\\b|\\*http\\.Request\\b';

export const missingContextVariant = defineRule({
  meta: {
    id: 'missing-context-variant',
    group: 'context',
    level: 'information',
    skipsTests: true,
    triggers: [
      ['\\bhttp\\.(?:NewRequest|Get|Head|Post|PostForm)\\(', CONTEXT],
      ['lient\\.(?:Get|Head|Post|PostForm)\\(', CONTEXT],
      ['\\bhttp\\.Client\\b', '\\.(?:Get|Head|Post|PostForm)\\(', CONTEXT],
      ['\\bexec\\.Command\\(', CONTEXT],
      ['\\bnet\\.(?:Dial|DialTimeout|Lookup\\w+)\\(', CONTEXT],
      [
        '\\b(?:Must)?(?:Query|QueryRow|Exec|Prepare|Begin|Named|Preparex|Queryx|QueryRowx|Beginx|NamedExec)\\(',
        CONTEXT,
      ],
      ['\\b(?:Ping|Dial|Handshake)\\(', CONTEXT],
      ['\\bslog\\.(?:Debug|Info|Warn|Error)\\(', CONTEXT],
      ['\\b(?:[kK][vV](?:\\(\\))?|(?:[sS]ession|[hH]ealth|[cC]atalog)\\(\\))\\.\\w+\\(', CONTEXT],
      ['\\bDial(?:TLS)?(?::| = )', 'Transport|func\\(|\\.Dial\\b'],
    ],
    fixes: ['use-variant'],
    overlaps: ['golangci-lint noctx', 'golangci-lint sloglint'],
  },
  text,
  check(context) {
    if (context.unit.file.outline.forOldGo) return;
    for (const call of nodesOfKind(context.unit.decl, 'CallExpr')) checkCall(context, call);
    checkTransports(context);
  },
});

/** Dialling from given addresses with a context came with Go 1.26 and takes other types; to listen takes no time. */
const ROUTES =
  /^(?:net\/http\.NewRequestWithContext|net\.Dialer\.DialContext|crypto\/tls\.Dialer\.DialContext|net\.Resolver\.\w+)$/;

/** Versions of Go that brought what is not as old as contexts themselves. */
const SINCE: Readonly<Record<string, string>> = {
  NewRequestWithContext: '1.13',
  'net/http.NewRequestWithContext': '1.13',
  'crypto/tls.Dialer.DialContext': '1.15',
  HandshakeContext: '1.17',
};

function checkCall(context: RuleContext, call: CallExpr): void {
  const { analysis, unit } = context;
  const { fact, name } = analysis.callee(unit, call);
  const options = lackingOptions(context, call);
  const route = fact?.contextVariant ?? fact?.contextRoute ?? options?.variant;
  if (!route || (fact?.contextRoute && !ROUTES.test(route)) || name.startsWith(`${unit.pkg.path}.`)) return;
  if (!context.goAtLeast(SINCE[route] ?? '1.8')) return;
  const isLog = name.startsWith('log/slog.');
  if (isLog && !logsContexts(context)) return;
  const [sure] = contextsAt(analysis, unit, call);
  const [param] = sure ? [sure] : contextsAt(analysis, unit, call, true);
  if (!param || isDetachedOnPurpose(context, call, undefined, param, 'Background')) return;
  const found = contextInScope(
    analysis,
    unit,
    call,
    (o) =>
      o === param.object ||
      (o.func === param.func && o.role === 'local' && !o.addressTaken && isContext(analysis.objectType(unit, o))),
  );
  if (!found || mayGetContextLater(context, call, name)) return;
  const variant = options ? route : shortName(route);
  context.report({
    node: call.fun,
    message: isLog
      ? 'log'
      : name === 'net/http.NewRequest'
        ? 'request'
        : name === 'os/exec.Command'
          ? 'command'
          : 'waits',
    // A transaction knows the context that it was begun with.
    level:
      !sure || isLog || /^database\/sql\.(?:Tx|Stmt)\./.test(name) || !usesVariants(context, call, variant)
        ? 'hint'
        : undefined,
    args: { call: unit.text(call.fun), ctx: found.expr, variant },
    steps: [{ node: found.object.decl, message: 'step-context', args: { ctx: found.expr } }],
    fixes: [
      {
        id: 'use-variant',
        title: 'fix-variant',
        args: { variant },
        preferred: true,
        edits: options
          ? replaceNode(unit, options.arg, `${options.variant}(${found.expr})`)
          : useVariant(context, call, name, found.expr),
      },
    ],
  });
}

/** The `nil` that a call gets in the place of options which would carry a context, and how they are written: `new(api.QueryOptions).WithContext`. */
function lackingOptions({ analysis, unit }: RuleContext, call: CallExpr): { arg: Expr; variant: string } | undefined {
  const { fact, name } = analysis.callee(unit, call);
  const options = fact?.contextOptions;
  const arg = options && call.args[options.param];
  if (!arg || !isNil(arg)) return undefined;
  const path = /^(?:.*\/)?[^./]+/.exec(name)?.[0];
  const pkg = [...unit.file.imports].find(([, imported]) => imported === path)?.[0];
  return pkg === undefined ? undefined : { arg, variant: `new(${pkg}.${options.type}).WithContext` };
}

/** `http.NewRequestWithContext` of `net/http.NewRequestWithContext`. */
function shortName(route: string): string {
  return route.slice(route.lastIndexOf('/') + 1);
}

/** True when the package passes contexts to its logger somewhere: the handler makes use of them. */
function logsContexts({ unit }: RuleContext): boolean {
  return ['InfoContext', 'ErrorContext', 'WarnContext', 'DebugContext'].some(
    (word) => declarationsNaming(unit.pkg, word).length > 0,
  );
}
