/** Text from Go code and messages, made safe to stand in Markdown. */

/** Escapes everything Markdown or HTML could take as markup; line breaks become spaces. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~&$:@]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, ' ');
}

/** A message whose code stands between backquotes: code becomes code spans, the rest is escaped. */
export function messageMarkdown(message: string): string {
  const parts = message.split('`');
  if (parts.length % 2 === 0) return escapeMarkdown(message);
  return parts
    .map((part, index) => {
      if (index % 2 === 0) return escapeMarkdown(part);
      return part.trim() === '' ? '' : `\`${part.replace(/\s*[\r\n]+\s*/g, ' ')}\``;
    })
    .join('');
}

/** A link; `label` is text, `uri` is encoded already but for what would end the link. */
export function link(label: string, uri: string): string {
  const target = uri.replace(/[()<>\s\\]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `[${escapeMarkdown(label)}](${target})`;
}
