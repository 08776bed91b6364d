import assert from 'node:assert/strict';
import type { ImmediateFileSystem } from '../../src/workspace/file-system.ts';
import { Configs } from '../../src/workspace/config.ts';
import { LocalAnalyzer } from '../../src/workspace/local-analyzer.ts';
import { dirname } from '../../src/workspace/paths.ts';
import { scan } from '../../src/workspace/scan.ts';
import { ImportedFiles } from '../../src/workspace/workspace-imports.ts';
import { engineWith } from '../engine/support.ts';
import { MemoryFileSystem } from './memory-file-system.ts';

const MODULES = [
  { path: 'example.com/a', directory: '/w/a' },
  { path: 'example.com/a/inner', directory: '/elsewhere' },
];

/** One that can be read at once. */
class ImmediateMemory extends MemoryFileSystem {
  readonly immediate: ImmediateFileSystem;

  constructor(private readonly texts: Record<string, string>) {
    super(texts);
    this.immediate = {
      readFile: (path) => {
        this.reads.push(path);
        const text = this.texts[path];
        if (text === undefined || text === 'unreadable') throw new Error(path);
        return new TextEncoder().encode(text);
      },
      readDirectory: (path) => {
        const inside = Object.keys(this.texts).filter((p) => dirname(p) === path);
        if (inside.length === 0) throw new Error(path);
        return inside.map((p) => ({ name: p.slice(path.length + 1), type: 'file' }));
      },
    };
  }
}

describe('files of imported packages', () => {
  const TEXTS = {
    '/w/a/a.go': 'package a',
    '/w/a/sub/b.go': 'package sub',
    '/w/a/sub/a.go': 'package sub',
    '/w/a/sub/a_test.go': 'package sub',
    '/w/a/sub/_x.go': 'package sub',
    '/w/a/sub/c.go': 'unreadable',
    '/elsewhere/deep/i.go': 'package deep',
    '/w/secret/s.go': 'package secret',
  };
  const paths = (files: readonly { path: string }[] | undefined): string[] | undefined =>
    files?.map(({ path }) => path);

  it('are those of the directory that the nearest module says, without tests', () => {
    const { files } = new ImportedFiles(new ImmediateMemory(TEXTS)).from(MODULES);
    assert.deepEqual(paths(files('example.com/a')), ['/w/a/a.go']);
    assert.deepEqual(paths(files('example.com/a/sub')), ['/w/a/sub/a.go', '/w/a/sub/b.go']);
    assert.deepEqual(paths(files('example.com/a/inner/deep')), ['/elsewhere/deep/i.go']);
  });

  it('are not there for other modules, missing folders and paths that lead out of a module', () => {
    const { files } = new ImportedFiles(new ImmediateMemory(TEXTS)).from(MODULES);
    for (const path of [
      'example.com/ab',
      'net/http',
      'example.com/a/none',
      'example.com/a/../secret',
      'example.com/a/./sub',
    ])
      assert.equal(files(path), undefined, path);
  });

  it('are read once, until they are forgotten', () => {
    const fs = new ImmediateMemory(TEXTS);
    const imported = new ImportedFiles(fs);
    const first = imported.from(MODULES).files('example.com/a');
    assert.equal(imported.from(MODULES).files('example.com/a'), first);
    assert.deepEqual(fs.reads, ['/w/a/a.go']);
    assert.equal(imported.forget('/w/a'), true);
    assert.equal(imported.forget('/w/a'), false);
    assert.notEqual(imported.from(MODULES).files('example.com/a'), first);
  });

  it('are not kept without bound', () => {
    const text = `package x // ${'x'.repeat(500_000)}`;
    const fs = new ImmediateMemory(Object.fromEntries([...'abcdefghij'].map((c) => [`/w/a/${c}/x.go`, text])));
    const { files } = new ImportedFiles(fs).from(MODULES);
    const first = files('example.com/a/a');
    for (const c of 'bcde') files(`example.com/a/${c}`);
    assert.equal(files('example.com/a/a'), first);
    for (const c of 'fghij') files(`example.com/a/${c}`);
    // What was asked for last is kept, what was not for longest goes.
    assert.equal(files('example.com/a/a'), first);
    files('example.com/a/b');
    assert.equal(fs.reads.filter((path) => path === '/w/a/a/x.go').length, 1);
    assert.equal(fs.reads.filter((path) => path === '/w/a/b/x.go').length, 2);
  });

  it('say what they import, read to their first declaration', () => {
    const license = '// A license.\n'.repeat(400);
    const fs = new ImmediateMemory({
      '/w/a/x/a.go': `package x\nimport "net/http"\nfunc f() {}\nimport "late"\n`,
      '/w/a/x/b.go': `${license}package x\nimport (\n\t"io"\n\tq "example.com/q"\n)\nvar v = "os"\n`,
      '/w/a/x/b_test.go': 'package x\nimport "testing"\n',
    });
    const imported = new ImportedFiles(fs);
    const { importsOf } = imported.from(MODULES);
    const imports = importsOf('example.com/a/x');
    assert.deepEqual([...(imports ?? [])].sort(), ['example.com/q', 'io', 'net/http']);
    assert.equal(importsOf('example.com/a/x'), imports);
    assert.equal(imported.forget('/w/a/x'), true);
    assert.notEqual(importsOf('example.com/a/x'), imports);
    assert.equal(importsOf('net/http'), undefined);
  });

  it('come later where they cannot be read at once', async () => {
    const imported = new ImportedFiles(
      new MemoryFileSystem({ '/w/a/sub/b.go': 'package sub' }),
      (path) => `mem:${path}`,
    );
    const { files } = imported.from(MODULES);
    assert.equal(files('example.com/a/sub'), undefined);
    assert.equal(files('example.com/a/none'), undefined);
    assert.equal(await imported.load(), true);
    assert.deepEqual(paths(files('example.com/a/sub')), ['mem:/w/a/sub/b.go']);
    assert.equal(files('example.com/a/none'), undefined);
    assert.equal(await imported.load(), false);
  });
});

