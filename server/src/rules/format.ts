/** Message texts with placeholders. */

/** Replaces each `{name}` by its argument, inserted literally; a placeholder without argument stays as it is. */
export function formatMessage(template: string, args: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(args, name) ? String(args[name]) : whole,
  );
}
