import { listAt, numberAt, textAt, type JsonObject, type SettingsSchema } from '../core/index.js';

const id = { type: 'string', pattern: '^[0-9]+$' };
const words = {
  title: { type: 'string', minLength: 1, maxLength: 100 },
  description: { type: 'string', minLength: 1, maxLength: 800 },
  link: { type: 'string', pattern: '^https?://', maxLength: 2048 },
};

/** What a target may set. */
export const pinterestSettings: SettingsSchema = {
  type: 'object',
  properties: {
    boardId: { ...id, 'x-live-options': true, description: 'The board that the pin goes to.' },
    sectionId: {
      ...id,
      'x-live-options': true,
      description: 'A section of that board. Asked for with the id of a board, only its sections are named.',
    },
    title: { ...words.title, description: 'The title above the text.' },
    dominantColor: {
      type: 'string',
      pattern: '^#[0-9A-Fa-f]{6}$',
      description: 'The colour that is shown while the picture loads, such as `#6E7874`.',
    },
    coverSeconds: {
      type: 'integer',
      minimum: 0,
      maximum: 900,
      description: 'The second of the video that is its cover; the first by default.',
    },
    coverIndex: {
      type: 'integer',
      minimum: 0,
      maximum: 4,
      description: 'The picture of a carousel that is shown first, counted from 0.',
    },
    slides: {
      type: 'array',
      minItems: 1,
      maxItems: 5,
      items: { type: 'object', properties: words, additionalProperties: false },
      description: 'Title, text and link of each picture of a carousel, in the order of the pictures.',
    },
  },
  required: ['boardId'],
  additionalProperties: false,
};

export interface Slide {
  readonly title: string | null;
  readonly description: string | null;
  readonly link: string | null;
}

export interface PinterestSettings {
  readonly boardId: string;
  readonly sectionId: string | null;
  readonly title: string | null;
  readonly dominantColor: string | null;
  readonly coverSeconds: number | null;
  readonly coverIndex: number | null;
  readonly slides: readonly Slide[];
}

export function readPinterestSettings(settings: JsonObject): PinterestSettings {
  return {
    boardId: textAt(settings, 'boardId') ?? '',
    sectionId: textAt(settings, 'sectionId'),
    title: textAt(settings, 'title'),
    dominantColor: textAt(settings, 'dominantColor'),
    coverSeconds: numberAt(settings, 'coverSeconds'),
    coverIndex: numberAt(settings, 'coverIndex'),
    slides: (listAt(settings, 'slides') ?? []).map((slide) => ({
      title: textAt(slide, 'title'),
      description: textAt(slide, 'description'),
      link: textAt(slide, 'link'),
    })),
  };
}
