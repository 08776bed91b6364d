/** What the model tells of a package of one file. */
import { modelOf } from '../../src/concurrency/model/model.ts';
import { packageOf } from '../support/analysis.ts';

/** `rule line` for each leak, with a question mark where it is uncertain. */
export async function toldLeaks(text: string): Promise<string[]> {
  const { analysis, pkg } = await packageOf({ 'a.go': text });
  const [file] = pkg.files;
  if (!file) throw new Error('no file');
  return modelOf(analysis)
    .leaks(pkg, file)
    .map(({ rule, site: { unit, node }, uncertain }) => {
      const { line } = unit.file.lines.position(unit.base + node.start);
      return `${rule}${uncertain ? '?' : ''} ${text.split('\n')[line]?.trim() ?? ''}`;
    });
}
