/** Loads the engine, which is a bundle of its own. */
import type * as EngineModule from './engine-main.ts';

/** The engine and its rules. Rejects with an error that names the file when it is missing: the installation is incomplete. */
export async function loadEngine(): Promise<typeof EngineModule> {
  try {
    return await import('./engine-main.ts');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    const [problem] = (error as Error).message.split('\n');
    throw new Error(`${problem} in ${__dirname}; run "npm run build"`, { cause: error });
  }
}
