/** Bytes made a binary string at a time; far below the limit engines put on the number of arguments. */
const CHUNK = 0x8000;

/** `btoa` is what a browser and Node have in common. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(binary);
}
