/** Where each snippet is meant to be used: its surroundings, and what they have to import and declare. */
import { expand, type Snippet } from './snippet-text.ts';

export interface Place {
  imports: string[];
  /** Declarations of the names the snippet's placeholders use. */
  declarations?: string;
  /** Header of the function the snippet stands in; absent for a snippet that is a declaration. */
  within?: string;
  /** Last statement of that function. */
  end?: string;
}

const process = 'func process(ctx context.Context, item string) error { return ctx.Err() }';
const handle = 'type Job struct{}\n\nfunc handle(ctx context.Context, job Job) {}';
const work = 'func work(ctx context.Context) {}';
const print = 'func process(item string) {}';
const use = 'func use(value int) {}';

export const PLACES: Record<string, Place> = {
  'errgroup with context': {
    imports: ['context', 'golang.org/x/sync/errgroup'],
    declarations: process,
    within: 'func all(ctx context.Context, items []string) error',
    end: 'return nil',
  },
  'bounded worker pool': {
    imports: ['context', 'sync'],
    declarations: handle,
    within: 'func run(ctx context.Context, pending []Job)',
  },
  'ticker loop with context': {
    imports: ['context', 'time'],
    declarations: work,
    within: 'func loop(ctx context.Context) error',
  },
  'graceful shutdown': {
    imports: ['context', 'net/http', 'os', 'os/signal', 'syscall', 'time'],
    within: 'func serve(handler http.Handler) error',
  },
  'WaitGroup with deferred Done': {
    imports: ['sync'],
    declarations: print,
    within: 'func all(items []string)',
  },
  'WaitGroup.Go': { imports: ['sync'], declarations: print, within: 'func all(items []string)' },
  'pprof on a private listener': { imports: ['context', 'errors', 'net/http', 'net/http/pprof', 'time'] },
  'leak check in TestMain': { imports: ['testing', 'go.uber.org/goleak'] },
  'select with context': {
    imports: ['context'],
    declarations: use,
    within: 'func receive(ctx context.Context, results <-chan int) error',
    end: 'return nil',
  },
  'context with timeout': {
    imports: ['context', 'time'],
    within: 'func wait(ctx context.Context) error',
    end: '<-ctx.Done()\n\treturn ctx.Err()',
  },
};

/** A Go file that uses the snippet as it comes. */
export function fileWith(snippet: Snippet, { imports, declarations, within, end }: Place, packageName: string): string {
  const isStandard = (path: string) => !path.split('/')[0]!.includes('.');
  const group = (paths: string[]) => paths.map((path) => `\t"${path}"`).join('\n');
  const groups = [imports.filter(isStandard), imports.filter((path) => !isStandard(path))].filter(
    ({ length }) => length,
  );
  const header = imports.length === 1 ? `import "${imports[0]}"` : `import (\n${groups.map(group).join('\n\n')}\n)`;
  const indent = (text: string) => text.replace(/^(?=.)/gm, '\t');
  const text = expand(snippet);
  const tail = end === undefined ? '' : `\n\t${end}`;
  const code = within === undefined ? text : `${within} {\n${indent(text)}${tail}\n}`;
  return [`package ${packageName}`, header, ...(declarations ? [declarations] : []), code].join('\n\n') + '\n';
}
