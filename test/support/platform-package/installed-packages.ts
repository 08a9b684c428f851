import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const published = path.join(import.meta.dirname, 'fanfare-platform-postcard');

/** A working folder with packages in its node_modules, as `npm install` leaves them. */
export class InstalledPackages {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'fanfare-packages-')));

  /** The platform that somebody else has published; under another name where a test wants it twice. */
  installPostcard(name = 'fanfare-platform-postcard'): void {
    cpSync(published, this.placeOf(name), { recursive: true });
  }

  /** A package of one file. */
  write(name: string, program: string, manifest: object = {}): void {
    const place = this.placeOf(name);
    mkdirSync(place, { recursive: true });
    writeFileSync(
      path.join(place, 'package.json'),
      JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js', ...manifest }),
    );
    writeFileSync(path.join(place, 'index.js'), program);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private placeOf(name: string): string {
    return path.join(this.folder, 'node_modules', name);
  }
}
