import { isAbsolute, relative } from 'node:path';

/** A path as the person in the project's folder would type it: relative where it lies in there. */
export function shownPath(path: string, root: string): string {
  const short = relative(root, path);
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short;
}
