/** The body of an HTTP response is not closed on some way out. */
import { answersItself } from '../../golang/fake-transport.ts';
import { cancelledAtReturn } from '../../golang/cancelled-at-return.ts';
import { holdsNoConnection, isAnsweredWithBody } from '../../golang/empty-answers.ts';
import { acquisitions, type Acquisition } from '../../golang/resources.ts';
import { find, unparen } from '../../golang/walk.ts';
import { isReadOnAllWays, readToEnd } from '../../golang/read-to-end.ts';
import type { CallExpr } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './response-body-not-closed.text.ts';
import { checkAcquisition, type ReleaseWords } from '../unreleased-report.ts';

const KINDS = new Set(['response-body']);

export const responseBodyNotClosed = defineRule({
  meta: {
    id: 'response-body-not-closed',
    group: 'resource',
    level: 'warning',
    inTests: 'hint',
    triggers: [
      '\\bhttp\\.(?:Get|Post|PostForm|ReadResponse)\\(',
      '\\.(?:Do|Post|PostForm|RoundTrip)\\(',
      '\\.GetObject(?:Torrent|WithContext)?\\(',
      '\\b[bB]ody\\b|\\.StatusCode\\b',
      // A response of a function of the package.
      ['\\bhttp\\.Status[A-Z]', '\\b(?:res|resp|response)(?:, \\w+)? :?= '],
      // A response of `Get` that is dropped, or of which only other parts are looked at.
      '\\.Get\\((?<=\\w,\\s*\\w+\\s*:?=[^\\n=]*\\.Get\\()',
      '\\.Get\\((?<=^[ \\t]*(?:go[ \\t]+)?[\\w.()]+\\.Get\\()',
    ],
    imports: ['net/http', 'github.com/aws/aws-sdk-go-v2/service/s3', 'github.com/aws/aws-sdk-go/service/s3'],
    findsImported: true,
    fixes: ['defer-close', 'close-before-return', 'close-in-turn'],
    overlaps: ['bodyclose'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    for (const a of acquisitions(analysis, unit, KINDS))
      if (
        !isBodyless(context, a) &&
        !answersItself(analysis, unit, a.call) &&
        !holdsNoConnection(analysis, unit, a.call)
      )
        checkAcquisition(context, a, wordsFor(context, a));
  },
});

/** What has to be closed is the response's `Body`, or a body that a function of the package returns. */
function wordsFor(context: RuleContext, a: Acquisition): ReleaseWords {
  const subject = (name: string): string => (a.acquires.via ? `${name}.${a.acquires.via}` : name);
  return {
    subject,
    release: (name) => `${subject(name)}.Close()`,
    // At the end of its body a response gives its connection back; good enough for a test.
    settles: (use) => context.unit.file.isTest && readToEnd(context.analysis, context.unit, use) !== undefined,
    level: (_, search) =>
      search.value && isReadOnAllWays(context.analysis, search, search.value.uses) ? 'hint' : undefined,
    succeeds: () => isAnsweredWithBody(context.analysis, context.unit, a.call),
    endsAtReturn: () => cancelledAtReturn(context.analysis, context.unit, a.call),
    newName: a.acquires.via ? 'resp' : 'body',
    fixId: 'defer-close',
  };
}

/** The answer to a HEAD request has no body. */
function isBodyless(context: RuleContext, a: Acquisition): boolean {
  if (!/\.(?:Do|RoundTrip)$/.test(a.origin)) return false;
  // A function of the package that is told the method: `request(ctx, http.MethodHead, path)`.
  if (a.callee !== a.origin && a.call.args.some((arg) => isHead(context, arg))) return true;
  const request = a.call.args[0] && unparen(a.call.args[0]);
  const declared = request?.kind === 'Ident' ? request.obj?.declNode : undefined;
  if (declared?.kind !== 'AssignStmt') return false;
  const made = declared.rhs.map(unparen).find((x): x is CallExpr => x.kind === 'CallExpr');
  return made?.args.some((arg) => isHead(context, arg)) ?? false;
}

function isHead(context: RuleContext, arg: CallExpr['args'][number]): boolean {
  return (
    find(arg, (n) => n.kind !== 'CallExpr' && /^(?:"HEAD"|http\.MethodHead)$/.test(context.unit.text(n))) !== undefined
  );
}
