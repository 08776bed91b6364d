/** Which function a call runs. */
import type { CallExpr, Expr, FuncDecl, FuncLit, LocalObject, Node } from '../syntax/ast.ts';
import { type ApiFact, apiFact } from './api/facts.ts';
import { spend } from './effort.ts';
import type { GoPackage, PackageMember } from './package.ts';
import { returnsByText } from './returns-by-text.ts';
import type { TypeInfo } from './type-info.ts';
import { deref, isErrorType, type Type } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { unparen } from './walk.ts';

/** A function or method with a body that can be read. */
export interface VisibleFunc {
  unit: DeclUnit;
  decl: FuncDecl;
}

export interface Callee {
  kind: 'func' | 'method' | 'builtin' | 'conversion' | 'literal' | 'value' | 'unknown';
  /** `net/http.Get`, `database/sql.DB.Query`, or a builtin's name; empty when unknown. */
  name: string;
  /** Receiver expression of a method call. */
  recv?: Expr;
  /** True for a call through an interface. */
  dynamic?: boolean;
  /** The declaration with its body, when it is in the workspace. */
  readonly visible?: VisibleFunc;
  /** The same, when it is part of what is analysed. */
  readonly own?: VisibleFunc;
  /** The same, unless the text of the body tells that it returns. */
  readonly visibleUnlessReturns?: VisibleFunc;
  /** All declarations one of which is called, where there are several in files for different platforms. */
  readonly twins?: readonly VisibleFunc[];
  /** The literal that runs: called directly, or the only value ever assigned to a local variable. */
  literal?: FuncLit;
  /** Signature, when known. */
  readonly signature?: Type;
  fact?: ApiFact;
}

const UNKNOWN_CALLEE: Callee = { kind: 'unknown', name: '' };

/** The callee of `call`; `kind: 'unknown'` when it cannot be told. */
export function calleeOf(info: TypeInfo, unit: DeclUnit, call: CallExpr): Callee {
  let fun = unparen(call.fun);
  if (fun.kind === 'FuncLit') return { kind: 'literal', name: '', literal: fun };
  if (fun.kind === 'IndexExpr') {
    const x = unparen(fun.x);
    if (x.kind === 'Ident' || x.kind === 'SelectorExpr') fun = x;
  }
  if (info.isTypeExpr(unit, fun)) return { kind: 'conversion', name: '' };
  if (fun.kind === 'Ident') {
    if (fun.obj) {
      const literal = onlyLiteral(fun.obj);
      return { kind: 'value', name: '', literal, signature: info.typeOf(unit, fun) };
    }
    const d = info.denotes(unit, fun);
    if (d?.kind === 'builtin') return { kind: 'builtin', name: fun.name };
    if (d?.kind !== 'member') return UNKNOWN_CALLEE;
    if (d.member.declaration.tok !== 'func') return { kind: 'value', name: '' };
    return new NamedCallee(info, 'func', `${d.pkg.path}.${fun.name}`, d.pkg, d.member, {
      signatureOf: () => info.typeOf(unit, fun),
    });
  }
  if (fun.kind !== 'SelectorExpr') return UNKNOWN_CALLEE;
  const s = info.members.selector(unit, fun);
  if (!s) {
    // A method of a type whose package is not visible is still known by name.
    const t = deref(info.typeOf(unit, fun.x));
    if (t.kind === 'named' && !info.members.typeSpec(t) && t.pkg !== '')
      return new NamedCallee(info, 'method', `${t.pkg}.${t.name}.${fun.sel.name}`, undefined, undefined, {
        recv: fun.x,
      });
    return UNKNOWN_CALLEE;
  }
  switch (s.kind) {
    case 'package': {
      if (s.member && s.member.declaration.tok !== 'func') return { kind: 'value', name: '', signature: s.type };
      return new NamedCallee(info, 'func', `${s.path}.${s.name}`, s.pkg, s.member, {
        signatureOf: () => s.type,
      });
    }
    case 'method': {
      // T.Method(x, …): the receiver is the first argument, which nobody below reckons with.
      if (info.isTypeExpr(unit, fun.x)) return UNKNOWN_CALLEE;
      const name = s.owner.pkg ? `${s.owner.pkg}.${s.owner.name}.${s.name}` : `${s.owner.name}.${s.name}`;
      return new NamedCallee(info, 'method', name, s.pkg, s.member, {
        recv: fun.x,
        dynamic: s.dynamic,
        signatureOf: () => s.type,
      });
    }
    case 'field':
      return { kind: 'value', name: '', signature: s.type };
  }
}

