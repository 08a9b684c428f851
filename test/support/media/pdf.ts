interface PdfOptions {
  readonly pages?: number;
  /** Points. */
  readonly width?: number;
  readonly height?: number;
  /** Degrees, clockwise. */
  readonly rotate?: 0 | 90;
  /** It asks for a password. */
  readonly encrypted?: boolean;
  /** Makes its bytes different. */
  readonly seed?: number;
}

const secret = '<3132333435363738393031323334353637383930313233343536373839303132>';

/** A PDF of empty pages. */
export function pdf(options: PdfOptions = {}): Buffer {
  const { pages = 1, width = 595, height = 842, rotate = 0, encrypted = false, seed = 1 } = options;
  const kids = Array.from({ length: pages }, (_page, index) => `${index + 3} 0 R`).join(' ');
  const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Rotate ${rotate} >>`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`,
    ...Array.from({ length: pages }, () => page),
    ...(encrypted ? [`<< /Filter /Standard /V 1 /R 2 /O ${secret} /U ${secret} /P -4 >>`] : []),
  ];
  let text = `%PDF-1.7\n% ${seed}\n`;
  const places = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const lock = encrypted ? ` /Encrypt ${objects.length} 0 R /ID [${secret} ${secret}]` : '';
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${lock} >>`;
  return Buffer.from(`${text}${table}${trailer}\nstartxref\n${text.length}\n%%EOF\n`);
}
