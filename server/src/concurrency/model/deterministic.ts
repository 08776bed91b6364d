/** Functions whose result depends on nothing but their arguments: called with the same ones, they give the same. */
import type { Analysis } from '../../golang/analysis.ts';
import type { Callee, VisibleFunc } from '../../golang/callee.ts';
import { type Answer, answered } from '../../golang/reads.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { find } from '../../golang/walk.ts';
import type { FuncDecl, Node } from '../../syntax/ast.ts';
import { isPlain } from './shapes.ts';

/** Functions and methods of the standard library that compute with what they are given. */
const COMPUTING =
  /^(?:bytes|cmp|crypto\/(?:md5|sha\d+)|encoding\/(?:base32|base64|binary|hex)|hash(?:\/\w+)?|html|math(?:\/bits)?|net\/url|path(?:\/filepath)?|slices|sort|strconv|strings|unicode(?:\/utf8)?)\.|^errors\.New$|^fmt\.(?:Sprint|Errorf|Fprint)|^io\.(?:Writer\.Write|WriteString)$/;

/** Of these packages some functions look at the machine. */
const LOOKING = /^path\/filepath\.(?:Abs|EvalSymlinks|Glob|Walk\w*)$/;

/** Tells functions that take and give numbers, strings and truth values alone, and look at nothing else: no variable of a package, no clock. */
export class Deterministic {
  private readonly known = new Map<FuncDecl, Answer<boolean>>();

  constructor(private readonly analysis: Analysis) {}

  function({ unit, decl }: VisibleFunc): boolean {
    if (!decl.body || unit.hasError || !this.isOfPlainValues(unit, decl)) return false;
    const { body } = decl;
    return answered(this.known, decl, true, () => !find(body, (n) => this.looksElsewhere(unit, n)));
  }

  private isOfPlainValues(unit: DeclUnit, { recv, type }: FuncDecl): boolean {
    const { types } = this.analysis;
    const { params, results, variadic } = types.signature(unit, type);
    if (variadic || results.length !== 1 || type.typeParams.length > 0) return false;
    return [...params, ...results, ...(recv ? [types.resolve(unit, recv.type)] : [])].every((t) => isPlain(types, t));
  }

  private looksElsewhere(unit: DeclUnit, n: Node): boolean {
    const { analysis } = this;
    switch (n.kind) {
      case 'GoStmt':
      case 'SendStmt':
      case 'SelectStmt':
      case 'DeferStmt':
      case 'FuncLit':
        return true;
      case 'UnaryExpr':
        return n.op === '<-';
      case 'RangeStmt':
        // Maps are gone through in any order.
        return !/^(?:basic|slice|array)$/.test(analysis.types.underlying(analysis.typeOf(unit, n.x)).kind);
      case 'Ident': {
        const d = n.obj || n.name === '_' ? undefined : analysis.types.denotes(unit, n);
        return d?.kind === 'member' && d.member.declaration.tok === 'var';
      }
      case 'CallExpr':
        return !this.computes(analysis.callee(unit, n));
      default:
        return false;
    }
  }

  private computes({ kind, name, own }: Callee): boolean {
    if (kind === 'builtin' || kind === 'conversion') return name !== 'recover';
    if (kind !== 'func' && kind !== 'method') return false;
    return own ? this.function(own) : COMPUTING.test(name) && !LOOKING.test(name);
  }
}
