import { ValidateIf } from 'class-validator';

/** The field may be left out, but it may not be null. (`IsOptional` lets both pass.) */
export function IfDefined(): PropertyDecorator {
  return ValidateIf((_object, value) => value !== undefined);
}
