import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import {
  kindsOf,
  liveSettingsOf,
  wholeSettings,
  type ConnectDescriptor,
  type PlatformCapabilities,
} from '../../platforms/core/index.js';
import { ConnectFieldDto, toConnectFieldDto } from '../accounts/index.js';
import type { Plain } from '../common/plain.js';
import { AppCredentialsDto, toAppCredentials } from './app-credentials.dto.js';
import type { CatalogueEntry } from './platform.catalogue.js';

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

/** The version of the platform's API that is spoken. */
export class PlatformVersionDto {
  @ApiProperty()
  version: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it ends, if that is known.',
  })
  sunset: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Present when it ends soon, or has ended.' })
  warning: string | null;
}

/** What the platform charges the owner of the app. */
export class PlatformCostDto {
  @ApiProperty({ example: 'A post with a link' })
  what: string;

  @ApiProperty({ example: '0.20' })
  amount: string;

  @ApiProperty({ example: 'USD' })
  currency: string;

  @ApiProperty({ description: 'Where the figure comes from, with its date.' })
  source: string;
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

  @ApiProperty({
    type: [String],
    description:
      'Kinds of post, by name: text, link, image, images, video, reel, story, thread, first_comment, poll, …',
  })
  kinds: string[];

  @ApiProperty({
    type: [String],
    description: 'Settings whose values are asked for with GET /api/v1/accounts/{id}/options/{setting}.',
  })
  liveSettings: string[];

  @ApiProperty({ type: PlatformConnectDto })
  connect: PlatformConnectDto;

  @ApiProperty({ type: AppCredentialsDto, description: 'The app that accounts are connected with.' })
  app: AppCredentialsDto;

  @ApiProperty({ type: PlatformVersionDto, nullable: true, description: 'Null: the API has no versions.' })
  version: PlatformVersionDto | null;

  @ApiProperty({ type: [PlatformCostDto], description: 'What its use costs; empty: nothing.' })
  costs: PlatformCostDto[];
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

export function toPlatformDto({ platform, enabled, app, version }: CatalogueEntry): Plain<PlatformDto> {
  const { descriptor, connector } = platform;
  const { key, name, capabilities, settings, costs } = descriptor;
  return {
    key,
    name,
    enabled,
    capabilities,
    settings: wholeSettings(settings),
    kinds: kindsOf(descriptor),
    liveSettings: liveSettingsOf(settings),
    connect: toConnectDto(connector.descriptor),
    app: toAppCredentials(app),
    version: version === null ? null : { ...version, sunset: version.sunset?.toISOString() ?? null },
    costs: (costs ?? []).map((cost) => ({ ...cost })),
  };
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
