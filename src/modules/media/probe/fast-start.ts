import { type FileHandle, open } from 'node:fs/promises';

const mostBoxes = 10_000;

/** Whether the index (`moov`) of an MP4 or MOV stands before its pictures (`mdat`); null when it has not both. */
export async function readFastStart(path: string): Promise<boolean | null> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    let at = 0;
    for (let boxes = 0; boxes < mostBoxes && at + 8 <= size; boxes += 1) {
      const box = await readBox(file, at, size);
      if (box.type === 'moov') return true;
      if (box.type === 'mdat') return false;
      if (box.bytes < 8) return null;
      at += box.bytes;
    }
    return null;
  } finally {
    await file.close();
  }
}

/** The size of a box: 32 bits, 64 bits behind the type where the 32 say 1, up to the end where they say 0. */
async function readBox(file: FileHandle, at: number, end: number): Promise<{ type: string; bytes: number }> {
  const head = Buffer.alloc(16);
  await file.read(head, 0, 16, at);
  const short = head.readUInt32BE(0);
  const type = head.toString('latin1', 4, 8);
  if (short === 0) return { type, bytes: end - at };
  return { type, bytes: short === 1 ? Number(head.readBigUInt64BE(8)) : short };
}
