// Writes what follows from the rules' metadata and texts: docs/rules/, schemas/goroutine-hygiene.schema.json, the
// setting `goroutineHygiene.rules` in package.json and its texts in package.nls*.json.
//   node --import tsx scripts/generate-docs.mjs            write
//   node --import tsx scripts/generate-docs.mjs --check    exit 1 and name the files that differ
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './lib/paths.mjs';
import { RULES } from '../server/src/rules/registry.ts';
import { rulePage, rulesIndex } from '../server/src/rules/page.ts';
import { configJsonSchema } from '../server/src/workspace/config-schema.ts';

const check = process.argv.includes('--check');
/** Prefix of the keys of rules in package.nls*.json. */
const RULE_KEY = 'config.rules.';

/** Path relative to the repository → text. */
const files = new Map();
for (const [locale, dir] of [
  ['en', 'docs/rules'],
  ['zh-cn', 'docs/rules/zh-cn'],
]) {
  files.set(`${dir}/README.md`, rulesIndex(RULES, locale));
  for (const rule of RULES) files.set(`${dir}/${rule.meta.id}.md`, rulePage(rule, locale, { links: true }));
}
const names = RULES.map((rule) => ({ id: rule.meta.id, summary: rule.text.docs.summary.en }));
files.set('schemas/goroutine-hygiene.schema.json', json(configJsonSchema(names)));
files.set('package.json', withRuleSettings(current('package.json')));
for (const [locale, path] of [
  ['en', 'package.nls.json'],
  ['zh-cn', 'package.nls.zh-cn.json'],
])
  files.set(path, withRuleTexts(current(path), locale));

const stale = ['docs/rules', 'docs/rules/zh-cn'].flatMap((dir) =>
  existsSync(join(root, dir))
    ? readdirSync(join(root, dir))
        .filter((name) => name.endsWith('.md') && !files.has(`${dir}/${name}`))
        .map((name) => `${dir}/${name}`)
    : [],
);
const changed = [...files].filter(([path, text]) => current(path) !== text).map(([path]) => path);

if (check) {
  for (const path of changed) console.error(`${path} does not follow from the rules`);
  for (const path of stale) console.error(`${path} belongs to no rule`);
  if (changed.length + stale.length > 0) {
    console.error('Run: node --import tsx scripts/generate-docs.mjs');
    process.exitCode = 1;
  }
} else {
  for (const path of changed) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path));
    console.log(`wrote ${path}`);
  }
  for (const path of stale) {
    rmSync(join(root, path));
    console.log(`removed ${path}`);
  }
}

function current(path) {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
}

function json(value) {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** package.json with one property per rule in the setting; everything else stays as it is. */
function withRuleSettings(text) {
  const manifest = JSON.parse(text);
  const setting = manifest.contributes.configuration.properties['goroutineHygiene.rules'];
  setting.properties = Object.fromEntries(
    RULES.map(({ meta }) => [
      meta.id,
      {
        type: 'string',
        enum: ['off', 'hint', 'information', 'warning', 'error'],
        default: meta.level,
        markdownDescription: `%${RULE_KEY}${meta.id}%`,
      },
    ]),
  );
  setting.additionalProperties = false;
  return json(manifest);
}

/** package.nls*.json with one text per rule at its end; the other texts stay as they are. */
function withRuleTexts(text, locale) {
  const others = Object.entries(JSON.parse(text)).filter(([key]) => !key.startsWith(RULE_KEY));
  const summaries = RULES.map(({ meta, text: { docs } }) => [`${RULE_KEY}${meta.id}`, docs.summary[locale]]);
  return json(Object.fromEntries([...others, ...summaries]));
}
