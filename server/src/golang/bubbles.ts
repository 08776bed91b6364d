/** Which tests may run in a bubble of `testing/synctest`: those of which everything they come to is seen, and known to work in one. */
import type { CallExpr, FuncNode, LocalObject } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { isNamed } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { walk } from './walk.ts';

/** What a test, and the functions of its package that it calls, do. */
export interface TestReach {
  /** Some goroutine is started. */
  starts: boolean;
  /** Something is left to `t.Cleanup`, or may be. */
  cleansUp: boolean;
  /** `t.Parallel` is called, or may be. */
  isParallel: boolean;
  /** All that is called is known to work in a bubble: no subtests, and nothing that waits for the world outside. */
  fitsBubble: boolean;
}

/** Packages that compute, wait for goroutines or for the clock, and nothing else. */
const INSIDE =
  /^(?:bytes|cmp|container\/\w+|context|encoding(?:\/\w+)?|errors|fmt|io|iter|log|maps|math(?:\/\w+)?|reflect|regexp|slices|sort|strconv|strings|sync(?:\/\w+)?|testing|text\/\w+|time|unicode(?:\/\w+)?|github\.com\/stretchr\/testify\/(?:assert|require))\.[^/]*$/;
/** Methods of a test that panic in a bubble. */
const FORBIDDEN = new Set(['Run', 'Parallel', 'Deadline']);
const ASSERTIONS = /^github\.com\/stretchr\/testify\/(?:assert|require)\./;
const MAX_FUNCTIONS = 40;

/** Follows the calls of a test as far as they can be seen. */
export function testReach(analysis: Analysis, unit: DeclUnit, func: FuncNode): TestReach {
  const reach = { starts: false, cleansUp: false, isParallel: false, fitsBubble: true };
  const seen = new Set<FuncNode>();
  const work: { unit: DeclUnit; func: FuncNode }[] = [{ unit, func }];
  for (let at = work.pop(); at; at = work.pop()) {
    if (seen.has(at.func)) continue;
    seen.add(at.func);
    if (seen.size > MAX_FUNCTIONS || at.unit.hasError) {
      reach.fitsBubble = false;
      break;
    }
    const { unit: own } = at;
    walk(at.func, (n) => {
      if (n.kind === 'GoStmt') reach.starts = true;
      if (n.kind !== 'CallExpr') return;
      const callee = analysis.callee(own, n);
      const body = callee.literal ? undefined : analysis.body(own, n);
      if (body) work.push(body);
      else note(analysis, own, n, reach);
      if (callee.fact?.startsGoroutine || callee.name === 'sync.WaitGroup.Go') reach.starts = true;
    });
  }
  return reach;
}

function note(analysis: Analysis, unit: DeclUnit, call: CallExpr, reach: TestReach): void {
  const callee = analysis.callee(unit, call);
  const { fun } = call;
  if (fun.kind === 'SelectorExpr' && isTest(analysis, unit, fun.x)) {
    const { name } = fun.sel;
    if (FORBIDDEN.has(name)) reach.fitsBubble = false;
    if (name === 'Parallel') reach.isParallel = true;
    if (name === 'Cleanup' || name === 'TempDir' || name === 'Setenv') reach.cleansUp = true;
    return;
  }
  if (callee.kind === 'builtin' || callee.kind === 'conversion' || callee.literal) return;
  if (!INSIDE.test(callee.name)) reach.fitsBubble = false;
  // Who gets the test may do all that with it.
  if (!ASSERTIONS.test(callee.name) && call.args.some((a) => isTest(analysis, unit, a))) {
    reach.cleansUp = true;
    reach.isParallel ||= callee.name === '';
  }
}

function isTest(analysis: Analysis, unit: DeclUnit, x: CallExpr['fun']): boolean {
  const type = analysis.typeOf(unit, x);
  return ['T', 'B', 'TB'].some((name) => isNamed(type, 'testing', name));
}

/** The parameter of a test: `t` of `func TestX(t *testing.T)`; undefined for other functions. */
export function testParameter(analysis: Analysis, unit: DeclUnit): LocalObject | undefined {
  const { decl, file } = unit;
  if (decl.kind !== 'FuncDecl' || decl.recv || !file.path.endsWith('_test.go')) return undefined;
  if (!/^Test(?:$|\P{Ll})/u.test(decl.name.name) || decl.type.typeParams.length > 0) return undefined;
  const [param] = decl.type.params;
  const object = decl.type.params.length === 1 && param?.names.length === 1 ? param.names[0]?.obj : undefined;
  return object && object.name !== '_' && isNamed(analysis.objectType(unit, object), 'testing', 'T')
    ? object
    : undefined;
}
