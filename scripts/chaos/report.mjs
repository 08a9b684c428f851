/**
 * @param {Record<string, any>[]} rows
 * @returns {string[]}
 */
export function tableOf(rows) {
  const names = Object.keys(rows[0] ?? {});
  const width = (name) => Math.max(name.length, ...rows.map((row) => String(row[name]).length));
  const cell = (name, text) =>
    typeof rows[0][name] === 'number' ? String(text).padStart(width(name)) : String(text).padEnd(width(name));
  const line = (values) => `  ${names.map((name) => cell(name, values[name])).join('  ')}`.trimEnd();
  return [line(Object.fromEntries(names.map((name) => [name, name]))), ...rows.map(line)];
}

/**
 * `name 3, other 0`
 * @param {Record<string, number>} counts
 */
export const countsOf = (counts) =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

/**
 * The columns that say nothing when they are empty.
 * @param {string} what
 * @param {Record<string, number>} counts
 */
export const emptyColumns = (what, counts) =>
  Object.entries(counts)
    .filter(([, count]) => count === 0)
    .map(([name]) => `${what}: "${name}" is 0, which tests nothing`);
