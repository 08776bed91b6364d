/** Findings kept between versions: what is found is what a fresh engine finds, and rules do not look again without need. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { EngineSettings, GoFile } from '../../src/engine/api.ts';
import type { GoEngine } from '../../src/engine/engine.ts';
import type { RuleContext } from '../../src/rules/context.ts';
import { RULES } from '../../src/rules/registry.ts';
import { programs } from '../concurrency/programs.ts';
import { type Edit, edited, someEdits } from './edits.ts';
import { engineWith, SETTINGS, summary } from './support.ts';

const FIXTURES = fileURLToPath(new URL('../../../test-fixtures/rules', import.meta.url));
/** Every rule, whatever the Go version says. */
const ALL: EngineSettings = {
  ...SETTINGS,
  levels: Object.fromEntries(RULES.map(({ meta }) => [meta.id, 'warning'])),
};

/** The Go files of all directories below one, by directory. */
function packagesBelow(directory: string): GoFile[][] {
  const entries = readdirSync(directory, { withFileTypes: true });
  const own = entries.flatMap((entry) => {
    if (!entry.isFile() || !entry.name.endsWith('.go')) return [];
    const path = join(directory, entry.name);
    return [{ path, text: readFileSync(path, 'utf8') }];
  });
  const below = entries.flatMap((e) => (e.isDirectory() ? packagesBelow(join(directory, e.name)) : []));
  return own.length > 0 ? [own, ...below] : below;
}

/** Everything an engine says of the files of a package. */
function said(engine: GoEngine, files: GoFile[], settings: EngineSettings, goVersion: string): string {
  return JSON.stringify(engine.analyze({ files, importPath: 'm/p', goVersion }, settings), undefined, 1);
}

/** Makes edits and compares an engine that has seen all versions with a fresh one for each. */
async function compare(
  original: GoFile[],
  edits: readonly Edit[],
  settings: EngineSettings,
  goVersion: string,
): Promise<void> {
  const engine = await engineWith(RULES, { incremental: true });
  said(engine, original, settings, goVersion);
  let files = original;
  for (const edit of edits) {
    files = edited(files, original, edit);
    const fresh = said(await engineWith(), files, settings, goVersion);
    assert.equal(said(engine, files, settings, goVersion), fresh);
  }
}

const CODE = `package p

import (
	"context"
	"net/http"
	"sync"
)

type Store struct {
	a, b sync.Mutex
}

func fetch(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	return finish(resp)
}

func fetchAgain(url string) error {
	resp, err := http.Get(url)
	if err == nil {
		err = finish(resp)
	}
	return err
}

func finish(resp *http.Response) error {
	return shut(resp)
}

func shut(resp *http.Response) error {
	return resp.Body.Close()
}

func forgets(ctx context.Context) {
	ctx, _ = context.WithCancel(ctx)
	<-ctx.Done()
}

func (s *Store) Both() {
	s.a.Lock()
	s.b.Lock()
	s.b.Unlock()
	s.a.Unlock()
}

func (s *Store) Other() {
	s.b.Lock()
	s.b.Unlock()
}

func starts(jobs chan int) {
	go func() { jobs <- 1 }()
}

func plain() int {
	x := 1
	return x
}

func (s *Store) part() *Store {
	s.a.Lock()
	s.a.Unlock()
	return s
}

func (s *Store) uses() int {
	t := s.part()
	if t == nil {
		return 0
	}
	if t.idle() {
		return 1
	}
	t.free()
	return 2
}

func (s *Store) idle() bool { return false }
func (s *Store) free()      { s.a.Unlock() }
`;

/** Analyses the code, edits it and analyses it again: which functions rules look at then, and what they say. */
async function afterEdit(
  from: string,
  to: string,
  change: { settings?: EngineSettings; goVersion?: string } = {},
): Promise<{ looked: string[]; said: string[] }> {
  assert.ok(CODE.includes(from), from);
  const looked = new Set<string>();
  const counting = RULES.map((rule) => ({
    ...rule,
    ...(rule.check && {
      check: (context: RuleContext): void => {
        looked.add(context.unit.declaration.names.join());
        rule.check?.(context);
      },
    }),
  }));
  const engine = await engineWith(counting, { incremental: true });
  engine.analyze({ files: [{ path: '/p/a.go', text: CODE }], goVersion: '1.26' }, SETTINGS);
  assert.ok(looked.size >= 6, [...looked].join());
  looked.clear();
  const files = [{ path: '/p/a.go', text: CODE.replace(from, to) }];
  const input = { files, goVersion: change.goVersion ?? '1.26' };
  const settings = change.settings ?? SETTINGS;
  const [result] = engine.analyze(input, settings);
  assert.deepEqual(result, (await engineWith()).analyze(input, settings)[0]);
  return { looked: [...looked], said: summary(result) };
}

const versions = fc.constantFrom('1.21', '1.26');

