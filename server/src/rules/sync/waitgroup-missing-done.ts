/** A goroutine counted by a wait group does not count down on every way out, so that `Wait` blocks for ever. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { modelOf } from '../../concurrency/model/model.ts';
import { type AccessPath, pathKey, pathName } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { Callee } from '../../golang/callee.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { isExported } from '../../golang/exported.ts';
import { type Spawn, spawns } from '../../golang/goroutines.ts';
import { inLoop, ancestor } from '../../golang/parents.ts';
import { PathEffects, pathsInside, type PathEffect } from '../../golang/path-effects.ts';
import { findUnreleasedPath } from '../../golang/paths.ts';
import { type SyncCall, syncCalls } from '../../golang/sync-calls.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, contains, find } from '../../golang/walk.ts';
import type { GoPackage, PackageMember } from '../../golang/package.ts';
import { noteDeclaration } from '../../golang/reads.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { CallExpr, FuncNode, Node } from '../../syntax/ast.ts';
import type { ReportSpec, RuleContext, StepSpec } from '../context.ts';
import { lastName, reportsOf, unitsMatching } from '../leak-sites.ts';
import { countEachFix } from '../leak-repairs/count-each.ts';
import { doneForEach, droppedFix } from '../leak-repairs/done-for-each.ts';
import { deferRelease } from '../leak-repairs/defer-release.ts';
import { reportLeaks } from '../model-report.ts';
import { defineRule } from '../rule.ts';
import { GO_STATEMENT } from '../../golang/goroutines.ts';
import { pathSteps } from '../witness.ts';
import { isLeftOut, reportNotStarted, reportSurplusAdds } from './waitgroup-missing-done.balance.ts';
import { droppedFromBatches, type DroppedFromBatch } from './waitgroup-missing-done.batches.ts';
import { doneFixes } from './waitgroup-missing-done.fixes.ts';
import { type DroppedItem, droppedItems } from './waitgroup-missing-done.items.ts';
import { text } from './waitgroup-missing-done.text.ts';

const GROUP = new Set(['WaitGroup']);

/** `s.wg.Done()` as a statement; `<-ctx.Done()` is something else. */
const COUNTS_DOWN = '\\.Done\\(\\)$(?<=^\\t+(?:defer )?\\w+(?:\\.\\w+)+\\.Done\\(\\))';

