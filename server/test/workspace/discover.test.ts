import assert from 'node:assert/strict';
import { Configs } from '../../src/workspace/config.ts';
import { discover } from '../../src/workspace/discover.ts';
import { MemoryFileSystem } from './memory-file-system.ts';

const RULES = [{ id: 'lost-cancel' }, { id: 'missing-unlock' }];

async function found(files: Record<string, string | null>, paths: string[], tests?: boolean) {
  const fs = new MemoryFileSystem(files);
  const options = { fs, configs: new Configs(fs, RULES), locale: 'en' as const, ...(tests !== undefined && { tests }) };
  const { directories, notices } = await discover(paths, options);
  const list = directories.map(({ files, targets }) =>
    targets ? `${targets.join(' ')} of ${files.join(' ')}` : files.join(' '),
  );
  return { list, notices: notices.map(({ code, path }) => `${code} ${path}`) };
}

describe('discover', () => {
  it('groups Go files by directory, sorted', async () => {
    const { list } = await found({ '/r/b/z.go': '', '/r/b/a.go': '', '/r/a/m.go': '', '/r/a/readme.md': '' }, ['/r']);
    assert.deepEqual(list, ['/r/a/m.go', '/r/b/a.go /r/b/z.go']);
  });

  it('leaves out vendor, node_modules, testdata and names with a dot or an underscore', async () => {
    const files = [
      'vendor/x.go',
      'node_modules/x.go',
      'testdata/x.go',
      '.git/x.go',
      '_old/x.go',
      '_x.go',
      '.x.go',
      'x.go',
    ];
    const { list } = await found(Object.fromEntries(files.map((file) => [`/r/${file}`, ''])), ['/r']);
    assert.deepEqual(list, ['/r/x.go']);
  });

  it('takes what is named explicitly, whatever would leave it out', async () => {
    const files = {
      '/r/.git/': '',
      '/r/.gitignore': 'gen/\n',
      '/r/goroutine-hygiene.jsonc': '{"exclude": ["old/**"]}',
      '/r/gen/x.go': '',
      '/r/old/x.go': '',
      '/r/testdata/x.go': '',
      '/r/vendor/_v.go': '',
      '/r/y.go': '',
    };
    assert.deepEqual((await found(files, ['/r'])).list, ['/r/y.go']);
    const explicit = ['/r/gen', '/r/old', '/r/testdata', '/r/vendor/_v.go'];
    assert.deepEqual((await found(files, explicit)).list, [
      '/r/gen/x.go',
      '/r/old/x.go',
      '/r/testdata/x.go',
      '/r/vendor/_v.go of /r/vendor/_v.go',
    ]);
  });

  it('reads the siblings of an explicit file but reports on it alone', async () => {
    const files = { '/r/a.go': '', '/r/b.go': '', '/r/c.go': '' };
    assert.deepEqual((await found(files, ['/r/b.go'])).list, ['/r/b.go of /r/a.go /r/b.go /r/c.go']);
    assert.deepEqual((await found(files, ['/r/b.go', '/r/a.go', '/r/b.go'])).list, [
      '/r/a.go /r/b.go of /r/a.go /r/b.go /r/c.go',
    ]);
    assert.deepEqual((await found(files, ['/r/b.go', '/r'])).list, ['/r/a.go /r/b.go /r/c.go']);
    assert.deepEqual((await found(files, ['/r', '/r/b.go'])).list, ['/r/a.go /r/b.go /r/c.go']);
  });

  it('visits a directory once when folders overlap', async () => {
    assert.deepEqual((await found({ '/r/s/a.go': '' }, ['/r', '/r/s', '/r'])).list, ['/r/s/a.go']);
  });

  it('honours nested .gitignore files, those above the folder included', async () => {
    const files = {
      '/r/.git/': '',
      '/r/.gitignore': '*_gen.go\n/top/\n',
      '/r/x_gen.go': '',
      '/r/top/a.go': '',
      '/r/sub/.gitignore': '!keep_gen.go\nlocal.go\n',
      '/r/sub/keep_gen.go': '',
      '/r/sub/local.go': '',
      '/r/sub/top/b.go': '',
      '/r/sub/other_gen.go': '',
    };
    const expected = ['/r/sub/keep_gen.go', '/r/sub/top/b.go'];
    assert.deepEqual((await found(files, ['/r'])).list, expected);
    assert.deepEqual((await found(files, ['/r/sub'])).list, expected);
  });

  it('lets the nearest config decide on tests, testdata and excludes', async () => {
    const files = {
      '/r/goroutine-hygiene.jsonc': '{"tests": false, "exclude": ["mock_*.go", "gen/**", "deep/*/skip"]}',
      '/r/a.go': '',
      '/r/a_test.go': '',
      '/r/gen/a.go': '',
      '/r/s/mock_a.go': '',
      '/r/s/a.go': '',
      '/r/deep/x/skip/a.go': '',
      '/r/own/goroutine-hygiene.jsonc': '{"testdata": true}',
      '/r/own/a_test.go': '',
      '/r/own/mock_b.go': '',
      '/r/own/testdata/a.go': '',
    };
    const expected = ['/r/a.go', '/r/own/a_test.go /r/own/mock_b.go', '/r/own/testdata/a.go', '/r/s/a.go'];
    assert.deepEqual((await found(files, ['/r'])).list, expected);
    assert.equal((await found(files, ['/r'], true)).list[0], '/r/a.go /r/a_test.go');
    assert.equal((await found(files, ['/r'], false)).list[1], '/r/own/mock_b.go');
  });

  it('says what it cannot take and goes on', async () => {
    const files = { '/r/pipe.go': null, '/r/x.go/inner.go': '', '/r/a.go': '', '/r/notes.txt': '' };
    const { list, notices } = await found(files, ['/missing', '/r', '/r/notes.txt']);
    assert.deepEqual(list, ['/r/a.go', '/r/x.go/inner.go']);
    assert.deepEqual(notices, ['path-not-found /missing', 'not-go /r/notes.txt', 'not-a-file /r/pipe.go']);
  });

  it('leaves out what a broken config governs, says so once, and scans the rest', async () => {
    const files = {
      '/r/good/a.go': '',
      '/r/bad/goroutine-hygiene.jsonc': '{\n  "rules": {"lost-cancle": "off"}\n}',
      '/r/bad/a.go': '',
      '/r/bad/sub/a.go': '',
    };
    const { list, notices } = await found(files, ['/r', '/r/bad/sub']);
    assert.deepEqual(list, ['/r/good/a.go']);
    assert.deepEqual(notices, ['invalid-config /r/bad/goroutine-hygiene.jsonc']);
  });
});
