/** What is sent with an HTTP client, and whether anything limits the time it takes. */
import type { CallExpr, Expr, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { mentionsOf } from './callers.ts';
import { isExported } from './exported.ts';
import { nodesOfKind } from './node-index.ts';
import { type OwnMention, fieldMentionsOf, ownMentions } from './own-mentions.ts';
import { enclosingFunc, type ParentMap } from './parents.ts';
import { isRootContext } from './root-contexts.ts';
import { isNamed } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { isNil, unparen } from './walk.ts';
import { declarationsNaming } from './word-index.ts';

/** A call that sends a request. */
export interface Sent {
  unit: DeclUnit;
  call: CallExpr;
}

/** Variables that hold the same client, followed at most. */
const MAX_HOLDERS = 4;

/**
 * The calls that send requests without a deadline by a client that is written down as a literal: through the variable or field that
 * holds it, or at once. Undefined when it goes out of sight, or its `Timeout` or `Transport` is set later; that callers may set
 * another `Transport` does not count.
 */
export function requestsWithoutDeadline(analysis: Analysis, unit: DeclUnit, client: Expr): Sent[] | undefined {
  return new Requests(analysis, unit, client).from(unit, client, 0);
}

/** True for the request that a call sends when no context with a deadline can belong to it: it is made here, without any. */
export function sendsWithoutDeadline(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  const name = call.fun.kind === 'SelectorExpr' ? call.fun.sel.name : '';
  if (/^(?:Get|Head|Post|PostForm)$/.test(name)) return true;
  const request = name === 'Do' && call.args[0] ? unparen(call.args[0]) : undefined;
  if (request?.kind !== 'Ident' || !request.obj) return false;
  const { obj } = request;
  if (obj.role !== 'local' || obj.addressTaken) return false;
  const parents = analysis.parents(unit);
  return [obj.declNode, ...obj.writes.map((w) => parents.get(w))].every((s) => isMadeWithout(analysis, unit, s, obj));
}

/** Where the request that `client.Do(req)` sends is made, when the variable gets it in its declaration. */
export function requestMadeAt({ call }: Sent): CallExpr | undefined {
  const request = call.args[0] && unparen(call.args[0]);
  const declared = request?.kind === 'Ident' ? request.obj?.declNode : undefined;
  const made = declared?.kind === 'AssignStmt' && declared.rhs[0] ? unparen(declared.rhs[0]) : undefined;
  return made?.kind === 'CallExpr' ? made : undefined;
}

/** `req, err := http.NewRequest(…)`, or with a context that never ends. */
function isMadeWithout(analysis: Analysis, unit: DeclUnit, stmt: Node | undefined, object: LocalObject): boolean {
  if (stmt?.kind === 'ValueSpec' && stmt.values.length === 0) return true;
  if (stmt?.kind !== 'AssignStmt' || stmt.rhs.length !== 1) return false;
  const [target] = stmt.lhs;
  const call = unparen(stmt.rhs[0] as Expr);
  if (target?.kind !== 'Ident' || target.obj !== object || call.kind !== 'CallExpr') return false;
  const { name } = analysis.callee(unit, call);
  if (name === 'net/http.NewRequest') return true;
  const [ctx] = call.args;
  return name === 'net/http.NewRequestWithContext' && ctx !== undefined && isRootContext(analysis, unit, ctx);
}

/**
 * True where the function that sends a request reads the answer bit by bit, which may take as long as it likes, or hands it to
 * somebody who may.
 */
export function isReadBitByBit(analysis: Analysis, { unit, call }: Sent): boolean {
  const func = enclosingFunc(analysis.parents(unit), call);
  if (!func) return false;
  return (
    /\bio\.Copy|\bbufio\.New|\.ReadFrom\(/.test(unit.text(func)) ||
    func.type.results.some((r) => /\.(?:Response|Reader|ReadCloser)$/.test(unit.text(r.type)))
  );
}

/** True when the package gives another value to a variable or field: `http.DefaultClient.Timeout = …`. */
export function assignsTo(unit: DeclUnit, name: string): boolean {
  return declarationsNaming(unit.pkg, name).some((member) => {
    const other = unit.pkg.unit(member);
    return (
      other.hasError ||
      nodesOfKind(other.decl, 'AssignStmt').some((s) => s.lhs.some((l) => namesIn(unparen(l)).includes(name)))
    );
  });
}

function namesIn(expr: Expr): string[] {
  return expr.kind === 'SelectorExpr' ? [expr.sel.name, ...namesIn(unparen(expr.x))] : [];
}

class Requests {
  constructor(
    private readonly analysis: Analysis,
    /** Where the client is made. */
    private readonly made: DeclUnit,
    private readonly client: Expr,
  ) {}

  /** Requests of what stands at a place: the client itself, or a mention of what holds it. */
  from(unit: DeclUnit, value: Node, depth: number): Sent[] | undefined {
    const parents = this.analysis.parents(unit);
    const [node, parent] = outwards(parents, value);
    switch (parent?.kind) {
      case 'SelectorExpr':
        return this.selected(unit, parent);
      case 'BinaryExpr':
        return [];
      case 'KeyValueExpr': {
        const owner = parent.value === node ? parents.get(parent) : undefined;
        const type = owner?.kind === 'CompositeLit' ? this.analysis.typeOf(unit, owner) : undefined;
        if (type?.kind !== 'named' || parent.key.kind !== 'Ident') return undefined;
        return this.ofMentions(fieldMentionsOf(this.analysis, unit, type, parent.key.name), depth);
      }
      case 'AssignStmt': {
        if (parent.lhs.includes(node as Expr)) return this.given(parent.rhs[parent.lhs.indexOf(node as Expr)]);
        const target =
          parent.lhs.length === parent.rhs.length ? parent.lhs[parent.rhs.indexOf(node as Expr)] : undefined;
        return target && this.ofMentions(ownMentions(this.analysis, unit, target), depth);
      }
      case 'ValueSpec': {
        const target = parent.names[parent.values.indexOf(node as Expr)];
        return target && this.ofMentions(ownMentions(this.analysis, unit, target), depth);
      }
      default:
        return undefined;
    }
  }

  private ofMentions(mentions: readonly OwnMention[] | undefined, depth: number): Sent[] | undefined {
    if (!mentions || depth > MAX_HOLDERS) return undefined;
    const found: Sent[] = [];
    for (const { unit, node, initial } of mentions) {
      const sent = initial ? this.given(initial) : this.from(unit, node, depth + 1);
      if (!sent) return undefined;
      found.push(...sent);
    }
    return found;
  }

  /** Nothing is known of a variable that may hold other clients as well. */
  private given(value: Expr | 'zero' | undefined): Sent[] | undefined {
    if (value === 'zero') return [];
    const x = value && unparen(value);
    const inner = x?.kind === 'UnaryExpr' && x.op === '&' ? unparen(x.x) : x;
    return inner === this.client || (x && isNil(x)) ? [] : undefined;
  }

  private selected(unit: DeclUnit, selector: Expr & { kind: 'SelectorExpr' }): Sent[] | undefined {
    const { name } = selector.sel;
    if (/^(?:CheckRedirect|Jar|CloseIdleConnections)$/.test(name)) return [];
    if (name === 'Transport' && this.isOption(unit, selector)) return [];
    const call = this.analysis.parents(unit).get(selector);
    if (call?.kind !== 'CallExpr' || call.fun !== selector) return undefined;
    return sendsWithoutDeadline(this.analysis, unit, call) ? [{ unit, call }] : name === 'Do' ? [] : undefined;
  }

  /** True where a field is set by an exported function that only callers out of sight call: for others it stays as it was made. */
  private isOption(unit: DeclUnit, selector: Expr): boolean {
    const stmt = this.analysis.parents(unit).get(selector);
    const { decl } = unit;
    if (stmt?.kind !== 'AssignStmt' || !stmt.lhs.includes(selector) || unit === this.made) return false;
    if (decl.kind !== 'FuncDecl' || !isExported(decl.name.name) || unit.pkg.name === 'main') return false;
    return mentionsOf(this.analysis, unit, decl).every((m) => m.unit.file.isTest);
  }
}

/** The outermost expression that is the same value or a pointer to it, with what is around that. */
function outwards(parents: ParentMap, value: Node): [Node, Node | undefined] {
  let node = value;
  let parent = parents.get(node);
  while (parent?.kind === 'ParenExpr' || (parent?.kind === 'UnaryExpr' && parent.op === '&'))
    [node, parent] = [parent, parents.get(parent)];
  return [node, parent];
}

/** True for `http.Client{…}` without a limit of its own, neither for the whole nor in a transport. */
export function isUnlimitedClient(analysis: Analysis, unit: DeclUnit, lit: Expr): boolean {
  if (lit.kind !== 'CompositeLit' || !isNamed(analysis.typeOf(unit, lit), 'net/http', 'Client')) return false;
  return lit.elts.every((e) => {
    if (e.kind !== 'KeyValueExpr' || e.key.kind !== 'Ident' || e.key.name === 'Timeout') return false;
    return e.key.name !== 'Transport' || isUnlimitedTransport(analysis, unit, e.value);
  });
}

/** A transport written down beside the client that limits neither the wait for headers nor what its connections do. */
function isUnlimitedTransport(analysis: Analysis, unit: DeclUnit, expr: Expr): boolean {
  const x = unparen(expr);
  const lit = x.kind === 'UnaryExpr' && x.op === '&' ? unparen(x.x) : x;
  if (isNil(x)) return true;
  if (lit.kind !== 'CompositeLit' || !isNamed(analysis.typeOf(unit, lit), 'net/http', 'Transport')) return false;
  return lit.elts.every(
    (e) => e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' && !/Dial|^ResponseHeaderTimeout$/.test(e.key.name),
  );
}
