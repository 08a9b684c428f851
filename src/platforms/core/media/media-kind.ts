export const mediaKinds = ['image', 'gif', 'video', 'audio', 'document'] as const;
export type MediaKind = (typeof mediaKinds)[number];
