import fs from 'node:fs';

export interface Snippet {
  prefix: string | string[];
  description: string;
  body: string[];
}

/** The contributed snippets by name. */
export function readSnippets(): Map<string, Snippet> {
  const file = new URL('../../../snippets/go.json', import.meta.url);
  return new Map(Object.entries(JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, Snippet>));
}

/** What the editor inserts when every placeholder is accepted as it is: defaults stay, tab stops vanish. */
export function expand({ body }: Snippet): string {
  return body
    .join('\n')
    .replace(/\$\{\d+:((?:[^}\\]|\\.)*)\}/g, '$1')
    .replace(/\$\d+|\$\{\d+\}/g, '')
    .trimEnd();
}
