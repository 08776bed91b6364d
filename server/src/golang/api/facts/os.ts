/** Files, processes, signals and the runtime. */
import type { Acquires, ApiFact, FactTable } from '../fact.ts';
import { each, under } from './define.ts';

const file: Acquires = { result: 0, error: 1, release: ['Close'], kind: 'file' };
const root: Acquires = { result: 0, error: 1, release: ['Close'], kind: 'closer' };
const transfer: ApiFact = { blocks: 'io', unblockedByClose: true };
const run: ApiFact = { blocks: 'io' };

const os: FactTable = under('os', {
  ...each('Open Create OpenFile CreateTemp OpenInRoot Root.Open Root.Create Root.OpenFile', { acquires: file }),
  NewFile: { acquires: { result: 0, release: ['Close'], kind: 'file' } },
  ...each('OpenRoot Root.OpenRoot', { acquires: root }),
  Pipe: { acquires: { ...file, error: 2 }, alsoAcquires: [{ ...file, result: 1, error: 2 }] },
  'File.Close': { toleratesNil: true },
  ...each('File.Read File.Write File.WriteString', transfer),
  ...each('File.ReadFrom File.WriteTo', { ...transfer, borrows: [0] }),
  StartProcess: { acquires: { result: 0, error: 1, release: ['Wait', 'Release'], kind: 'process' } },
  'Process.Wait': { blocks: 'io', releasesReceiver: 'always' },
  Exit: { neverReturns: true, skipsDefers: true },
  Expand: { calls: [{ param: 1, when: 'sync' }] },
});

const exec: FactTable = under('os/exec', {
  Command: { contextVariant: 'CommandContext' },
  CommandContext: { takesContext: 0 },
  'Cmd.Start': { opens: { on: 'receiver', release: ['Wait'], kind: 'process', error: 0 }, startsGoroutine: true },
  'Cmd.Wait': { blocks: 'io', releasesReceiver: 'always' },
  ...each('Cmd.Run Cmd.Output Cmd.CombinedOutput', run),
});

const signal: FactTable = under('os/signal', {
  Notify: { opens: { on: 0, release: ['os/signal.Stop'], kind: 'signal' } },
  Stop: { releases: [0] },
});

const profile = { on: 'program', kind: 'profile', error: 0 } as const;

export const osFacts: FactTable = {
  ...os,
  ...exec,
  ...signal,
  ...under('runtime', {
    Goexit: { neverReturns: true },
    KeepAlive: { borrows: [0] },
    ...each('SetFinalizer AddCleanup', { calls: [{ param: 1, when: 'async' }] }),
  }),
  ...under('runtime/pprof', {
    StartCPUProfile: { opens: { ...profile, release: ['runtime/pprof.StopCPUProfile'] }, keepsWithoutClosing: [0] },
    WriteHeapProfile: { borrows: [0] },
    'Profile.WriteTo': { borrows: [0] },
    Do: { takesContext: 0, calls: [{ param: 2, when: 'sync' }] },
    ForLabels: { takesContext: 0, calls: [{ param: 1, when: 'sync' }] },
    ...each('Label SetGoroutineLabels WithLabels', { takesContext: 0 }),
  }),
  ...under('runtime/trace', {
    Start: { opens: { ...profile, release: ['runtime/trace.Stop'] }, keepsWithoutClosing: [0] },
    NewTask: { acquires: { result: 1, release: ['End'], kind: 'span' }, takesContext: 0 },
    StartRegion: { acquires: { result: 0, release: ['End'], kind: 'span' }, takesContext: 0 },
    WithRegion: { takesContext: 0, calls: [{ param: 2, when: 'sync' }] },
    Log: { takesContext: 0 },
    Logf: { takesContext: 0, borrows: [3] },
    'FlightRecorder.Start': { opens: { on: 'receiver', release: ['Stop'], kind: 'profile', error: 0 } },
    'FlightRecorder.WriteTo': { borrows: [0] },
  }),
  // That `SkipDir` is no error is left out: whoever returns it does not go on to fail.
  ...under('path/filepath', { ...each('Walk WalkDir', { calls: [{ param: 1, when: 'sync', returns: true }] }) }),
};
