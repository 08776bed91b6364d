/** Calls that log: they get a context for what it carries, and do not wait for its end. */
import type { CallExpr, Node } from '../syntax/ast.ts';
import type { ParentMap } from './parents.ts';
import { calledName, unparen } from './walk.ts';

/** Last elements of import paths under which logging libraries are known. */
const PACKAGE =
  /(?:^|\/)(?:[cghksxz]?log|hclog|zerolog|log15|ctxlog|ctxzap|logr|logrus|logging|logger|zap)(?:\/v\d+)?(?:\.v\d+)?$/;
/** `Logger`, and names of one's own that end so. */
const TYPE = /logger$/i;
/** `LogSync` of a logger in the cloud waits for the network. */
const VERB =
  /^(?!\w*Sync)(?:[cglsv]|ctx|enabled|handle|(?:log|trace|debug|info|notice|warn(?:ing)?|err(?:or)?|fatal|panic|print|with|from)(?:f|ln|w|s|p|[A-Z]\w*)?)$/;
const LEVEL = /^(?:trace|debug|info|notice|warn(?:ing)?|error|print|log)(?:f|ln|w|s|[A-Z]\w*)?$/;

/**
 * True for a call that logs, asks a logger for its level, or makes a logger with which the same statement logs.
 * @param name the qualified name of what is called
 */
export function isLogging(parents: ParentMap, call: CallExpr, name: string): boolean {
  return isLogFunction(name) || isOfLogger(call) || logsWithResult(parents, call);
}

/** `internal.Logger.Printf`: known by the name of what holds the logger, which may be of an interface of one's own. */
function isOfLogger({ fun }: CallExpr): boolean {
  if (fun.kind !== 'SelectorExpr' || !VERB.test(uncapitalised(fun.sel.name))) return false;
  const x = unparen(fun.x);
  const holder = x.kind === 'SelectorExpr' ? x.sel.name : x.kind === 'Ident' ? x.name : '';
  return holder === 'log' || TYPE.test(holder);
}

/** `log/slog.Logger.Enabled`, `k8s.io/klog/v2.FromContext` */
function isLogFunction(name: string): boolean {
  const last = name.lastIndexOf('.');
  const owner = name.slice(0, last);
  if (last < 0 || !VERB.test(uncapitalised(name.slice(last + 1)))) return false;
  const [, pkg = owner, type = ''] = /^(.*)\.([^./]+)$/.exec(owner) ?? [];
  return TYPE.test(type) || PACKAGE.test(owner) || PACKAGE.test(pkg);
}

/** `logger(ctx).With("dir", dir).Info("opened")` */
function logsWithResult(parents: ParentMap, call: CallExpr): boolean {
  for (let from: CallExpr = call; ;) {
    const selector: Node | undefined = parents.get(from);
    const next: Node | undefined = selector && parents.get(selector);
    if (selector?.kind !== 'SelectorExpr' || next?.kind !== 'CallExpr' || next.fun !== selector) return false;
    const verb = uncapitalised(calledName(next));
    if (LEVEL.test(verb)) return next.args.length > 0 && parents.get(next)?.kind === 'ExprStmt';
    if (!/^(?:with(?:[A-Z]\w*)?|named?)$/.test(verb)) return false;
    from = next;
  }
}

function uncapitalised(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
