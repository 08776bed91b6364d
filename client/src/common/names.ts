/** Prefix of settings and commands, id of the language client and of its trace setting. */
export const ID = 'goroutineHygiene';

/** What people see. */
export const NAME = 'Goroutine Hygiene';

/** Commands contributed by package.json. */
export const Command = {
  scanWorkspace: `${ID}.scanWorkspace`,
  clearScan: `${ID}.clearScan`,
  restart: `${ID}.restart`,
  showLog: `${ID}.showLog`,
} as const;
