/** Go's operators on numbers. */

/** The result on known integers; undefined for operators that are not followed. */
export function arithmetic(op: string, x: number, y: number): number | undefined {
  switch (op) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return y === 0 ? undefined : Math.trunc(x / y);
    case '%':
      return y === 0 ? undefined : x % y;
    case '&':
      return x & y;
    case '&^':
      return x & ~y;
    case '^':
      return x ^ y;
    case '|':
      return x | y;
    case '<<':
      return y < 31 ? x << y : undefined;
    case '>>':
      return x >> y;
    case 'max':
      return Math.max(x, y);
    case 'min':
      return Math.min(x, y);
    default:
      return undefined;
  }
}

/** The result on known numbers of which one is no integer, or that are divided as if; undefined for operators that are not followed, and for what is infinite. */
export function floatArithmetic(op: string, x: number, y: number): number | undefined {
  const value = op === '/' || op === 'float/' ? x / y : MEASURED.has(op) ? arithmetic(op, x, y) : undefined;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** Operators that are the same on measured numbers. */
const MEASURED: ReadonlySet<string> = new Set(['+', '-', '*', 'max', 'min']);
