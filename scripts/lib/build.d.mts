export function staleSources(folders?: readonly string[]): string[];
