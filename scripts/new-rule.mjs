// Starts a new rule: node scripts/new-rule.mjs GROUP ID
// Writes the rule, its texts and a fixture, and adds it to the registry. server/src/rules/README.md tells what to do next.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './lib/paths.mjs';

const GROUPS = ['context', 'timer', 'goroutine', 'channel', 'sync', 'resource', 'suppression'];
const registryPath = join(root, 'server/src/rules/registry.ts');
const [group, id] = process.argv.slice(2);

if (!GROUPS.includes(group) || !/^[a-z]+(-[a-z0-9]+)*$/.test(id ?? '')) {
  console.error(
    `usage: node scripts/new-rule.mjs GROUP ID\n  GROUP  ${GROUPS.join(' | ')}\n  ID     kebab-case, e.g. lost-cancel`,
  );
  process.exit(2);
}

const name = id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const goPackage = id.replaceAll('-', '');
const files = {
  [`server/src/rules/${group}/${id}.ts`]: `/** One sentence: what the rule finds. */
import { defineRule } from '../rule.ts';
import { text } from './${id}.text.ts';

export const ${name} = defineRule({
  meta: {
    id: '${id}',
    group: '${group}',
    level: 'warning',
    triggers: [],
    fixes: [],
  },
  text,
  check(context) {
    context.report({ node: context.unit.decl, message: 'found' });
  },
});
`,
  [`server/src/rules/${group}/${id}.text.ts`]: `import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    found: { en: '', 'zh-cn': '' },
  },
  docs: {
    summary: { en: '', 'zh-cn': '' },
    why: { en: '', 'zh-cn': '' },
    silent: { en: '', 'zh-cn': '' },
    fix: { en: '', 'zh-cn': '' },
    bad: \`package p
\`,
    good: \`package p
\`,
  },
};
`,
  [`test-fixtures/rules/${group}/${id}/bad.go`]: `package ${goPackage}\n\nfunc found() {} // want "${id}: "\n`,
  [`test-fixtures/rules/${group}/${id}/good.go`]: `package ${goPackage}\n\nfunc fine() {}\n`,
};

const present = Object.keys(files).filter((path) => existsSync(join(root, path)));
if (present.length > 0) {
  console.error(`nothing written; already there: ${present.join(', ')}`);
  process.exit(2);
}
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
}
writeFileSync(registryPath, withRule(readFileSync(registryPath, 'utf8')));
console.log(`added ${name} to server/src/rules/registry.ts\nnext: server/src/rules/README.md`);

/** The registry with one import and one entry more, in order of group and id. */
function withRule(registry) {
  const pattern = /^import \{ (\w+) \} from '\.\/(\w+)\/([\w-]+)\.ts';$/gm;
  const rules = [...registry.matchAll(pattern)].map(([, symbol, folder, rule]) => ({ symbol, folder, rule }));
  rules.push({ symbol: name, folder: group, rule: id });
  rules.sort((a, b) => (`${a.folder}/${a.rule}` < `${b.folder}/${b.rule}` ? -1 : 1));
  const imports = rules.map((r) => `import { ${r.symbol} } from './${r.folder}/${r.rule}.ts';`).join('\n');
  const entries = rules.map((r) => `  ${r.symbol},\n`).join('');
  return registry
    .replaceAll(pattern, '')
    .replace(/(import type \{ Rule \} from '\.\/rule\.ts';\n)\n*/, `$1${imports}\n\n`)
    .replace(/(export const RULES: readonly Rule\[\] = )\[[^\]]*\];/, `$1[\n${entries}];`);
}
