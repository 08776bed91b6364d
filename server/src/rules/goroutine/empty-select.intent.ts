/** Signs that a `select {}` is meant to wait until the process ends. */
import { attachedStart, lineEnd } from '../../fixes/source-lines.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { isLogging } from '../../golang/logging.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { ParentMap } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall } from '../../golang/walk.ts';
import type { CallExpr, FuncNode, Node, SelectStmt, Stmt } from '../../syntax/ast.ts';

/** True when every way through the function that does not return before comes to the statement. */
export function isUnconditional(parents: ParentMap, stmt: Stmt, func: FuncNode): boolean {
  for (let n = parents.get(stmt); n && n !== func; n = parents.get(n)) {
    const goesOn = n.kind === 'BlockStmt' || n.kind === 'LabeledStmt' || (n.kind === 'ForStmt' && !n.cond);
    if (!goesOn) return false;
  }
  return true;
}

/** True where a comment, a line of the log or the end of the process right before says that nothing is to come after. */
export function isMeantToStay(analysis: Analysis, unit: DeclUnit, select: SelectStmt, func: FuncNode): boolean {
  const before = statementsBefore(analysis.parents(unit), select);
  const last = before.at(-1);
  const call = last?.kind === 'ExprStmt' ? asCall(last.x) : undefined;
  const comments = commentsOf(unit, select, func);
  const isSaid = comments.some((c) => STAYS.test(c)) || (call !== undefined && announces(analysis, unit, call));
  // `// Run blocks until ctx ends.` says when it has to end.
  if (isSaid && !comments.some((c) => PROMISES_END.test(c))) return true;
  return before.some((s) => endsProcess(analysis, unit, s));
}

const STAYS = /\b(?:for ?ever|never|always|keeps?|alive|(?:un)?til|blocks?|blocking|park(?:s|ed)?|hangs?)\b/i;

const PROMISES_END = /\b(?:un)?(?:till?|when|once)\s+(?:(?:the|its|that|given)\s+)*(?:ctx|context)\b/i;

/** The comments at the statement and above the function. */
function commentsOf(unit: DeclUnit, select: SelectStmt, func: FuncNode): string[] {
  const { text } = unit.file;
  const commentAbove = (node: Node): string =>
    text.slice(attachedStart(text, unit.base + node.start), unit.base + node.start);
  const behind = text.slice(unit.base + select.end, lineEnd(text, unit.base + select.end));
  return [commentAbove(select), behind, func.kind === 'FuncDecl' ? commentAbove(func) : ''];
}

function statementsBefore(parents: ParentMap, stmt: Stmt): readonly Stmt[] {
  const block = parents.get(stmt);
  const list = block?.kind === 'BlockStmt' ? block.stmts : block?.kind === 'CommClause' ? block.body : [];
  return list.slice(0, Math.max(0, list.indexOf(stmt)));
}

const RUNS = /\b(?:ctrl|press|interrupt|running|serving|listening|started|ready|waiting|up)\b/i;

/** `log.Printf("listening on %s", addr)` */
function announces(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  const { name } = analysis.callee(unit, call);
  const speaks = /^fmt\.F?[Pp]rint/.test(name) || isLogging(analysis.parents(unit), call, name);
  return speaks && call.args.some((a) => RUNS.test(unit.text(a)));
}

const SIGNALS = new Set(['syscall.Kill', 'os.Process.Kill', 'os.Process.Signal']);

/** True for what ends the process while the function waits: `go panic(err)`, a goroutine that exits, a signal. */
function endsProcess(analysis: Analysis, unit: DeclUnit, stmt: Stmt): boolean {
  const calls = nodesOfKind(unit.decl, 'CallExpr').filter((c) => c.start >= stmt.start && c.end <= stmt.end);
  if (calls.some((c) => SIGNALS.has(analysis.callee(unit, c).name))) return true;
  const call = stmt.kind === 'GoStmt' ? asCall(stmt.call) : undefined;
  if (!call) return false;
  const callee = analysis.callee(unit, call);
  if (callee.kind === 'builtin' ? callee.name === 'panic' : callee.fact?.neverReturns) return true;
  const body = analysis.body(unit, call);
  const cfg = body && analysis.cfg(body.unit, body.func);
  return cfg !== undefined && [...cfg.reachable].some((b) => b.ends);
}
