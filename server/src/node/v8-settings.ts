/** Settings of V8 for a scan: a program of some seconds that sees all code of a repository once. */
import { setFlagsFromString } from 'node:v8';

/**
 * Bytes of bytecode a function runs before V8 thinks of optimising it; its own number is a fifth of that. Optimising happens
 * on other threads, so that it hardly shows in the time a scan takes, but it was a fifth of the CPU time: most of what it
 * made was used for less time than it took to make.
 */
const INTERRUPT_BUDGET = 600_000;
/**
 * Percent by which a heap may grow until it is collected again; V8 would let it grow to four times what is in use. Several workers have a
 * heap each, and less room keeps them all together within what a scan may take.
 */
const HEAP_GROWTH = { alone: 75, several: 25 };

/**
 * Applies to this thread and to workers that start later. Versions of V8 without these flags ignore them.
 * @param workers how many there will be beside this thread
 */
export function tuneForScan(workers: number): void {
  setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`);
  setFlagsFromString(`--heap-growing-percent=${workers > 1 ? HEAP_GROWTH.several : HEAP_GROWTH.alone}`);
}