describe('findings kept between versions', function () {
  this.timeout(180_000);

  it('holds where nothing changes that it rests on', async () => {
    const { looked, said } = await afterEdit('	x := 1\n', '	x := 1\n	go plain()\n');
    assert.deepEqual(looked, ['plain']);
    assert.deepEqual(said, ['38 lost-cancel']);
  });

  it('moves findings, with their fixes, behind an edit in a line', async () => {
    const { looked, said } = await afterEdit('	return finish(resp)\n', '	return finish(resp) // closed there\n');
    assert.ok(!looked.includes('forgets'), looked.join());
    assert.deepEqual(said, ['38 lost-cancel']);
  });

  it('looks again where lines move on which a finding rests', async () => {
    const { looked, said } = await afterEdit('	return finish(resp)\n', '	// Closed there.\n	return finish(resp)\n');
    assert.ok(looked.includes('forgets'), looked.join());
    assert.deepEqual(said, ['39 lost-cancel']);
  });

  it('ends where a function changes that was read', async () => {
    const { looked, said } = await afterEdit('	return resp.Body.Close()\n', '	_ = resp.Status\n	return nil\n');
    // The second function was told what the first one had asked.
    assert.deepEqual(said, ['14 response-body-not-closed', '22 response-body-not-closed', '39 lost-cancel']);
    assert.ok(!looked.includes('starts'));
  });

  it('ends where locks are taken in another order', async () => {
    const { said } = await afterEdit(
      '	s.b.Lock()\n	s.b.Unlock()\n}',
      '	s.b.Lock()\n	s.a.Lock()\n	s.a.Unlock()\n	s.b.Unlock()\n}',
    );
    assert.ok(
      said.some((text) => text.endsWith('lock-order')),
      said.join(),
    );
  });

  it('ends where a function that is called returns with the lock held from now on', async () => {
    const { said } = await afterEdit('	s.a.Unlock()\n	return s\n', '	return s\n');
    assert.deepEqual(said, ['38 lost-cancel', '69 missing-unlock']);
  });

  it('ends where a function begins to give what its callers have to call, or to end', async () => {
    const before = `package p

import "sync"

func watch(hits *int) (stop func()) {
	return func() {}
}

func use(hits *int, isShort bool) {
	stop := watch(hits)
	if isShort {
		return
	}
	stop()
}

type Shelf struct {
	mu    sync.Mutex
	books []string
}

type Loan struct{ shelf *Shelf }

func (s *Shelf) Begin() *Loan {
	return &Loan{shelf: s}
}

func (l *Loan) End() { l.shelf.mu.Unlock() }

func lend(s *Shelf, isShort bool) {
	loan := s.Begin()
	if isShort {
		return
	}
	loan.End()
}
`;
    for (const [from, to, rule] of [
      [
        '	return func() {}\n',
        '	done := make(chan struct{})\n	go func() {\n		<-done\n	}()\n	return func() { close(done) }\n',
        'lost-cancel',
      ],
      ['	return &Loan{shelf: s}\n', '	s.mu.Lock()\n	return &Loan{shelf: s}\n', 'missing-unlock'],
    ] as const) {
      const engine = await engineWith(RULES, { incremental: true });
      const say = (text: string): string[] =>
        summary(engine.analyze({ files: [{ path: '/p/a.go', text }], goVersion: '1.26' }, SETTINGS)[0]);
      say(before);
      assert.ok(
        say(before.replace(from, to)).some((found) => found.endsWith(rule)),
        rule,
      );
    }
  });

  it('ends where a leak of the model shows', async () => {
    const { looked, said } = await afterEdit('	x := 1\n', '	x := 1\n	ch := make(chan int)\n	<-ch\n');
    assert.deepEqual(looked, []);
    assert.deepEqual(said, ['38 lost-cancel', '61 receive-without-sender']);
  });

  it('ends with other settings, another Go version, another import', async () => {
    for (const { from = '	x := 1\n', to = '	x := 2\n', ...change } of [
      { goVersion: '1.21' },
      { settings: { ...SETTINGS, levels: { 'lost-cancel': 'off' } } satisfies EngineSettings },
      { from: '	"sync"\n', to: '	"sync"\n	_ "time"\n' },
      { from: 'package p\n', to: '//go:build go1.20\n\npackage p\n' },
      { from: 'package p\n', to: '//go:build !go1.20\n\npackage p\n' },
    ]) {
      const { looked } = await afterEdit(from, to, change);
      assert.ok(looked.length >= 5, looked.join());
    }
  });

  it('is not what a suppressed finding is', async () => {
    const { said } = await afterEdit('func forgets', '//hygiene:ignore lost-cancel on purpose\nfunc forgets');
    assert.deepEqual(said, ['(39 lost-cancel: hygiene on purpose)']);
  });

  it('hides nothing a fresh engine finds in the fixtures of the rules, after any edits', async () => {
    const packages = packagesBelow(FIXTURES);
    assert.ok(packages.length > 25);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...packages),
        someEdits,
        fc.constantFrom(SETTINGS, ALL),
        versions,
        (files, edits, settings, goVersion) => compare(files, edits, settings, goVersion),
      ),
      { numRuns: 100 },
    );
  });

  it('hides nothing in concurrent programs', async () => {
    const texts = programs().map(({ directory, file }) => readFileSync(join(directory, file), 'utf8'));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...texts), someEdits, (text, edits) =>
        compare([{ path: '/p/a.go', text }], edits, SETTINGS, '1.26'),
      ),
      { numRuns: 60 },
    );
  });
});
