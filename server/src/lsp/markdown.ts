/** Text from Go code and messages, made safe to stand in Markdown. */

/** Escapes everything Markdown or HTML could take as markup; line breaks become spaces. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~&$:@]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, ' ');
}

/** A link to a line of a document, as editors understand it. */
export function lineLink(label: string, uri: string, line: number): string {
  return `[${escapeMarkdown(label)}](${uri.replace(/[()<>\s\\]/g, encodeURIComponent)}#L${line + 1})`;
}
