/** What is said of results of the user's own functions, which the config names, and how they are released. */
import { importEdits } from '../../fixes/add-import.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { bareName } from '../../golang/own-names.ts';
import type { Acquires } from '../../golang/api/facts.ts';
import { type Acquisition, releaseSpec } from '../../golang/resources.ts';
import { useEffect } from '../../golang/uses.ts';
import { baseIdent, calledName, contains, pathText, unparen } from '../../golang/walk.ts';
import type { Ident } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import type { ReleaseWords } from '../unreleased-report.ts';

/**
 * The words for a result of a function that the config names. Whoever names it wants to hear of every way, also of those on which
 * something went wrong.
 */
export function ownWords(
  context: RuleContext,
  a: Acquisition,
  { what, message }: NonNullable<Acquires['own']>,
): ReleaseWords {
  const { via } = a.acquires;
  const subject = (name: string): string => (via === undefined ? name : `${name}.${via}`);
  return {
    subject,
    release: (name) => releaseText(context, a, subject(name)),
    messages: {
      discarded: 'own-discarded',
      'not-closed': 'own-not-closed',
      again: 'own-again',
      overwritten: 'own-overwritten',
    },
    stepAcquired: 'own-step-acquired',
    args: {
      what: what === undefined ? '' : ` (${what})`,
      message: message === undefined ? '' : `: ${message}`,
    },
    newName: 'resource',
    fixId: 'defer-close',
  };
}

/** The first release that can be written down here. What it takes besides is not known, unless the function shows it. */
function releaseText(context: RuleContext, a: Acquisition, subject: string): string | undefined {
  if (takesMore(context, a)) return undefined;
  const { release, releasedBy = [] } = a.acquires;
  const [method] = release;
  if (method !== undefined) return method === '()' ? `${subject}()` : `${subject}.${method}()`;
  for (const name of releasedBy) {
    const called = calledAs(context, a, name);
    if (called !== undefined) return `${called}(${subject})`;
  }
  return undefined;
}

/** True when the function releases the value somewhere with further arguments, which a fix would have to know. */
function takesMore({ analysis, unit }: RuleContext, a: Acquisition): boolean {
  const object = a.destination.kind === 'variable' ? a.destination.object : undefined;
  const names = new Set([...a.acquires.release, ...(a.acquires.releasedBy ?? []).map(bareName)]);
  return (object?.uses ?? []).some((use) => {
    if (useEffect(analysis, unit, use, object!, releaseSpec(a.acquires)) !== 'release') return false;
    return nodesOfKind(unit.decl, 'CallExpr').some(
      (c) => contains(c, use) && names.has(calledName(c)) && c.args.length > (contains(c.fun, use) ? 0 : 1),
    );
  });
}

/** How a function or method is called here: through its package, or on the receiver of the call that acquired. */
function calledAs({ unit }: RuleContext, a: Acquisition, name: string): string | undefined {
  const fun = unparen(a.call.fun);
  const owner = name.slice(0, name.lastIndexOf('.'));
  if (a.callee.slice(0, a.callee.lastIndexOf('.')) === owner && fun.kind === 'SelectorExpr') {
    // A call may give another receiver each time, and a variable that changes may hold another one by then.
    const root = baseIdent(fun.x);
    const path = pathText(fun.x);
    const isSame = (root?.obj?.writes.length ?? 0) === 0 && !isHidden(a, root);
    return path !== undefined && isSame ? `${path}.${bareName(name)}` : undefined;
  }
  const imported = [...unit.file.imports.values()].find((path) => path === owner);
  const found = imported === undefined ? undefined : importEdits(unit.file, imported, { unit, node: a.call });
  return found?.edits.length === 0 ? `${found.name}.${bareName(name)}` : undefined;
}

/** True for `pool := pool.Open()`: from there on the name stands for the result. */
function isHidden({ destination }: Acquisition, root: Ident | undefined): boolean {
  return destination.kind === 'variable' && destination.object.name === root?.name;
}
