import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import {
  type ConnectDescriptor,
  type PlatformCapabilities,
  type RegisteredPlatform,
} from '../../platforms/core/index.js';
import { ConnectFieldDto, toConnectFieldDto } from '../accounts/index.js';
import type { Plain } from '../common/plain.js';

const connectMethods = ['token_form', 'oauth2'] as const;

/** How accounts of the platform are connected. */
export class PlatformConnectDto {
  @ApiProperty({ enum: connectMethods, enumName: 'ConnectMethod' })
  method: ConnectDescriptor['method'];

  @ApiPropertyOptional({ type: [ConnectFieldDto], description: 'token_form: what to ask the person for.' })
  fields?: ConnectFieldDto[];

  @ApiPropertyOptional({
    type: [ConnectFieldDto],
    description: 'oauth2: what to send when connecting is started.',
  })
  startFields?: ConnectFieldDto[];

  @ApiPropertyOptional({ type: [String], description: 'oauth2: what the platform is asked to allow.' })
  scopes?: string[];
}

/** What a platform is and can do, as data. */
export class PlatformDto {
  @ApiProperty()
  key: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ description: 'False: nothing is published there; what is due is skipped.' })
  enabled: boolean;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Limits of text, media and threads. The server of an account may have others.',
  })
  capabilities: PlatformCapabilities;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'JSON Schema of the settings that a target may carry.',
  })
  settings: object;

  @ApiProperty({ type: PlatformConnectDto })
  connect: PlatformConnectDto;
}

export class PlatformListDto {
  @ApiProperty({ type: [PlatformDto] })
  items: PlatformDto[];
}

export class ChangePlatformDto {
  @ApiProperty({ description: 'Whether this workspace publishes to the platform.' })
  @IsBoolean()
  enabled: boolean;
}

export function toPlatformDto(
  { descriptor, connector }: RegisteredPlatform,
  enabled: boolean,
): Plain<PlatformDto> {
  const { key, name, capabilities, settings } = descriptor;
  return { key, name, enabled, capabilities, settings, connect: toConnectDto(connector.descriptor) };
}

function toConnectDto(descriptor: ConnectDescriptor): Plain<PlatformConnectDto> {
  switch (descriptor.method) {
    case 'token_form':
      return { method: 'token_form', fields: descriptor.fields.map(toConnectFieldDto) };
    case 'oauth2':
      return {
        method: 'oauth2',
        startFields: descriptor.startFields.map(toConnectFieldDto),
        scopes: [...descriptor.scopes],
      };
  }
}
