/** A POSIX ustar archive with one file: a real layer, https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html */
export function tarOfOneFile(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100); // mode
  header.write('0000000\0', 108); // owner
  header.write('0000000\0', 116); // group
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136); // a fixed time, so that the digest never changes
  header.write('        ', 148); // the checksum counts itself as blanks
  header.write('0', 156); // a regular file
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return Buffer.concat([header, content, padding, Buffer.alloc(1024)]);
}

const zstdBlockBytesMax = 128 * 1024;

/** A zstd frame of raw blocks (RFC 8878, section 3.1.1): valid, though nothing is compressed. */
export function zstdFrame(content: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(content.length);
  // magic number, then the descriptor: single segment, content size in four bytes
  const parts: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0]), size];
  for (let start = 0; start < content.length; start += zstdBlockBytesMax) {
    const block = content.subarray(start, start + zstdBlockBytesMax);
    const isLast = start + zstdBlockBytesMax >= content.length ? 1 : 0;
    const header = Buffer.alloc(3);
    header.writeUIntLE((block.length << 3) | isLast, 0, 3);
    parts.push(header, block);
  }
  return Buffer.concat(parts);
}
