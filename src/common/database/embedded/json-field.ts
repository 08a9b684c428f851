/** A field of what was parsed from a file, if it is a string. */
export function textField(value: unknown, name: string): string | undefined {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof found === 'string' ? found : undefined;
}

export function requiredText(value: unknown, name: string, file: string): string {
  const found = textField(value, name);
  if (found === undefined) throw new Error(`${file} has no ${name}`);
  return found;
}
