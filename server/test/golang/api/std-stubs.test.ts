import assert from 'node:assert/strict';
import { apiPackagePaths, apiPackageSource, STD_STUBS_GO_VERSION } from '../../../src/golang/api/index.ts';
import { resolve, stubOf } from './stub-reader.ts';

describe('API stubs', () => {
  it('cover what concurrent services use', () => {
    const needed =
      'context time net net/http database/sql sync sync/atomic os os/signal os/exec io bufio testing log/slog';
    for (const path of needed.split(' ')) assert.ok(apiPackageSource(path), path);
    assert.match(STD_STUBS_GO_VERSION, /^1\.\d+$/);
  });

  it('know nothing of other packages', () => {
    for (const path of ['', 'cmd/go', 'internal/abi', 'example.com/x', 'toString', '__proto__', 'constructor'])
      assert.equal(apiPackageSource(path), undefined, path);
  });

  it('have one declaration per line, each with its keyword in column 0', () => {
    for (const path of apiPackagePaths()) {
      const [clause, ...lines] = apiPackageSource(path)!.trimEnd().split('\n');
      assert.match(clause, /^package \w+$/, path);
      for (const line of lines) {
        assert.match(line, /^(import|const|var|type|func) \S/, `${path}: ${line}`);
        assert.doesNotMatch(line, /\binternal\//, path);
      }
      assert.equal(new Set(lines).size, lines.length, `${path}: a line appears twice`);
    }
  });

  it('stay small', () => {
    const size = apiPackagePaths().reduce((sum, path) => sum + apiPackageSource(path)!.length, 0);
    assert.ok(size < 450_000, `${size} characters`);
  });

  it('give a type the methods and fields of embedded types that are not exported', () => {
    assert.ok(resolve('testing.T.Fatal'));
    assert.ok(resolve('testing.B.Cleanup'));
    assert.ok(resolve('net.TCPConn.Read'));
    assert.ok(!/\bcommon\b/.test(apiPackageSource('testing')!));
  });

  it('declare unexported types that exported variables and signatures mention', () => {
    assert.ok(stubOf('net/http')!.types.has('noBody'));
    assert.ok(resolve('net/http.noBody.Close'));
  });

  it('keep named constants with their value, generic constraints and aliases', () => {
    assert.match(apiPackageSource('time')!, /^const Second Duration = 1000000000$/m);
    assert.match(apiPackageSource('slices')!, /^func SortFunc\[S ~\[\]E, E any\]\(x S, cmp func\(a E, b E\) int\)$/m);
    assert.match(apiPackageSource('os')!, /^type FileMode = fs\.FileMode$/m);
  });
});
