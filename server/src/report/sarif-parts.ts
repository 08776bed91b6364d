/** Small pieces of SARIF. */
import type { Range, Severity, WitnessStep } from '../engine/finding.ts';
import { relativeInside } from '../workspace/paths.ts';

export const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** Relative to `%SRCROOT%` when inside the root, else an absolute `file:` URI. */
export function artifactLocation(root: string, path: string): { uri: string; uriBaseId?: string } {
  const inside = relativeInside(root, path);
  if (inside === undefined) return { uri: fileUri(path) };
  return { uri: encodePath(inside || '.'), uriBaseId: '%SRCROOT%' };
}

export function fileUri(path: string): string {
  return `file://${path.startsWith('/') ? '' : '/'}${encodePath(path)}`;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

/** A colon stays, as in a drive letter; a lone surrogate of a broken name becomes a replacement character. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd')).replace(/%3A/g, ':');
}

/** 1-based; the end column is the first one after the range. */
export function regionOf({ start, end }: Range): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

export function physicalLocation(root: string, path: string, range?: Range): object {
  return { artifactLocation: artifactLocation(root, path), ...(range && { region: regionOf(range) }) };
}

export function location(root: string, step: WitnessStep): object {
  return { physicalLocation: physicalLocation(root, step.path, step.range), message: { text: step.message } };
}

/** Escapes what SARIF 3.11.6 reads as an embedded link. */
export function embeddable(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&');
}