export const waitgroupMissingDone = defineRule({
  meta: {
    id: 'waitgroup-missing-done',
    group: 'sync',
    level: 'warning',
    triggers: [GO_STATEMENT, '\\.Wait\\(\\)', COUNTS_DOWN],
    checkTriggers: ['\\.Add\\(', COUNTS_DOWN],
    fixes: ['defer-done', 'done-before-return', 'defer-release', 'release-before-return', 'count-each'],
    yieldsTo: ['wait-in-spawn-loop'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    const calls = syncCalls(analysis, unit, unit.decl, GROUP);
    checkSpawns(context, calls);
    for (const dropped of droppedItems(analysis, unit, calls)) reportDropped(context, dropped);
    for (const dropped of droppedFromBatches(analysis, unit, calls)) reportBatch(context, dropped);
  },
  checkLeaks(context) {
    reportLeaks(context, 'waitgroup-missing-done', (leak) => {
      if (isFoundByName(context, leak)) return undefined;
      const fix = deferRelease(context, leak) ?? doneForEach(context, leak) ?? countEachFix(context, leak);
      return { message: 'wait', steps: stepsOfDropped(context, leak), fixes: fix ? [fix] : [] };
    });
  },
});

function reportDropped(context: RuleContext, dropped: DroppedItem): void {
  const { unit, func, path, name, wait } = dropped;
  const fix = droppedFix(context, unit, func, lastName(name));
  const found = modelOf(context.analysis).leaks(wait.unit.pkg, wait.unit.file);
  if (found.some((l) => l.rule === 'waitgroup-missing-done' && lastName(l.name) === lastName(name))) return;
  context.report({
    node: path.jump ?? path.node ?? { start: func.end - 1, end: func.end },
    message: 'item-without-done',
    args: { name },
    steps: [...stepsTo(dropped), { ...wait, message: 'step-wait', args: { name } }],
    fixes: fix ? [fix] : [],
  });
}

/** Says at the wait for a batch that one of its items is dropped elsewhere. */
function reportBatch(context: RuleContext, { unit, func, path, name, add, wait }: DroppedFromBatch): void {
  const group = pathName(add.path);
  const found = modelOf(context.analysis).leaks(context.unit.pkg, context.unit.file);
  if (found.some((l) => l.rule === 'waitgroup-missing-done' && lastName(l.name) === lastName(group))) return;
  const there = { unit: context.unit, node: add.call };
  context.report({
    node: wait.call,
    message: 'wait',
    args: { name: group, where: '' },
    steps: stepsTo({ unit, func, path, name, add: there, wait: there }),
    fixes: [],
  });
}

/** Who counts an item, and how it is dropped. */
function stepsTo({ unit, func, path, name, add }: DroppedItem): StepSpec[] {
  const way = pathSteps(unit, func, path).map((step): StepSpec => ({ unit, ...step }));
  return [{ ...add, message: 'step-add-item', args: { name } }, ...way];
}

/** The same for an item of the file that a group of that name counts. */
function stepsOfDropped(context: RuleContext, leak: Leak): StepSpec[] {
  const { analysis } = context;
  const dropped = unitsMatching(context, /\.Done\(\)/)
    .flatMap((u) => droppedItems(analysis, u, syncCalls(analysis, u, u.decl, GROUP)))
    .find((d) => lastName(d.name) === lastName(leak.name));
  return dropped ? stepsTo(dropped) : [];
}

function checkSpawns(
  context: RuleContext,
  calls: readonly SyncCall[] = syncCalls(context.analysis, context.unit, context.unit.decl, GROUP),
): void {
  const { analysis, unit } = context;
  if (!calls.some((c) => c.method === 'Add')) return;
  reportSurplusAdds(context, calls);
  const effects = new PathEffects(analysis, { perform: ['Done'], open: ['Add'] });
  const reported = new Set<object>();
  for (const spawn of spawns(analysis, unit)) {
    const add = countedBy(context, spawn, calls);
    if (add) checkSpawn(context, { spawn, add, wait: waitFor(spawn, add, calls), reported }, calls, effects);
  }
}

/** A goroutine that is counted. */
interface Counted {
  spawn: Spawn;
  /** What counts it. */
  add: SyncCall;
  /** Who blocks when it does not count down, where that is in sight. */
  wait?: SyncCall;
  /** Waits of which it is said already. */
  reported: Set<object>;
}

/** The wait for a group, in the function that starts the goroutine rather than in another literal. */
function waitFor(spawn: Spawn, add: SyncCall, calls: readonly SyncCall[]): SyncCall | undefined {
  const waits = calls.filter((c) => c.method === 'Wait' && pathKey(c.path) === pathKey(add.path));
  return waits.find((c) => c.func === spawn.func) ?? waits.find((c) => c.func !== spawn.body?.func);
}

/** True when a goroutine is reported that does not count down a group of that name in the file. */
function isFoundByName(context: RuleContext, leak: Leak): boolean {
  const name = lastName(leak.name);
  return unitsMatching(context, /\.Add\(/).some((u) =>
    reportsOf(context, u, checkSpawns).some((r) => lastName(String(r.args?.name)) === name),
  );
}

/** The `Add` that counts a goroutine: the nearest one before it whose group reaches its body. */
function countedBy(context: RuleContext, spawn: Spawn, calls: readonly SyncCall[]): SyncCall | undefined {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  return calls.findLast((c) => {
    if (c.method !== 'Add' || c.func !== spawn.func || c.call.end > spawn.stmt.start || !spawn.body) return false;
    if (c.call.args[0]?.kind === 'UnaryExpr') return false;
    // It is run whenever the `go` statement is.
    const block = ancestor(
      parents,
      c.call,
      (n) => n.kind === 'BlockStmt' || n.kind === 'CaseClause' || n.kind === 'CommClause',
    );
    if (!block || !contains(block, spawn.stmt)) return false;
    return pathsInside(analysis, unit, spawn.call, spawn.body.func, c.path).length > 0;
  });
}

function checkSpawn(context: RuleContext, counted: Counted, calls: readonly SyncCall[], summaries: PathEffects): void {
  const { analysis, unit } = context;
  const { spawn, add } = counted;
  const { body } = spawn;
  const same = calls.filter((c) => pathKey(c.path) === pathKey(add.path));
  // Counted down from outside, or by any number: somebody keeps the books in another way.
  if (same.some((c) => c.method === 'Add' && c.call.args[0]?.kind === 'UnaryExpr')) return;
  if (same.some((c) => c.method === 'Done' && c.func === spawn.func && c.call.start > spawn.stmt.start)) return;
  if (!body || isCountedDownByOthers(context, add, body.func)) return;
  // A literal that gets the group as an argument could use it by both names.
  const used = pathsInside(analysis, unit, spawn.call, body.func, add.path).map((inside) => ({
    inside,
    effects: summaries.nodes(body.unit, body.func, inside),
  }));
  const [first] = used;
  if (first && used.every(({ effects }) => effects.size === 0)) {
    if (isNeverDone(context, add, same, summaries)) reportNever(context, counted, first.inside);
    return;
  }
  for (const { inside, effects } of used) {
    if (effects.size === 0) continue;
    checkBody(context, counted, inside, effects);
    reportNotStarted(context, spawn, add, summaries);
  }
}

/** True when callers of the package count down the group in a field: what is counted is not the goroutine alone. */
function isCountedDownByOthers({ analysis, unit }: RuleContext, { path }: SyncCall, own: FuncNode): boolean {
  const field = path.fields.at(-1);
  if (field === undefined) return false;
  return exportedNaming(unit.pkg, field).some((member) => {
    const other = unit.pkg.unit(member);
    const { decl } = other;
    if (other.hasError || decl.kind !== 'FuncDecl' || decl === own) return false;
    const counts = syncCalls(analysis, other, decl, GROUP).some(
      (c) => c.method === 'Done' && c.func === decl && c.path.fields.at(-1) === field,
    );
    return counts && !mentionsOf(analysis, other, decl).some((m) => m.call && isStarted(analysis, m.unit, m.call));
  });
}

const naming = new WeakMap<GoPackage, Map<string, readonly PackageMember[]>>();

/** The exported functions of a package that name a field: each goroutine that is counted in it asks for them. */
function exportedNaming(pkg: GoPackage, field: string): readonly PackageMember[] {
  let byField = naming.get(pkg);
  if (!byField) naming.set(pkg, (byField = new Map<string, readonly PackageMember[]>()));
  let found = byField.get(field);
  const all = declarationsNaming(pkg, field);
  // Whether one of them is exported may change with any of them.
  for (const { declaration } of all) noteDeclaration(declaration);
  if (!found)
    byField.set(field, (found = all.filter(({ declaration: d }) => d.tok === 'func' && isExported(d.names[0] ?? ''))));
  return found;
}

function isStarted(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  const parent = analysis.parents(unit).get(call);
  return parent?.kind === 'GoStmt';
}

function checkBody(
  context: RuleContext,
  counted: Counted,
  inside: AccessPath,
  effects: ReadonlyMap<Node, PathEffect>,
): void {
  const { analysis, unit } = context;
  const { spawn, add } = counted;
  const body = spawn.body;
  if (!body || ![...effects.values()].includes('performs')) return;
  const parents = analysis.parents(body.unit);
  // One Done per item taken: the goroutine itself is not what is counted.
  if ([...effects.keys()].some((n) => inLoop(parents, n))) return;
  const found = findUnreleasedPath({
    unit: body.unit,
    cfg: analysis.cfg(body.unit, body.func),
    effect: (n) => (effects.has(n) ? 'settled' : 'none'),
    // The group was counted up, so a pointer to it is not nil.
    value: typeof inside.root !== 'string' && inside.fields.length === 0 ? inside.root : undefined,
    facts: new Map(),
    written: analysis.writtenPaths(body.unit, body.func),
  });
  if (found && isLeftOut(add, found)) return;
  const here = body.unit === unit;
  if (!found) return here ? checkPanic(context, spawn, add, inside, effects) : undefined;
  const end = found.node ?? { start: body.func.end - 1, end: body.func.end };
  const name = pathName(add.path);
  reportAt(context, counted, {
    node: here && found.node ? found.node : goKeyword(spawn),
    message: found.node ? 'return-without-done' : 'end-without-done',
    args: { name, line: context.line({ unit: body.unit, node: end }) },
    steps: [
      { node: add.call, message: 'step-add', args: { name } },
      { node: goKeyword(spawn), message: 'step-go' },
      ...pathSteps(body.unit, body.func, found).map((s) => ({ ...s, unit: body.unit })),
    ],
    fixes: doneFixes(context, spawn, add, inside, effects),
  });
}

/** Messages at a wait. */
const AT_WAIT: Readonly<Record<string, string>> = {
  'return-without-done': 'wait-return-without-done',
  'end-without-done': 'wait-end-without-done',
  'never-done': 'wait-never-done',
};

/** Reports a goroutine at the wait that blocks for ever, or where that is not in sight at the place given. */
function reportAt(context: RuleContext, counted: Counted, spec: ReportSpec): void {
  const { wait, spawn, reported } = counted;
  const at = wait ? { node: wait.call } : waitElsewhere(context, counted);
  if (!at) return context.report(spec);
  if (reported.has(at.node)) return;
  reported.add(at.node);
  const args = { ...spec.args, go: context.line({ node: spawn.stmt }) };
  context.report({ ...spec, ...at, message: AT_WAIT[spec.message] ?? spec.message, args });
}

/** The wait for a field of that name in another function of the file, where exploring finds that it may last for ever. */
function waitElsewhere({ analysis, unit }: RuleContext, { add }: Counted): Leak['site'] | undefined {
  if (add.path.fields.length === 0) return undefined;
  const name = lastName(pathName(add.path));
  return modelOf(analysis)
    .leaks(unit.pkg, unit.file)
    .find(
      (l) =>
        l.rule === 'waitgroup-missing-done' &&
        l.operation === 'wait' &&
        l.name.includes('.') &&
        lastName(l.name) === name &&
        l.site.unit.file === unit.file,
    )?.site;
}

/** A panic that a deferred function recovers skips a `Done` that is not deferred. */
function checkPanic(
  context: RuleContext,
  spawn: Spawn,
  add: SyncCall,
  inside: AccessPath,
  effects: ReadonlyMap<Node, PathEffect>,
): void {
  const { analysis, unit } = context;
  const func = spawn.body?.func;
  const dones = [...effects.keys()];
  const [done] = dones;
  if (!func?.body || !done || !dones.every((n) => n.kind === 'ExprStmt')) return;
  const isRecover = (n: Node): boolean => n.kind === 'CallExpr' && isBuiltin(analysis.callee(unit, n), 'recover');
  const recovery = func.body.stmts.find(
    (s) => s.kind === 'DeferStmt' && asCall(s.call)?.fun.kind === 'FuncLit' && find(s, isRecover) !== undefined,
  );
  if (!recovery || recovery.start > done.start) return;
  // Something between the two has to be able to panic.
  const mayPanic = (n: Node): boolean =>
    n.kind === 'CallExpr' &&
    n.start > recovery.end &&
    n.end < done.start &&
    analysis.callee(unit, n).kind !== 'builtin';
  if (!find(func.body, mayPanic)) return;
  const name = pathName(add.path);
  context.report({
    node: done,
    message: 'panic-skips-done',
    args: { name, line: context.line({ node: recovery }) },
    steps: [
      { node: add.call, message: 'step-add', args: { name } },
      { node: recovery, message: 'step-recover' },
    ],
    fixes: doneFixes(context, spawn, add, inside, effects),
  });
}

function isBuiltin(callee: Callee, name: string): boolean {
  return callee.kind === 'builtin' && callee.name === name;
}

/** True when a group that nobody else can reach is waited for and has no Done at all. */
function isNeverDone(context: RuleContext, add: SyncCall, same: readonly SyncCall[], summaries: PathEffects): boolean {
  const { root, fields } = add.path;
  if (typeof root === 'string' || fields.length > 0 || root.role !== 'local') return false;
  if (root.declNode.kind !== 'ValueSpec' || root.declNode.values.length > 0) return false;
  if (!same.some((c) => c.method === 'Wait') || same.some((c) => c.method === 'Done' || c.method === 'Go'))
    return false;
  return summaries.nodes(context.unit, root.func, add.path).size === 0;
}

function reportNever(context: RuleContext, counted: Counted, inside: AccessPath): void {
  const { spawn, add } = counted;
  const name = pathName(add.path);
  reportAt(context, counted, {
    node: goKeyword(spawn),
    message: 'never-done',
    args: { name },
    steps: [{ node: add.call, message: 'step-add', args: { name } }],
    fixes: doneFixes(context, spawn, add, inside, new Map()),
  });
}

function goKeyword(spawn: Spawn): { start: number; end: number } {
  return { start: spawn.stmt.start, end: spawn.stmt.start + 'go'.length };
}
