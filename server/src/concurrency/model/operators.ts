/** Go's operators on integers. */

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
