/** Where a goroutine that has no context gets one to stop by. */
import type { FileEdit } from '../fixes/file-edit.ts';
import { channelFacts } from '../concurrency/spawns/channel-facts.ts';
import { importEdits } from '../fixes/add-import.ts';
import { combine } from '../fixes/apply.ts';
import { insertBeforeStatement } from '../fixes/insert-statement.ts';
import { freshName } from '../fixes/names.ts';
import type { Analysis } from '../golang/analysis.ts';
import { neverReturnsAfter } from '../golang/cfg-reach.ts';
import { contextInScope } from '../golang/context-in-scope.ts';
import { isRequest, rootContextCall } from '../golang/contexts.ts';
import type { Launch } from '../golang/launches.ts';
import { onlyValue } from '../golang/only-value.ts';
import { enclosingFunc, inLoop, isFunc, isStmt } from '../golang/parents.ts';
import { visibleObjects } from '../golang/scopes.ts';
import { isNamed } from '../golang/types.ts';
import type { SourceFile } from '../golang/source-file.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { operations, type Wait } from '../golang/waits.ts';
import { contains, unparen } from '../golang/walk.ts';
import type { FuncDecl, FuncNode, LocalObject, Node, Stmt } from '../syntax/ast.ts';
import { addContext, type Call, callsToExtend, CONTEXT } from './added-parameter.ts';

/** A context at some place, with what has to be changed elsewhere for it to be there. */
export interface GivenContext {
  /** Go expression. */
  expr: string;
  edits: FileEdit[];
}

/** Functions that pass a context on to one another, at most. */
const MAX_DEPTH = 3;

/**
 * Finds a context for the goroutine of a launch: one in scope, that of the test, a new one which ends with the function that starts it,
 * or a parameter that all callers have something for.
 */
export class StoppingContexts {
  private readonly given = new Map<FuncDecl, FileEdit[] | undefined>();
  private readonly imported = new Map<SourceFile, FileEdit[]>();

  constructor(
    private readonly analysis: Analysis,
    private readonly launch: Launch,
    /** What the goroutine waits for. */
    private readonly waits: readonly Wait[],
    private readonly goAtLeast: (version: string) => boolean,
  ) {}

  /** A context that code at a node can use, in a function that the goroutine comes to. */
  at(unit: DeclUnit, node: Node): GivenContext | undefined {
    const found = this.find(unit, node, 0);
    const edits = found && combine(...this.imported.values(), found.edits);
    return edits && { expr: found.expr, edits };
  }

  private find(unit: DeclUnit, node: Node, depth: number): GivenContext | undefined {
    if (unit.pkg !== this.launch.unit.pkg) return undefined;
    const own = contextInScope(this.analysis, unit, node, (o) => this.suits(unit, o));
    // The context of a request is not handed on to what it does not see.
    if (own && (depth === 0 || own.expr === own.object.name)) return { expr: own.expr, edits: [] };
    return this.ofTest(unit, node) ?? this.made(unit, node) ?? this.parameter(unit, depth);
  }

  /** False for contexts that nobody ends, that may be another one later, or that end with the starting function although the goroutine goes on. */
  private suits(unit: DeclUnit, object: LocalObject): boolean {
    const { stmt, body } = this.launch;
    const parents = this.analysis.parents(unit);
    // A request that is not a parameter is one that is sent.
    const isSent = object.role !== 'param' && isRequest(this.analysis.objectType(unit, object));
    if (object.addressTaken || isSent) return false;
    const isSet = object.writes.every(
      (w) => unit === this.launch.unit && w.end <= stmt.start && !inLoop(parents, stmt),
    );
    if (!isSet || isRoot(this.analysis, unit, object)) return false;
    if (object.role !== 'local') return true;
    const isOwn = body?.unit === unit && contains(body.func, object.decl);
    return !isOwn && (!this.isCancelledAtReturn(unit, object) || this.endsWithStarter(unit, object.func));
  }

  /** A context whose `cancel`, from the same assignment, is deferred. */
  private isCancelledAtReturn(unit: DeclUnit, { declNode }: LocalObject): boolean {
    if (declNode.kind !== 'AssignStmt') return false;
    const parents = this.analysis.parents(unit);
    return declNode.lhs.some(
      (target) =>
        target.kind === 'Ident' &&
        target.obj?.uses.some((use) => {
          const call = parents.get(use);
          return call?.kind === 'CallExpr' && parents.get(call)?.kind === 'DeferStmt';
        }),
    );
  }

  /** `t.Context()`, which ends with the test. */
  private ofTest(unit: DeclUnit, node: Node): GivenContext | undefined {
    const test = this.testAt(unit, node);
    return test && this.goAtLeast('1.24') ? { expr: `${test.name}.Context()`, edits: [] } : undefined;
  }

  private testAt(unit: DeclUnit, node: Node): LocalObject | undefined {
    return visibleObjects(unit, node).find((o) => {
      const type = this.analysis.objectType(unit, o);
      return ['T', 'B', 'TB'].some((name) => isNamed(type, 'testing', name));
    });
  }

