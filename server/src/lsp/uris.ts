/** URIs as keys and as paths. Editors spell the same file differently (`%3A`, upper-case drives), so keys are normalised. */
import { URI, Utils } from 'vscode-uri';

/** One spelling per file. Input that is no URI is returned as it is. */
export function uriKey(uri: string): string {
  try {
    return URI.parse(uri, true).toString();
  } catch {
    return uri;
  }
}

/** Key of the folder that contains a file. */
export function folderOf(uri: string): string {
  return Utils.dirname(URI.parse(uri)).toString();
}

/** The last element of a URI's path. */
export function nameOf(uri: string): string {
  return Utils.basename(URI.parse(uri));
}

/** Key of a file in a folder. */
export function childOf(folder: string, name: string): string {
  return Utils.joinPath(URI.parse(folder), name).toString();
}

/** True when `uri` is `folder` or lies below it; both are keys. */
export function isWithin(folder: string, uri: string): boolean {
  return uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** The `/`-separated path of a URI as `FileSystem` wants it. */
export function uriPath(uri: string): string {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath.replaceAll('\\', '/') : parsed.path;
}

/** The key of a path in the same place (scheme and authority) as `like`. */
export function pathUri(path: string, like: string): string {
  const parsed = URI.parse(like);
  return (parsed.scheme === 'file' ? URI.file(path) : parsed.with({ path, query: null, fragment: null })).toString();
}

/** True for documents that live in a folder: not for `untitled:` and the like. */
export function hasFolder(uri: string): boolean {
  const { scheme, path } = URI.parse(uri);
  return scheme !== 'untitled' && path.startsWith('/');
}
