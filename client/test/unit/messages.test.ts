import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');

/** The first argument of every `l10n.t` call of the client; each must be a plain literal. */
function messagesOfClient(): Set<string> {
  const sources = path.join(root, 'client', 'src');
  const messages = new Set<string>();
  for (const file of fs.readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const text = fs.readFileSync(path.join(sources, file), 'utf8');
    for (const [call, literal] of text.matchAll(/l10n\.t\(\s*(?:'([^']*)')?/g)) {
      assert.ok(literal, `${file}: ${call} has no literal that can be translated`);
      messages.add(literal);
    }
  }
  return messages;
}

const placeholders = (text: string) => [...text.matchAll(/\{\d+\}/g)].map(String).sort();

describe('messages of the client', () => {
  const file = path.join(root, 'l10n', 'bundle.l10n.zh-cn.json');
  const translated = new Map(Object.entries(JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, string>));

  it('are all translated, and nothing else is', () => {
    assert.deepEqual([...translated.keys()].sort(), [...messagesOfClient()].sort());
  });

  it('have the same placeholders in both languages', () => {
    for (const [english, chinese] of translated)
      assert.deepEqual(placeholders(chinese), placeholders(english), english);
  });
});
