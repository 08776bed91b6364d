import assert from 'node:assert/strict';
import { apiPackagePaths, apiPackageSource } from '../../../src/golang/api/index.ts';
import { scanOutline } from '../../../src/syntax/outline.ts';
import { GoParser } from '../../../src/syntax/parser.ts';
import { loadWasm } from '../../support/wasm.ts';

describe('API stubs as Go source', function () {
  this.timeout(60_000);

  it('have every line found by the outline', () => {
    for (const path of apiPackagePaths()) {
      const source = apiPackageSource(path)!;
      const outline = scanOutline(source);
      assert.equal(outline.balanced, true, path);
      const found = [...outline.imports.map((i) => i.start), ...outline.decls.map((d) => d.base)];
      const lines = [...source.matchAll(/^(?:import|const|var|type|func) /gm)].map((match) => match.index);
      assert.deepEqual(
        found.sort((a, b) => a - b),
        lines,
        path,
      );
      for (const decl of outline.decls) {
        assert.equal(decl.body, -1, `${path}: ${decl.names.join()}`);
        assert.equal(source.slice(decl.base, decl.end).includes('\n'), false, `${path}: ${decl.names.join()}`);
      }
    }
  });

  it('parse without errors', async () => {
    const parser = await GoParser.create(await loadWasm());
    try {
      for (const path of apiPackagePaths()) {
        const source = apiPackageSource(path)!;
        for (const { base, end } of scanOutline(source).decls) {
          const text = source.slice(base, end);
          assert.equal(parser.parseDeclaration(text).hasError, false, `${path}: ${text}`);
        }
      }
    } finally {
      parser.dispose();
    }
  });
});