  /** A new context, before the goroutine is started. */
  private made(unit: DeclUnit, node: Node): GivenContext | undefined {
    const { stmt } = this.launch;
    const starter = unit === this.launch.unit ? enclosingFunc(this.analysis.parents(unit), stmt) : undefined;
    if (!starter || !contains(stmt, node)) return undefined;
    const test = this.testAt(unit, stmt);
    if (!test && !this.endsWithStarter(unit, starter)) return undefined;
    // Where the function never returns, nothing deferred ever runs.
    if (!test && neverReturnsAfter(this.analysis.cfg(unit, starter), stmt)) return undefined;
    const at = this.outermost(unit, stmt);
    const root = contextInScope(this.analysis, unit, at, (o) => isRoot(this.analysis, unit, o));
    const context = this.import(unit, at);
    if (!context) return undefined;
    const name = root ? freshName(unit, at, 'stopCtx') : freshName(unit, at, CONTEXT, 'stopCtx');
    const cancel = freshName(unit, at, 'cancel', 'stop');
    const made = `${name}, ${cancel} := ${context}.WithCancel(${root?.expr ?? `${context}.Background()`})`;
    const end = test ? `${test.name}.Cleanup(${cancel})` : `defer ${cancel}()`;
    const edits = insertBeforeStatement(unit, at, `${made}\n${end}`);
    return edits && { expr: name, edits };
  }

  /** The statement of the launch, or the outermost loop around it. */
  private outermost(unit: DeclUnit, stmt: Stmt): Stmt {
    const parents = this.analysis.parents(unit);
    let found = stmt;
    for (let n = parents.get(stmt); n && !isFunc(n); n = parents.get(n))
      if (isStmt(n) && (n.kind === 'ForStmt' || n.kind === 'RangeStmt')) found = n;
    return found;
  }

  /**
   * True when the goroutine has no work any more once a function has returned: it is `main` or part of a test, or the goroutine waits for a ticker that the
   * function stops or sends what only the function receives.
   */
  private endsWithStarter(unit: DeclUnit, starter: FuncNode): boolean {
    if (unit !== this.launch.unit) return false;
    if (starter.kind === 'FuncDecl' && !starter.recv && starter.name.name === 'main' && unit.pkg.name === 'main')
      return true;
    if (this.testAt(unit, this.launch.stmt)) return true;
    const all = operations(this.waits);
    return all.length > 0 && all.every((w) => this.isOfStarter(unit, starter, w));
  }

  private isOfStarter(unit: DeclUnit, starter: FuncNode, wait: ReturnType<typeof operations>[number]): boolean {
    const parents = this.analysis.parents(unit);
    if (wait.kind === 'receive') {
      const chan = unparen(wait.chan);
      const ticker = chan.kind === 'SelectorExpr' && chan.sel.name === 'C' ? unparen(chan.x) : undefined;
      const object = ticker?.kind === 'Ident' ? ticker.obj : undefined;
      return (
        object?.func === starter &&
        object.uses.some((use) => {
          const call = parents.get(parents.get(use) ?? use);
          return (
            call?.kind === 'CallExpr' &&
            parents.get(call)?.kind === 'DeferStmt' &&
            enclosingFunc(parents, call) === starter
          );
        })
      );
    }
    const chan = wait.kind === 'send' ? unparen(wait.chan) : undefined;
    const object = chan?.kind === 'Ident' ? chan.obj : undefined;
    if (object?.func !== starter || object.role !== 'local') return false;
    const { complete, receives } = channelFacts(this.analysis, { kind: 'local', unit, object });
    return complete && receives.every((r) => r.unit === unit && enclosingFunc(parents, r.node) === starter);
  }

  /** A parameter of the function around, that all callers have something for. */
  private parameter(unit: DeclUnit, depth: number): GivenContext | undefined {
    const { decl } = unit;
    if (decl.kind !== 'FuncDecl' || depth > MAX_DEPTH) return undefined;
    if (!this.given.has(decl)) {
      // While the callers are looked at, the function has what it gets.
      this.given.set(decl, []);
      this.given.set(decl, this.addParameter(unit, decl, depth));
      const edits = this.given.get(decl);
      return edits && { expr: CONTEXT, edits };
    }
    return this.given.get(decl) && { expr: CONTEXT, edits: [] };
  }

  private addParameter(unit: DeclUnit, decl: FuncDecl, depth: number): FileEdit[] | undefined {
    const calls = callsToExtend(this.analysis, unit, decl);
    const context = calls?.length ? this.import(unit, decl.body as Node) : undefined;
    if (!calls || !context) return undefined;
    const elsewhere: FileEdit[] = [];
    const argument = (at: Call): string | undefined => {
      const found = this.find(at.unit, at.call, depth + 1);
      if (found) elsewhere.push(...found.edits);
      return found?.expr;
    };
    const own = addContext(unit, decl, context, calls, argument);
    return own && combine(own, elsewhere);
  }

  private import(unit: DeclUnit, node: Node): string | undefined {
    const made = importEdits(unit.file, 'context', { unit, node });
    if (made) this.imported.set(unit.file, made.edits);
    return made?.name;
  }
}

/** `ctx := context.Background()`, which nobody can end. */
function isRoot(analysis: Analysis, unit: DeclUnit, object: LocalObject): boolean {
  const value = onlyValue(object);
  return value !== undefined && rootContextCall(analysis, unit, value) !== undefined;
}
