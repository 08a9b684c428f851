/**
 * @typedef {object} Row
 * @property {string} platform
 * @property {string} account
 * @property {string} status
 * @property {string} late
 * @property {string} permalink
 */

const COLUMNS = [
  ['platform', 10],
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
    if (this.out.isTTY) this.#redraw(rows);
    else this.#append(changed);
    for (const row of rows) this.#shown.set(keyOf(row), JSON.stringify(row));
  }

  #append(rows) {
    if (this.#shown.size === 0) this.#write(heading());
    for (const row of rows) this.#write(this.#line(row));
  }

  #redraw(rows) {
    if (this.#drawn > 0) this.out.write(`\x1b[${this.#drawn}A`);
    const lines = [heading(), ...rows.map((row) => this.#line(row))];
    for (const line of lines) this.#write(`\x1b[2K${line}`);
    this.#drawn = lines.length;
  }

  /** A line that wraps would be drawn over wrongly. */
  #line(row) {
    const text = COLUMNS.map(([name, width]) => fit(row[name], width)).join('  ');
    if (!this.out.isTTY) return `  ${text.trimEnd()}`;
    const cut = `  ${text}`.slice(0, Math.max(40, this.out.columns - 1)).trimEnd();
    const colour = COLOURS[row.status] ?? 36;
    return cut.replace(row.status, `\x1b[${colour}m${row.status}\x1b[0m`);
  }

  #write(line) {
    this.out.write(`${line}\n`);
  }
}

const keyOf = ({ platform, account }) => `${platform}/${account}`;
const heading = () => `  ${COLUMNS.map(([name, width]) => fit(name, width)).join('  ')}`;

/**
 * @param {string} text
 * @param {number} width 0: as long as it is
 */
function fit(text, width) {
  if (width === 0) return text;
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}
