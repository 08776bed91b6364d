import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Metafile } from 'esbuild';

interface Bundle {
  entry: string;
  outfile: string;
  platform: string;
}
const script = fileURLToPath(new URL('../../../scripts/lib/bundles.mjs', import.meta.url));
const { BUNDLES, buildOptions } = (await import(script)) as {
  BUNDLES: Bundle[];
  buildOptions(bundle: Bundle, production: boolean): BuildOptions;
};

/** Own folders with the analysis, and packages that only it or a config file needs. */
const HEAVY = [
  /^server\/src\/(golang\/api|concurrency\/locks|engine\/engine\.ts|rules\/registry\.ts)/,
  /\/(web-tree-sitter|zod|jsonc-parser)\//,
];

describe('bundles', function () {
  this.timeout(120_000);
  const built = new Map<string, { code: string; inputs: Metafile['inputs']; loads: string[] }>();

  before(async () => {
    for (const bundle of BUNDLES.filter(({ entry }) => entry.startsWith('server/'))) {
      const { metafile, outputFiles } = await build({ ...buildOptions(bundle, false), write: false, metafile: true });
      const code = outputFiles.find(({ path }) => !path.endsWith('.map'))!.text;
      const { inputs, imports } = metafile.outputs[bundle.outfile]!;
      // Of those only that have a part in the bundle.
      const present = Object.entries(metafile.inputs).filter(([path]) => (inputs[path]?.bytesInOutput ?? 0) > 0);
      const loads = imports.filter(({ path }) => path.startsWith('.')).map(({ path }) => path);
      built.set(bundle.outfile, { code, inputs: Object.fromEntries(present), loads: [...new Set(loads)].sort() });
    }
  });

  const heavy = (outfile: string): string[] =>
    Object.keys(built.get(outfile)!.inputs).filter((path) => HEAVY.some((pattern) => pattern.test(path)));

  it('of the server, the command line and the worker leave the engine and the config checker to files of their own', () => {
    const [engine, schema] = ['./engine.cjs', './config-schema.cjs'];
    const expected: [outfile: string, loads: string[]][] = [
      ['dist/server.node.cjs', ['./config-schema.node.cjs', './engine.node.cjs']],
      ['server/dist/server.cjs', [schema, engine]],
      ['server/dist/cli.cjs', [schema, engine, './server.cjs']],
      ['server/dist/worker.cjs', [engine]],
    ];
    for (const [outfile, loads] of expected) {
      assert.deepEqual(built.get(outfile)!.loads, loads, outfile);
      assert.deepEqual(heavy(outfile), [], outfile);
    }
    for (const outfile of ['dist/engine.node.cjs', 'server/dist/engine.cjs']) {
      assert.deepEqual(built.get(outfile)!.loads, [], outfile);
      assert.ok(heavy(outfile).includes('server/src/engine/engine.ts'), outfile);
    }
  });

  it('of the command line holds no language server', () => {
    const inputs = Object.keys(built.get('server/dist/cli.cjs')!.inputs);
    assert.deepEqual(
      inputs.filter((path) => /vscode-(languageserver|jsonrpc)|src\/lsp\//.test(path)),
      [],
    );
  });

  it('for the browser is complete', () => {
    assert.deepEqual(built.get('dist/server.browser.js')!.loads, []);
    assert.ok(heavy('dist/server.browser.js').includes('server/src/engine/engine.ts'));
  });

  it('hold the names of the protocol library once for all files that use them', () => {
    const { inputs } = built.get('dist/server.node.cjs')!;
    const importing = Object.entries(inputs)
      .filter(([, { imports }]) => imports.some(({ original }) => original === 'vscode-languageserver'))
      .map(([path]) => path);
    assert.deepEqual(
      importing.filter((path) => path.startsWith('server/')),
      ['server/src/lsp/library.ts'],
    );
  });

  it('are ASCII: a single other character would make V8 keep and read all of the file in two bytes a character', () => {
    for (const [outfile, { code }] of built) {
      // eslint-disable-next-line no-control-regex -- all of ASCII is meant
      const at = code.search(/[^\x00-\x7f]/);
      assert.equal(at < 0 ? '' : code.slice(Math.max(0, at - 60), at + 20), '', outfile);
    }
  });
});
