import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import { switchers, type SwitchedOff, type WhenDue, whenDueModes } from '../../modules/publishing/index.js';
import { IfDefined } from '../common/if-defined.decorator.js';
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

export const switchScopes = ['workspace', 'instance'] as const;

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

/** Who has switched a platform off. */
export class SwitchedOffDto {
  @ApiProperty({
    enum: switchers,
    enumName: 'PlatformSwitcher',
    description: 'The configuration is over the instance, the instance over the workspace.',
  })
  by: SwitchedOff['by'];

  @ApiProperty({ enum: whenDueModes, enumName: 'WhenDue', description: 'What becomes of what is due there.' })
  whenDue: WhenDue;
}

/** What a platform is and can do, as data. */
export class PlatformDto {
  @ApiProperty()
  key: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ description: 'False: nothing is published there.' })
  enabled: boolean;

  @ApiProperty({ type: SwitchedOffDto, nullable: true, description: 'Null while it is on.' })
  switchedOff: SwitchedOffDto | null;

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
  @ApiProperty({ description: 'Whether anything is published to the platform.' })
  @IsBoolean()
  enabled: boolean;

  @ApiPropertyOptional({
    enum: switchScopes,
    enumName: 'SwitchScope',
    default: 'workspace',
    description: 'For whom. The instance, that is all workspaces, needs the scope operator.',
  })
  @IfDefined()
  @IsIn(switchScopes)
  scope?: (typeof switchScopes)[number];

  @ApiPropertyOptional({
    enum: whenDueModes,
    enumName: 'WhenDue',
    default: 'skip',
    description:
      'Off: what is due is passed over, or waits and goes out when the platform is on again, as far as its late policy lets it.',
  })
  @IfDefined()
  @IsIn(whenDueModes)
  whenDue?: WhenDue;
}

export function toPlatformDto({ platform, switchedOff, app, version }: CatalogueEntry): Plain<PlatformDto> {
  const { descriptor, connector } = platform;
  const { key, name, capabilities, settings, costs } = descriptor;
  return {
    key,
    name,
    enabled: switchedOff === null,
    switchedOff,
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
