/** A process that is started and, on some way out, not waited for. */
import { placeInList } from '../../fixes/statement-site.ts';
import { openings } from '../../golang/opened.ts';
import { ancestor, type ParentMap } from '../../golang/parents.ts';
import { runsInCommand, runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { readToEnd } from '../../golang/read-to-end.ts';
import { type Acquisition, acquisitions, releaseSpec } from '../../golang/resources.ts';
import { unreleasedField } from '../../golang/unreleased-fields.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { useEffect } from '../../golang/uses.ts';
import { asCall, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, Ident, LocalObject, ReturnStmt, SelectorExpr } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { checkAcquisition, type ReleaseWords } from '../unreleased-report.ts';
import { text } from './process-not-waited.text.ts';

const STARTS = new Set(['Start']);
const KINDS = new Set(['process']);

export const processNotWaited = defineRule({
  meta: {
    id: 'process-not-waited',
    group: 'resource',
    level: 'warning',
    inTests: 'hint',
    triggers: ['\\.Start\\(\\)', '\\bos\\.StartProcess\\('],
    checkTriggers: ['\\bexec\\.', '\\bos\\.StartProcess\\('],
    imports: ['os/exec', 'os'],
    fixes: ['defer-wait', 'close-before-return', 'wait-in-background'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    for (const a of openings(analysis, unit, 'process', STARTS)) {
      const object = a.destination.kind === 'variable' ? a.destination.object : undefined;
      const made = object && commandOf(context, object);
      if (object && made && !isDetached(context, object))
        checkAcquisition(context, a, wordsFor(context, a, object, made));
      if (object && made && !isDetached(context, object)) reportInField(context, a, object, made);
    }
    for (const a of acquisitions(analysis, unit, KINDS))
      if (a.destination.kind === 'variable') checkAcquisition(context, a, wordsFor(context, a, a.destination.object));
  },
});

/** Reports a process that is in a field of a value, which ends without anybody waiting for the process. */
function reportInField(context: RuleContext, a: Acquisition, object: LocalObject, made: CallExpr): void {
  const { analysis, unit } = context;
  const isUse = (at: DeclUnit, member: SelectorExpr): boolean => {
    const { name } = member.sel;
    const user = analysis.parents(at).get(member);
    // Its number, and signals for it, are no way to wait for it.
    if (name === 'Process')
      return (
        user?.kind === 'BinaryExpr' || (user?.kind === 'SelectorExpr' && /^(?:Kill|Signal|Pid)$/.test(user.sel.name))
      );
    return !/^(?:Wait|Run|Output|CombinedOutput|Cancel)$/.test(name);
  };
  const field = unreleasedField(analysis, a, isUse);
  if (!field || runsOncePerProcess(analysis, unit, a.call)) return;
  const { owner, name, end } = field;
  context.report({
    node: a.call,
    message: 'never-waited',
    level: keepsGoroutines(context, object, made) && !runsInCommand(analysis, unit, a.call) ? undefined : 'hint',
    args: { field: `${owner.name}.${name}`, method: `${owner.name}.${end.decl.name.name}` },
    steps: [{ unit: end.unit, node: end.ends[0]?.stmt ?? end.decl.name, message: 'step-value-ends' }],
    fixes: [],
  });
}

function wordsFor(context: RuleContext, a: Acquisition, object: LocalObject, made?: CallExpr): ReleaseWords {
  const pipes = PIPES.flatMap((pipe) => selections(context.analysis.parents(context.unit), object, pipe));
  const hasPipe = pipes.length > 0;
  const killed = object.uses.some((use) => isDeferredKill(context, use));
  const busy = made !== undefined && keepsGoroutines(context, object, made);
  const neverWaits = !object.uses.some(
    (use) => useEffect(context.analysis, context.unit, use, object, releaseSpec(a.acquires)) === 'release',
  );
  return {
    subject: (name) => name,
    release: (name) => `${name}.Wait()`,
    // With a pipe, the process may wait for somebody to read or write.
    beforeReturn:
      !killed && pipes.some((pipe) => !isDrained(context, pipe))
        ? {
            lines: (name, ret) => `${isKilledAt(context, name, ret) ? '' : `${name}.Process.Kill()\n`}${name}.Wait()`,
            titles: ['fix-kill-before-return', 'fix-kill-before-each'],
            only: 'failures',
          }
        : undefined,
    // Deferred before that, it waits for what has been killed.
    isDeferredOnly: killed,
    inBackground:
      neverWaits && !hasPipe && !killed ? { fixId: 'wait-in-background', title: 'fix-background' } : undefined,
    settles: (use) => isProcessHandedOn(context, use),
    messages: busy ? WITH_GOROUTINES : undefined,
    // Where nothing but one entry in the table of processes is left, it may be meant to go its own way.
    // With a command, the process ends that would have to wait.
    level: ({ end }) => {
      const isOne = !busy && (neverWaits || (!hasPipe && end === 'return'));
      return isOne || runsInCommand(context.analysis, context.unit, a.call) ? 'hint' : undefined;
    },
    tellsNormalWays: true,
    isCareful: true,
    newName: 'process',
    fixId: 'defer-wait',
  };
}

/** True for the mention in `defer cmd.Process.Kill()`, and in a deferred literal that does it. */
function isDeferredKill({ analysis, unit }: RuleContext, use: Ident): boolean {
  const parents = analysis.parents(unit);
  const field = parents.get(use);
  const ofProcess = field?.kind === 'SelectorExpr' && field.sel.name === 'Process' ? parents.get(field) : field;
  if (ofProcess?.kind !== 'SelectorExpr' || ofProcess.sel.name !== 'Kill') return false;
  return ancestor(parents, use, (n) => n.kind === 'DeferStmt' || n.kind === 'GoStmt')?.kind === 'DeferStmt';
}

/** True when the process has been killed in the block of a return. */
function isKilledAt({ unit }: RuleContext, name: string, ret: ReturnStmt): boolean {
  const place = placeInList(unit, ret);
  return place?.list.stmts.some((s) => s.start < ret.start && unit.text(s).includes(`${name}.Process.Kill(`)) ?? false;
}

/** True when what the process writes into a pipe is read to its end: it does not wait for that. */
function isDrained({ analysis, unit }: RuleContext, pipe: SelectorExpr): boolean {
  const parents = analysis.parents(unit);
  const made = parents.get(parents.get(pipe) ?? pipe);
  const reader = made?.kind === 'AssignStmt' ? made.lhs[0] : undefined;
  if (reader?.kind !== 'Ident' || pipe.sel.name === 'StdinPipe') return false;
  return reader.obj?.uses.some((use) => readToEnd(analysis, unit, use) !== undefined) ?? false;
}

const PIPES = ['StdinPipe', 'StdoutPipe', 'StderrPipe'];

const WITH_GOROUTINES = {
  discarded: 'not-closed',
  'not-closed': 'goroutines-not-closed',
  again: 'goroutines-again',
  overwritten: 'goroutines-overwritten',
};

/** The call of `exec.Command` that gives a variable its first value. */
function commandOf({ analysis, unit }: RuleContext, object: LocalObject): CallExpr | undefined {
  const d = object.declNode;
  const value = d.kind === 'AssignStmt' ? d.rhs[0] : d.kind === 'ValueSpec' ? d.values[0] : undefined;
  const call = value && asCall(value);
  return call && /^os\/exec\.Command(?:Context)?$/.test(analysis.callee(unit, call).name) ? call : undefined;
}

/** True when the standard library starts goroutines for the command, which end in `Wait`: for copying, or to watch a context. */
function keepsGoroutines(context: RuleContext, object: LocalObject, made: CallExpr): boolean {
  const { analysis, unit } = context;
  if (/CommandContext$/.test(analysis.callee(unit, made).name) && !isBackground(context, made.args[0])) return true;
  return ['Stdin', 'Stdout', 'Stderr'].some((field) => {
    const value = assignedTo(context, object, field);
    const type = value && analysis.typeOf(unit, value);
    // Files are given to the process as they are.
    return type !== undefined && type.kind === 'pointer' && !(type.elem.kind === 'named' && type.elem.name === 'File');
  });
}

function isBackground({ analysis, unit }: RuleContext, arg: Expr | undefined): boolean {
  const call = arg && asCall(arg);
  return call !== undefined && /^context\.(?:Background|TODO)$/.test(analysis.callee(unit, call).name);
}

/** A process of its own session, or one about which that cannot be told. */
function isDetached(context: RuleContext, object: LocalObject): boolean {
  const attributes = assignedTo(context, object, 'SysProcAttr');
  if (!attributes) return false;
  const text = context.unit.text(attributes);
  return !/^&?\w*\.?SysProcAttr\{/.test(text) || /Setsid|Setpgid|CreationFlags|Foreground|Noctty/.test(text);
}

/** What is assigned to a field of a variable. */
function assignedTo({ analysis, unit }: RuleContext, object: LocalObject, field: string): Expr | undefined {
  const parents = analysis.parents(unit);
  for (const selector of selections(analysis.parents(unit), object, field)) {
    const stmt = parents.get(selector);
    const value = stmt?.kind === 'AssignStmt' ? stmt.rhs[stmt.lhs.indexOf(selector)] : undefined;
    if (value) return unparen(value);
  }
  return undefined;
}

function selections(parents: ParentMap, object: LocalObject, field: string): SelectorExpr[] {
  return object.uses.flatMap((use) => {
    const selector = parents.get(use);
    return selector?.kind === 'SelectorExpr' && selector.sel.name === field ? [selector] : [];
  });
}

/**
 * True for a mention after which somebody else may wait for the process: `cmd.Process` is kept or waited for, or its number
 * goes to code that is not seen.
 */
function isProcessHandedOn({ analysis, unit }: RuleContext, use: Ident): boolean {
  const parents = analysis.parents(unit);
  const field = parents.get(use);
  if (field?.kind !== 'SelectorExpr' || field.sel.name !== 'Process') return false;
  const member = parents.get(field);
  if (member?.kind === 'BinaryExpr') return false;
  if (member?.kind !== 'SelectorExpr') return true;
  if (member.sel.name !== 'Pid') return /^(?:Wait|Release|Handle|WithHandle)$/.test(member.sel.name);
  const up = parents.get(member);
  if (up?.kind === 'BinaryExpr') return false;
  return up?.kind !== 'CallExpr' || analysis.callee(unit, up).fact?.borrows === undefined;
}
