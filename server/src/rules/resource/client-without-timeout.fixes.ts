/** Limits for clients and servers that have none. The durations are suggestions: only the author knows what is long. */
import { addField } from '../../fixes/add-field.ts';
import { importEdits } from '../../fixes/add-import.ts';
import { combine } from '../../fixes/apply.ts';
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { freshName } from '../../fixes/names.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import { isReadBitByBit } from '../../golang/http-requests.ts';
import { isStmt } from '../../golang/parents.ts';
import { unparen } from '../../golang/walk.ts';
import type { CallExpr, CompositeLit, Node, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';

/** `Timeout: 30 * time.Second` in the literal of a client. */
export function limitClient(context: RuleContext, lit: CompositeLit): FixSpec {
  return { id: 'limit-client', title: 'fix-client', edits: withField(context, lit, 'Timeout', 30) };
}

/** `ReadHeaderTimeout: 10 * time.Second` in the literal of a server. */
export function limitServer(context: RuleContext, lit: CompositeLit): FixSpec {
  return { id: 'limit-server', title: 'fix-server', edits: withField(context, lit, 'ReadHeaderTimeout', 10) };
}

function withField({ unit }: RuleContext, lit: CompositeLit, key: string, seconds: number): FixSpec['edits'] {
  const time = importEdits(unit.file, 'time', { unit, node: lit });
  return time && combine(time.edits, addField(unit, lit, key, `${seconds} * ${time.name}.Second`));
}

/** `client := &http.Client{Timeout: 30 * time.Second}` in front of the statement, and the request sent with it. */
export function useOwnClient(context: RuleContext, call: CallExpr): FixSpec {
  const { analysis, unit } = context;
  const fun = unparen(call.fun);
  const used = fun.kind === 'SelectorExpr' ? unparen(fun.x) : fun;
  const time = importEdits(unit.file, 'time', { unit, node: call });
  const stmt = listedStatement(analysis.parents(unit), call);
  const http = unit.text(used).replace(/\.DefaultClient$/, '');
  const name = freshName(unit, call, 'client', 'httpClient');
  const made = time && `${name} := &${http}.Client{Timeout: 30 * ${time.name}.Second}`;
  return {
    id: 'use-client',
    title: 'fix-use-client',
    edits:
      time && stmt && made && !isReadBitByBit(analysis, { unit, call })
        ? combine(time.edits, insertBeforeStatement(unit, stmt, made), replaceNode(unit, used, name))
        : undefined,
  };
}

/** The statement of a block that a call is evaluated with; undefined when that is a loop, which would make a client for each turn. */
function listedStatement(parents: ReadonlyMap<Node, Node>, call: Node): Stmt | undefined {
  let node = call;
  for (let p = parents.get(node); p; node = p, p = parents.get(node)) {
    if (p.kind === 'ForStmt' || p.kind === 'FuncLit') return undefined;
    if (p.kind === 'BlockStmt' || p.kind === 'CaseClause' || p.kind === 'CommClause')
      return isStmt(node) ? node : undefined;
  }
  return undefined;
}
