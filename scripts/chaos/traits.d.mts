export const PLATFORMS: readonly string[];
