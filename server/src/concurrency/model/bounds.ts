/** How far the model goes. What lies beyond is not looked at, and the result says so. */

/** Sizes that unknown numbers of things are tried with. Not 0: that nothing happens without workers or items is no news. */
export const SIZES = [2, 1, 3];
/** The same where clients of a type are explored, of which there are many. */
export const CLIENT_SIZES = [1, 2];
/** The same for buffers: the smaller they are, the sooner they are full. */
export const CAPACITIES = [1, 2, 3];
export const CLIENT_CAPACITIES = [1];
/** Buffers up to that size are tried with more than they hold. */
export const MAX_ROOM = 3;
/** What larger ones are looked at as, and the sizes of other things then: more than they hold first. */
export const SMALL_ROOM = 1;
export const SIZES_FOR_ROOM = [SMALL_ROOM + 2, 1];
/** Calls into unseen code that a program which is explored as a whole may make. */
export const MAX_UNSEEN = 2;
/** Turns of a loop whose condition is not known. */
export const MAX_TURNS = 3;
export const MAX_FRAMES = 9;
/** Calls inside calls of programs that are there as a whole: those that are given up make their things unknown. */
export const MAX_EXACT_FRAMES = 24;
export const MAX_RECURSION = 3;
/** Instructions a goroutine may run without coming to an operation. */
export const MAX_LOCAL = 3000;
/** Objects in one state. */
export const MAX_OBJECTS = 1500;
/** States that may come out of such a run. */
export const MAX_SPLITS = 24;
/** The same where one of the ways is followed. */
export const MAX_FOLLOWED = 60;
/** States that may come out of the first runs of goroutines which are started together. */
export const MAX_BEGINNINGS = 32;
/** How many of them are followed when there are more. */
export const KEPT_BEGINNINGS = 8;
/** States in which paths were given up that are kept until somebody asks for them. */
export const MAX_STOPPED = 8;
/** Numbers that counting leads to at most; the path is given up above. */
export const MAX_COUNT = 100;
/**
 * The same where each turn comes to an operation, so that there is a state for each: what they do is much the same. In a program that is
 * there as a whole what comes behind the loop matters more.
 */
export const MAX_VISIBLE_COUNT = { program: 48, other: 16 };
export const MAX_GOROUTINES = 16;
/** The same where only the beginning of each loop is looked at. */
export const FEW_TURNS = 4;
