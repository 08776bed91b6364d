// node scripts/check-vsix.mjs [FILE]
// Checks that the packed extension holds what it needs and nothing else, and that each of its files is used by the manifest.
// Prints one line per check; exit code 1 when one fails.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { root } from './lib/paths.mjs';

const MAX_PACKED = 3 * 1024 * 1024;
/** The server for browsers is one file, with all rules and their texts in both languages. */
const MAX_FILE = 2.4 * 1024 * 1024;

/** Everything that may be inside; what is not named here is a mistake in .vscodeignore. */
const ALLOWED = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/package(\.nls(\.zh-cn)?)?\.json$/,
  /^extension\/(readme|changelog)\.md$/i,
  /^extension\/LICENSE\.txt$/,
  /^extension\/dist\/(client|server)\.(node\.cjs|browser\.js)$/,
  /^extension\/dist\/(engine|config-schema)\.node\.cjs$/,
  /^extension\/dist\/THIRD-PARTY\.txt$/,
  /^extension\/grammars\/(grammars\.json|(web-)?tree-sitter(-go)?\.(wasm|LICENSE\.txt))$/,
  /^extension\/snippets\/go\.json$/,
  /^extension\/l10n\/bundle\.l10n\.zh-cn\.json$/,
  /^extension\/schemas\/goroutine-hygiene\.schema\.json$/,
  /^extension\/docs\/rules\/(zh-cn\/)?[\w-]+\.md$/,
];

const REQUIRED = [
  'package.json',
  'package.nls.json',
  'package.nls.zh-cn.json',
  'readme.md',
  'changelog.md',
  'LICENSE.txt',
  'dist/client.node.cjs',
  'dist/client.browser.js',
  'dist/server.node.cjs',
  'dist/engine.node.cjs',
  'dist/config-schema.node.cjs',
  'dist/server.browser.js',
  'dist/THIRD-PARTY.txt',
  'grammars/tree-sitter-go.wasm',
  'grammars/web-tree-sitter.wasm',
  'snippets/go.json',
  'l10n/bundle.l10n.zh-cn.json',
  'schemas/goroutine-hygiene.schema.json',
  'docs/rules/README.md',
  'docs/rules/zh-cn/README.md',
];

const file = process.argv[2] ?? join(root, 'goroutine-hygiene.vsix');
const packed = readFileSync(file);
const entries = unzipSync(packed);
const names = Object.keys(entries).filter((name) => !name.endsWith('/'));
const bytes = (name) => entries[`extension/${name}`];
const text = (name) => Buffer.from(bytes(name) ?? '').toString('utf8');
const kilobytes = (count) => `${Math.round(count / 1024)} KB`;

/** Each check gives the problems it sees. */
const CHECKS = {
  'holds nothing that is not on the list': () => names.filter((name) => !ALLOWED.some((pattern) => pattern.test(name))),
  'holds everything that is needed': () => REQUIRED.filter((name) => !bytes(name)),
  'holds no empty file': () => names.filter((name) => entries[name].length === 0),
  [`is small: ${kilobytes(packed.length)} packed`]: () => [
    ...(packed.length > MAX_PACKED ? [`more than ${kilobytes(MAX_PACKED)}`] : []),
    ...names
      .filter((name) => entries[name].length > MAX_FILE)
      .map((name) => `${name}: ${kilobytes(entries[name].length)}`),
  ],
  'holds the recorded grammars': () =>
    JSON.parse(text('grammars/grammars.json'))
      .filter(
        (entry) =>
          createHash('sha256')
            .update(bytes(`grammars/${entry.file}`))
            .digest('hex') !== entry.sha256,
      )
      .map((entry) => entry.file),
  'has a manifest whose files are there': () => {
    const { main, browser, contributes } = JSON.parse(text('package.json'));
    const named = [
      main,
      browser,
      ...contributes.snippets.map((each) => each.path),
      ...contributes.jsonValidation.map((each) => each.url),
    ];
    return named.filter((path) => !bytes(path.replace(/^\.\//, '')));
  },
  'has every text of the manifest in both languages': () => {
    const keys = [...text('package.json').matchAll(/"%([\w.-]+)%"/g)].map((match) => match[1]);
    return ['package.nls.json', 'package.nls.zh-cn.json'].flatMap((name) => {
      const texts = JSON.parse(text(name));
      return keys.filter((key) => !texts[key]).map((key) => `${name}: ${key}`);
    });
  },
  'has a page in both languages for every rule of the settings': () => {
    const { properties } = JSON.parse(text('package.json')).contributes.configuration;
    const rules = Object.keys(properties['goroutineHygiene.rules'].properties ?? {});
    if (rules.length === 0) return ['the setting names no rule'];
    return rules
      .flatMap((rule) => [`docs/rules/${rule}.md`, `docs/rules/zh-cn/${rule}.md`])
      .filter((page) => !bytes(page));
  },
  'has bundles for production: minified, without source maps': () =>
    REQUIRED.filter((name) => /\.c?js$/.test(name)).filter(
      (name) => /sourceMappingURL/.test(text(name)) || !isMinified(text(name)),
    ),
};

/** Most of minified code stands in long lines; the short ones are texts in it, such as the stubs of Go packages. */
function isMinified(code) {
  const long = code.split('\n').filter((line) => line.length > 200);
  return long.reduce((sum, line) => sum + line.length, 0) > code.length / 2;
}

const counts = { passed: 0, failed: 0, skipped: 0 };
for (const [title, check] of Object.entries(CHECKS)) {
  let problems;
  try {
    problems = check();
  } catch (error) {
    problems = [String(error)];
  }
  counts[problems.length === 0 ? 'passed' : 'failed']++;
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} the packed extension ${title}`);
  for (const problem of problems) console.log(`         ${problem}`);
}
if (process.env.RESULT_FILE) writeFileSync(process.env.RESULT_FILE, JSON.stringify(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