describe('a scan across packages', () => {
  const FILES = {
    '/w/go.work': 'go 1.22\nuse (\n ./app\n ./lib\n)\n',
    '/w/app/go.mod': 'module example.com/app\ngo 1.22\n',
    '/w/app/main.go': `package app

import (
	"net/http"

	"example.com/lib/help"
)

func fetch(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	return help.Check(resp)
}
`,
    '/w/lib/go.mod': 'module example.com/lib\ngo 1.22\n',
    '/w/lib/help/help.go':
      'package help\n\nimport "example.com/lib/deep"\n\nvar Check = deep.Check\n\ntype Closer = deep.Closer\n',
    '/w/lib/deep/deep.go':
      'package deep\n\nimport "net/http"\n\ntype Closer struct{}\n\nfunc Check(r *http.Response) error { println(r.Status); return nil }\n',
  };

  async function found(fs: MemoryFileSystem): Promise<string[]> {
    const lines: string[] = [];
    const configs = new Configs(fs, [{ id: 'response-body-not-closed' }]);
    const adjust = (config: Awaited<ReturnType<Configs['forDirectory']>>) => ({
      ...config,
      levels: { 'client-without-timeout': 'off' as const },
    });
    const analyzer = new LocalAnalyzer(fs, await engineWith());
    await scan(['/w'], { fs, configs, analyzer, adjust, locale: 'en' }, ({ path, findings }) => {
      for (const f of findings) lines.push(`${path}:${f.range.start.line + 1} ${f.rule}`);
    });
    return lines;
  }

  const direct = {
    ...FILES,
    '/w/app/main.go': FILES['/w/app/main.go'].replace('lib/help"', 'lib/deep"').replace('help.', 'deep.'),
  };
  const EXPECTED = ['/w/app/main.go:10 response-body-not-closed'];

  it('sees the modules of a go.work', async () => assert.deepEqual(await found(new ImmediateMemory(direct)), EXPECTED));

  it('finds the same where files cannot be read at once', async () =>
    assert.deepEqual(await found(new MemoryFileSystem(direct)), EXPECTED));

  it('says nothing of functions that are kept in variables', async () =>
    assert.deepEqual(await found(new MemoryFileSystem(FILES)), []));
});
