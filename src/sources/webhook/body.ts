/**
 * Reads a request's body, and stops at `maxBytes`: what is beyond is not taken from the network. A stated length that is
 * too great is refused before the first byte.
 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array | 'too_large'> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return 'too_large';
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = (request.body as ReadableStream<Uint8Array>).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      return 'too_large';
    }
    chunks.push(next.value);
  }
  return Buffer.concat(chunks);
}
