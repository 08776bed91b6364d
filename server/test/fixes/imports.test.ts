import assert from 'node:assert/strict';
import { importEdits } from '../../src/fixes/add-import.ts';
import { replaceExprs } from '../../src/fixes/replace-expr.ts';
import { check, subject, type Subject } from './support.ts';

const TAIL = '\nfunc f() {\n}\n';
const add = (path: string) => (s: Subject) => importEdits(s.file, path)?.edits;
const imports = (before: string, path: string, after: string | undefined) =>
  check(`package p\n${before}${TAIL}`, add(path), after === undefined ? undefined : `package p\n${after}${TAIL}`);

describe('importEdits', () => {
  it('adds an import after the package clause', () => {
    imports('', 'context', '\nimport "context"\n');
    check(
      '// Package p.\npackage p // p\n\nvar x int\n',
      add('time'),
      '// Package p.\npackage p // p\n\nimport "time"\n\nvar x int\n',
    );
  });

  it('makes a group of a single import', () => {
    imports('\nimport "fmt"\n', 'context', '\nimport (\n\t"context"\n\t"fmt"\n)\n');
    imports('\nimport "fmt" // print\n', 'time', '\nimport (\n\t"fmt" // print\n\t"time"\n)\n');
    imports('\nimport "a.b/c"\n', 'time', '\nimport (\n\t"time"\n\n\t"a.b/c"\n)\n');
    imports('\nimport "fmt"\n', 'a.b/c', '\nimport (\n\t"fmt"\n\n\t"a.b/c"\n)\n');
  });

  it('sorts it into the block of its kind', () => {
    const group = (...lines: string[]) => `\nimport (\n${lines.map((l) => (l ? `\t${l}\n` : '\n')).join('')})\n`;
    imports(group('"bytes"', '"fmt"'), 'context', group('"bytes"', '"context"', '"fmt"'));
    imports(group('"fmt"', '"time"', '', '"a.b/c"'), 'context', group('"context"', '"fmt"', '"time"', '', '"a.b/c"'));
    imports(group('"fmt"', '', '"a.b/c"'), 'time', group('"fmt"', '"time"', '', '"a.b/c"'));
    imports(group('"a.b/c"'), 'time', group('"time"', '', '"a.b/c"'));
    imports(group('"fmt"'), 'golang.org/x/sync/errgroup', group('"fmt"', '', '"golang.org/x/sync/errgroup"'));
    imports(
      group('"fmt"', '', '"a.b/c"', '', '"golang.org/x/net/html"'),
      'golang.org/x/sync/errgroup',
      group('"fmt"', '', '"a.b/c"', '', '"golang.org/x/net/html"', '"golang.org/x/sync/errgroup"'),
    );
    imports(group('// std', '"fmt"'), 'context', group('// std', '"context"', '"fmt"'));
    imports(group('// files', '_ "embed"'), 'context', group('"context"', '// files', '_ "embed"'));
    imports(group(), 'context', group('"context"'));
  });

  it('stays away from the preamble of import "C"', () =>
    imports('\n// #include <a.h>\nimport "C"\n', 'context', '\n// #include <a.h>\nimport "C"\n\nimport "context"\n'));

  it('uses the import that is there, under its alias', () => {
    const s = subject(`package p\n\nimport ctxpkg "context"\n${TAIL}`);
    assert.deepEqual(importEdits(s.file, 'context'), { edits: [], name: 'ctxpkg' });
  });

  it('adds a named import beside a blank one', () =>
    imports('\nimport _ "embed"\n', 'embed', '\nimport (\n\t"embed"\n\t_ "embed"\n)\n'));

  it('declines when the name is taken or hidden', () => {
    imports('\nimport "golang.org/x/net/context"\n', 'context', undefined);
    imports('\nvar context = 1\n', 'context', undefined);
    const s = subject('package p\n\nimport "context"\n\nfunc f(context int) {\n\tg()\n}\n');
    assert.equal(importEdits(s.file, 'context', { unit: s.unit, node: s.node('ExprStmt') }), undefined);
  });
});

describe('replaceExprs', () => {
  const body = 'func f(ctx context.Context) {\n\tg(context.Background())\n}\n';
  const replace = (s: Subject) => replaceExprs(s.unit, [s.node('CallExpr', 'context.Background')], 'ctx');

  it('keeps an import that is still used', () =>
    check(
      `package p\n\nimport "context"\n\n${body}`,
      replace,
      `package p\n\nimport "context"\n\n${body.replace('context.Background()', 'ctx')}`,
    ));

  it('removes an import it was the last user of', () => {
    const lone = (imports: string, call: string) =>
      `package p\n\n${imports}// context.TODO is not code\nfunc f(r *http.Request) {\n\tg(${call}, "context.")\n}\n`;
    const request = (s: Subject) => replaceExprs(s.unit, [s.node('CallExpr', 'context.Background')], 'r.Context()');
    const call = 'context.Background()';
    check(lone('import "context"\n\n', call), request, lone('', 'r.Context()'));
    check(
      lone('import (\n\t"context"\n\t"net/http"\n)\n\n', call),
      request,
      lone('import (\n\t"net/http"\n)\n\n', 'r.Context()'),
    );
    check(
      lone('import (\n\t"context"\n\n\t"net/http"\n)\n\n', call),
      request,
      lone('import (\n\t"net/http"\n)\n\n', 'r.Context()'),
    );
  });
});
