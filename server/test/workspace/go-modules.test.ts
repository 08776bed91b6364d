import assert from 'node:assert/strict';
import { languageVersion, parseGoMod } from '../../src/workspace/go-mod.ts';
import { GoModules } from '../../src/workspace/go-modules.ts';
import { MemoryFileSystem } from './memory-file-system.ts';

describe('go.mod', () => {
  it('reads module, go and toolchain among everything else', () => {
    const text = [
      '// Deprecated: module example.com/old',
      'module example.com/x // the module',
      'go 1.22.3',
      'toolchain go1.23.1',
      'require (',
      '\tgolang.org/x/net v0.1.0 // indirect',
      '\tgo v1.0.0',
      ')',
      'require golang.org/x/sync v0.2.0',
      'retract [v1.0.0, v1.1.0]',
    ].join('\r\n');
    assert.deepEqual(parseGoMod(text), {
      module: 'example.com/x',
      go: '1.22',
      toolchain: 'go1.23.1',
      use: [],
      replace: [],
      require: ['go', 'golang.org/x/sync'],
    });
  });

  it('reads quotes and blocks', () => {
    assert.equal(parseGoMod('module "example.com/q"').module, 'example.com/q');
    assert.equal(parseGoMod('module (\n  `example.com/raw`\n)').module, 'example.com/raw');
    assert.deepEqual(parseGoMod('go 1.21\nuse ./a\nuse (\n ./b // two\n ../c\n)').use, ['./a', './b', '../c']);
  });

  it('survives nonsense', () => {
    for (const text of ['', '(', 'module', 'go', 'go banana', '"', 'module "x', 'use (', '\0']) {
      assert.equal(parseGoMod(text).go, undefined, text);
    }
  });

  it('knows the language version of a release', () => {
    assert.deepEqual(['1.22', '1.22.3', '1.23rc1', '1.9', 'x', '1'].map(languageVersion), [
      '1.22',
      '1.22',
      '1.23',
      '1.9',
      undefined,
      undefined,
    ]);
  });
});

describe('module of a directory', () => {
  const modules = new GoModules(
    new MemoryFileSystem({
      '/w/go.work': 'go 1.22\nuse (\n ./a\n ../other\n)',
      '/w/a/go.mod':
        'module example.com/a\ngo 1.21\nreplace (\n example.com/fork v1.0.0 => ../fork\n example.com/far => example.com/near v1.2.0\n)\n',
      '/other/go.mod': 'module example.com/o\n',
      '/w/a/sub/deep/': '',
      '/w/a/inner/go.mod': 'module example.com/inner\n',
      '/go/src/go.mod': 'module std\ngo 1.26\n',
      '/go/src/net/http/': '',
      '/gopath/src/x/': '',
    }),
  );

  it('is the nearest one above', async () => {
    assert.equal((await modules.forDirectory('/w/a/sub/deep'))?.goVersion, '1.21');
    assert.equal(await modules.importPath('/w/a/sub/deep'), 'example.com/a/sub/deep');
    assert.equal(await modules.importPath('/w/a'), 'example.com/a');
  });

  it('has Go 1.16 when it does not say', async () => {
    assert.equal((await modules.forDirectory('/w/a/inner'))?.goVersion, '1.16');
  });

  it('is the standard library with bare import paths', async () => {
    assert.equal(await modules.importPath('/go/src/net/http'), 'net/http');
  });

  it('is unknown outside modules', async () => {
    assert.equal(await modules.forDirectory('/gopath/src/x'), undefined);
    assert.equal(await modules.importPath('/gopath/src/x'), undefined);
  });

  it('sees the modules of its workspace and those that stand for others', async () => {
    const around = async (directory: string): Promise<string[]> =>
      (await modules.around(directory)).map(({ path, directory: at }) => `${path} ${at}`);
    assert.deepEqual(await around('/w/a/sub/deep'), [
      'example.com/a /w/a',
      'example.com/fork /w/fork',
      'example.com/o /other',
    ]);
    assert.deepEqual(await around('/other'), ['example.com/o /other']);
    assert.deepEqual(await around('/go/src/net/http'), []);
    assert.deepEqual(await around('/gopath/src/x'), []);
  });
});
