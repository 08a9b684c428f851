import { ValidateBy } from 'class-validator';

/** Every value of the object is a text. */
export function TextValues(): PropertyDecorator {
  return ValidateBy({
    name: 'textValues',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'object' &&
        value !== null &&
        Object.values(value).every((item) => typeof item === 'string'),
      defaultMessage: () => 'each value must be a text',
    },
  });
}