/** A function or method known by name. A class, because there is one for nearly every call of the code analysed. */
class NamedCallee implements Callee {
  readonly recv?: Expr;
  readonly dynamic?: boolean;
  private readonly signatureOf?: () => Type;
  readonly fact?: ApiFact;

  constructor(
    private readonly info: TypeInfo,
    readonly kind: 'func' | 'method',
    readonly name: string,
    private readonly pkg: GoPackage | undefined,
    private readonly member: PackageMember | undefined,
    { recv, dynamic, signatureOf }: Pick<Callee, 'recv' | 'dynamic'> & { signatureOf?: () => Type },
  ) {
    this.recv = recv;
    this.dynamic = dynamic;
    this.signatureOf = signatureOf;
    const { own } = info.program;
    this.fact = own ? own.factOf(name) : apiFact(name);
  }

  /** Few questions about a callee are about its signature, whose types would have to be found. */
  get signature(): Type | undefined {
    return this.signatureOf?.();
  }

  /** Most questions about a callee need no look into its body, which would have to be parsed. */
  get visible(): VisibleFunc | undefined {
    return this.pkg && this.member ? visibleFunc(this.info, this.pkg, this.member) : undefined;
  }

  get own(): VisibleFunc | undefined {
    return this.pkg?.origin === 'own' ? this.visible : undefined;
  }

  /** Most functions return, and need not be parsed to see that. */
  get visibleUnlessReturns(): VisibleFunc | undefined {
    return this.member && returnsByText(this.member) ? undefined : this.visible;
  }

  get twins(): readonly VisibleFunc[] | undefined {
    const { pkg, member } = this;
    if (!pkg || !member?.twins) return undefined;
    const { file, declaration } = member;
    return [{ file, declaration }, ...member.twins].flatMap((m) => visibleFunc(this.info, pkg, m) ?? []);
  }
}

/**
 * True for `c.Fatal(…)`, `c.Panic(…)` and the like where nothing is seen of the type of `c`: most functions of that name end the
 * process or the test.
 */
export function mayBeFatal(call: CallExpr, callee: Callee): boolean {
  const fun = unparen(call.fun);
  if (fun.kind !== 'SelectorExpr' || !/^(?:(?:Fatal|Panic)(?:f|ln|w)?|FailNow)$/.test(fun.sel.name)) return false;
  return callee.kind !== 'value' && callee.kind !== 'conversion' && callee.signature?.kind !== 'func';
}

function visibleFunc(info: TypeInfo, pkg: GoPackage, member: PackageMember): VisibleFunc | undefined {
  return pkg.isStub || member.declaration.body < 0 ? undefined : info.declarationOf(pkg, member);
}

/** The function literal a local variable always holds: assigned once, at its declaration or right after `var f func()`. */
export function onlyLiteral(object: LocalObject): FuncLit | undefined {
  const d = object.declNode;
  if (d.kind !== 'AssignStmt' && d.kind !== 'ValueSpec') return undefined;
  const targets: readonly Expr[] = d.kind === 'AssignStmt' ? d.lhs : d.names;
  const values = d.kind === 'AssignStmt' ? d.rhs : d.values;
  if (object.addressTaken || object.writes.length > 0 || targets.length !== values.length) return undefined;
  const value = values[targets.indexOf(object.decl)];
  const x = value && unparen(value);
  return x?.kind === 'FuncLit' ? x : undefined;
}

/** Index of the parameter that takes an argument; all arguments of a variadic parameter have its index. */
export function parameterIndex(callee: Callee, call: CallExpr, arg: Node): number {
  spend(call.args.length);
  const index = call.args.findIndex((a) => a === arg);
  const t = callee.signature;
  return t?.kind === 'func' && t.variadic ? Math.min(index, t.params.length - 1) : index;
}

/** `s.probe()` of a field: a function that gives something else than an error is no end of anything. */
export function asksFunction(info: TypeInfo, { kind, signature }: Callee): boolean {
  const type = kind === 'value' && signature ? info.underlying(signature) : undefined;
  return type?.kind === 'func' && type.results.some((t) => !isErrorType(t));
}
