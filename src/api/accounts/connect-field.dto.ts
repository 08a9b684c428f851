import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ConnectField } from '../../platforms/core/index.js';
import type { Plain } from '../common/plain.js';

/** What to ask a person for. */
export class ConnectFieldDto {
  @ApiProperty()
  name: string;

  @ApiProperty()
  label: string;

  @ApiProperty({
    type: String,
    description: 'One of: text, password, url, email, number, select, list.',
    example: 'password',
  })
  type: ConnectField['type'];

  @ApiProperty()
  required: boolean;

  @ApiProperty({ description: 'True: hide what is typed.' })
  secret: boolean;

  @ApiProperty()
  help: string;

  @ApiPropertyOptional({ type: [String] })
  options?: string[];

  @ApiPropertyOptional()
  default?: string;
}

export function toConnectFieldDto({ options, ...field }: ConnectField): Plain<ConnectFieldDto> {
  return { ...field, ...(options === undefined ? {} : { options: [...options] }) };
}
