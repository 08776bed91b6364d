import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** Folder of the package a bundled file belongs to, relative to the root; undefined for own files. */
function packageFolder(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

/**
 * The licence texts of bundled packages, as their licences ask for. The grammar is a file of its own but belongs to the product too.
 * @param {string[]} inputs bundled files relative to the root, as esbuild's metafile names them
 * @returns {string} plain text, one section per package, sorted by name
 */
export function thirdPartyNotices(inputs) {
  const folders = new Set([...inputs.map(packageFolder).filter(Boolean), 'node_modules/tree-sitter-go']);
  const sections = [...folders].map((folder) => {
    const path = join(root, folder);
    if (!existsSync(join(path, 'package.json'))) throw new Error(`${folder} was bundled but has no package.json`);
    const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(join(path, file), 'utf8').trim() : `Licence: ${license}`;
    return { name, text: `${name} ${version}\n${'-'.repeat(80)}\n${text}\n` };
  });
  sections.sort((a, b) => a.name.localeCompare(b.name));
  const unique = [...new Set(sections.map((section) => section.text))];
  return `Goroutine Hygiene contains these packages.\n\n${unique.join('\n\n')}`;
}
