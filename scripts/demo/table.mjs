/**
 * @typedef {object} Row
 * @property {string} platform
 * @property {string} account
 * @property {string} status
 * @property {string} late
 * @property {string} permalink
 */

const COLUMNS = [
  ['platform', 15],
  ['account', 22],
  ['status', 12],
  ['late', 8],
  ['permalink', 0],
];
const COLOURS = {
  published: 32,
  failed: 31,
  unconfirmed: 33,
  skipped: 33,
  canceled: 33,
  scheduled: 90,
  queued: 90,
};

/** Shows how publications stand: redrawn in place on a terminal, else a line for each change. */
export class LiveTable {
  #shown = new Map();
  #drawn = 0;

  /** @param {NodeJS.WriteStream} out */
  constructor(out = process.stdout) {
    this.out = out;
  }

  /** @param {Row[]} rows */
  show(rows) {
    const changed = rows.filter((row) => this.#shown.get(keyOf(row)) !== JSON.stringify(row));
    if (changed.length === 0) return;
    // A line that wraps would be drawn over wrongly the next time.
    if (this.out.isTTY) this.#redraw(rows, Math.max(40, this.out.columns - 1));
    else this.#append(changed);
    for (const row of rows) this.#shown.set(keyOf(row), JSON.stringify(row));
  }

  /**
   * Shows the end: on a terminal once more and whole, because nothing is drawn over it any more.
   * @param {Row[]} rows
   */
  finish(rows) {
    this.show(rows);
    if (this.out.isTTY) this.#redraw(rows, Infinity);
  }

  #append(rows) {
    if (this.#shown.size === 0) this.#write(heading());
    for (const row of rows) this.#write(lineOf(row).trimEnd());
  }

  #redraw(rows, width) {
    if (this.#drawn > 0) this.out.write(`\x1b[${this.#drawn}A`);
    const lines = [heading(), ...rows.map((row) => coloured(lineOf(row).slice(0, width).trimEnd(), row))];
    for (const line of lines) this.#write(`\x1b[2K${line}`);
    this.#drawn = lines.length;
  }

  #write(line) {
    this.out.write(`${line}\n`);
  }
}

const keyOf = ({ platform, account }) => `${platform}/${account}`;
const lineOf = (row) => `  ${COLUMNS.map(([name, width]) => fit(row[name], width)).join('  ')}`;
const heading = () => lineOf(Object.fromEntries(COLUMNS.map(([name]) => [name, name])));
const coloured = (line, { status }) =>
  line.replace(new RegExp(`(?<=  )${status}(?= |$)`), `\x1b[${COLOURS[status] ?? 36}m${status}\x1b[0m`);

/**
 * @param {string} text
 * @param {number} width 0: as long as it is
 */
function fit(text, width) {
  if (width === 0) return text;
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}
