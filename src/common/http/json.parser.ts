import { isInteger, parse } from 'lossless-json';

const LONG_NUMBER = /\d{16}/;

/**
 * Like JSON.parse, but a whole number that a double cannot hold becomes a string with all its digits: ids of 64 bits.
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  // The careful parser is some forty times slower; most answers have no such number.
  if (!LONG_NUMBER.test(json)) return JSON.parse(json);
  try {
    return parse(json, null, { parseNumber: safeNumber, onDuplicateKey: ({ newValue }) => newValue });
  } catch (error) {
    throw error instanceof SyntaxError ? error : new SyntaxError('not JSON, or too deep', { cause: error });
  }
}

function safeNumber(digits: string): number | string {
  const value = Number(digits);
  return isInteger(digits) && !Number.isSafeInteger(value) ? digits : value;
}
