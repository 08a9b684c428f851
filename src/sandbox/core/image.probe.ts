import sharp from 'sharp';

export interface ImageSize {
  readonly width: number;
  readonly height: number;
  readonly format: string;
}

/** Size and format of an image, or null when the bytes are no image that can be read. */
export async function probeImage(bytes: Buffer): Promise<ImageSize | null> {
  const metadata = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null);
  if (metadata === null) return null;
  return { width: metadata.width, height: metadata.height, format: metadata.format };
}
