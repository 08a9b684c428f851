import { isCid } from './content.id.js';
import { format, type Check } from './lexicon.checks.js';

export const uri = format('uri', /^[a-z][a-z0-9+.-]*:[^\s]+$/i);
export const did = format('did', /^did:[a-z]+:[\w.:%-]+$/);
export const atUri = format('at-uri', /^at:\/\/[^\s/]+(\/[^\s/]+){0,2}$/);
export const language = format('language', /^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$/);
export const datetime = format('datetime', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
export const cid: Check = (value, path) => {
  if (typeof value !== 'string' || !isCid(value)) format('cid', /^$/)('x', path);
};
