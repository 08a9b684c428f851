// The body of a worker thread: HEVC pictures of a HEIC become a PNG. Plain JavaScript, so that Node can start it as it
// stands, also where the rest is compiled on its way. What it says is read by heic.decoder.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

const { source, target, icc, maxPixels, maxMemory } = workerData;

// What a decoder asks for is beyond the limits that a thread has for its heap.
const grow = WebAssembly.Memory.prototype.grow;
WebAssembly.Memory.prototype.grow = function growWithin(pages) {
  if (this.buffer.byteLength + pages * 65_536 > maxMemory) throw new RangeError('too much memory');
  return grow.call(this, pages);
};

const libheif = createRequire(import.meta.url)('libheif-js/libheif-wasm/libheif-bundle.js')();

/** The pixels of the main picture, upright, rows without gaps. */
function decode(bytes) {
  const images = new libheif.HeifDecoder().decode(bytes);
  const image = images.find((found) => found.is_primary()) ?? images[0];
  if (image === undefined) return { problem: 'there is no picture in it' };
  if (image.get_width() * image.get_height() > maxPixels) return { problem: 'too_many_pixels' };
  const channels = image.has_alpha_channel() ? 4 : 3;
  const { heif_colorspace_RGB, heif_chroma_interleaved_RGBA, heif_chroma_interleaved_RGB } = libheif;
  const chroma = channels === 4 ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB;
  const decoded = libheif.heif_js_decode_image2(image.handle, heif_colorspace_RGB, chroma);
  const plane = decoded?.channels?.[0];
  if (plane === undefined) return { problem: 'its pictures are damaged or incomplete' };
  const { width, height } = plane;
  return { width, height, channels, pixels: packed(plane, width * channels) };
}

/** The decoder's own memory where it can be taken as it is: pictures are large. */
function packed({ data, stride, height }, rowBytes) {
  const rows = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (stride === rowBytes) return rows;
  const tight = Buffer.allocUnsafe(rowBytes * height);
  for (let row = 0; row < height; row += 1) {
    rows.copy(tight, row * rowBytes, row * stride, row * stride + rowBytes);
  }
  return tight;
}

/** Behind the head of 33 bytes, where the format wants it. */
function profileChunk(profile) {
  const body = Buffer.concat([Buffer.from('iCCPicc\0\0', 'latin1'), deflateSync(profile)]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

async function main() {
  const { problem, pixels, ...raw } = decode(readFileSync(source));
  if (problem !== undefined) return { problem };
  const png = await sharp(pixels, { raw, limitInputPixels: maxPixels })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const colours = icc === null ? [] : [profileChunk(Buffer.from(icc))];
  writeFileSync(target, Buffer.concat([png.subarray(0, 33), ...colours, png.subarray(33)]), { mode: 0o600 });
  return { width: raw.width, height: raw.height };
}

parentPort.postMessage(await main());
