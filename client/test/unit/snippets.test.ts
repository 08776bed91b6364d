import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createEngine } from '../../../server/src/engine/engine.ts';
import { loadWasm } from '../../../server/test/support/wasm.ts';
import { Language, Parser } from 'web-tree-sitter';
import { readSnippets } from './snippet-text.ts';
import { PLACES, fileWith } from './snippet-places.ts';

/** The newest version a snippet asks for (`WaitGroup.Go`). */
const GO = { major: 1, minor: 25 };

/** Just enough of the two modules for the snippets to compile without a network. */
const STUBS = {
  'golang.org/x/sync': {
    file: 'errgroup/errgroup.go',
    text: `package errgroup

import "context"

type Group struct{}

func WithContext(ctx context.Context) (*Group, context.Context) { return &Group{}, ctx }
func (g *Group) SetLimit(n int)                                 {}
func (g *Group) Go(f func() error)                              {}
func (g *Group) Wait() error                                    { return nil }
`,
  },
  'go.uber.org/goleak': {
    file: 'goleak.go',
    text: 'package goleak\n\nimport "testing"\n\nfunc VerifyTestMain(m *testing.M) {}\n',
  },
};

const snippets = readSnippets();
const fileOf = (name: string, packageName = 'p') => fileWith(snippets.get(name)!, PLACES[name]!, packageName);

describe('snippets', () => {
  it('have a place in these tests each', () => {
    assert.deepEqual([...snippets.keys()].sort(), Object.keys(PLACES).sort());
  });

  it('have prefixes of their own', () => {
    const prefixes = [...snippets.values()].flatMap(({ prefix }) => prefix);
    assert.equal(new Set(prefixes).size, prefixes.length);
  });

  it('parse', async () => {
    await Parser.init();
    const { grammar } = await loadWasm();
    const parser = new Parser().setLanguage(await Language.load(grammar));
    try {
      for (const name of snippets.keys()) {
        const tree = parser.parse(fileOf(name));
        assert.ok(tree, name);
        assert.equal(tree.rootNode.hasError, false, fileOf(name));
        tree.delete();
      }
    } finally {
      parser.delete();
    }
  });

  it('have no findings themselves', async () => {
    const engine = await createEngine(await loadWasm());
    const settings = { levels: {}, locale: 'en', includeGenerated: false, leaveTo: [] } as const;
    for (const name of snippets.keys()) {
      const files = [{ path: `/p/${name}.go`, text: fileOf(name) }];
      const [result] = engine.analyze({ files, goVersion: `${GO.major}.${GO.minor}` }, { ...settings, leaveTo: [] });
      assert.deepEqual(
        result?.findings.map((each) => each.rule),
        [],
        fileOf(name),
      );
    }
  });

  describe('with a Go toolchain', () => {
    let module: string;

    before(function () {
      const version = /go(\d+)\.(\d+)/.exec(spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).stdout ?? '');
      // Without Go, or with one that is too old, these two are shown as pending.
      if (version === null || Number(version[2]) < GO.minor) this.skip();
      module = writeModule();
    });

    after(() => {
      if (module !== undefined) fs.rmSync(module, { recursive: true, force: true });
    });

    it('are formatted as gofmt does', () => {
      assert.equal(run('gofmt', '-l', '.'), '');
    });

    it('compile and pass go vet', function () {
      this.timeout(120_000);
      run('go', 'vet', './...');
    });

    function run(command: string, ...args: string[]): string {
      const env = { ...process.env, GOPROXY: 'off', GOTOOLCHAIN: 'local', GOWORK: 'off', GOFLAGS: '-mod=mod' };
      const { status, stdout, stderr } = spawnSync(command, args, { cwd: module, env, encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      return stdout;
    }
  });
});

/** A module with one package per snippet. */
function writeModule(): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'snippets-'));
  const write = (file: string, text: string) => {
    const full = path.join(root, file);
    fs.mkdirSync(path.dirname(full), { recursive: true });
    fs.writeFileSync(full, text);
  };
  const modules = Object.entries(STUBS);
  for (const [name, { file, text }] of modules) {
    write(`stubs/${name}/go.mod`, `module ${name}\n`);
    write(`stubs/${name}/${file}`, text);
  }
  const lines = [
    'module example.com/snippets',
    `go ${GO.major}.${GO.minor}`,
    ...modules.flatMap(([name]) => [`require ${name} v0.0.0`, `replace ${name} => ./stubs/${name}`]),
  ];
  write('go.mod', `${lines.join('\n\n')}\n`);
  for (const name of snippets.keys()) {
    const packageName = name.toLowerCase().replace(/[^a-z]/g, '');
    const file = PLACES[name]!.imports.includes('testing') ? 'main_test.go' : 'snippet.go';
    write(`${packageName}/${file}`, fileOf(name, packageName));
  }
  return root;
}
