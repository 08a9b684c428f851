import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  MaxLength,
  MinLength,
} from 'class-validator';
import { toPublicId } from '../../common/ids/index.js';
import { apiKeyScopes, type ApiKeyScope, type ApiKeyView } from '../../modules/accounts/index.js';
import type { Plain } from '../common/plain.js';

export class CreateApiKeyDto {
  @ApiProperty({ description: 'For people: where the key is used.', minLength: 1, maxLength: 100 })
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name: string;

  @ApiPropertyOptional({
    enum: apiKeyScopes,
    enumName: 'ApiKeyScope',
    isArray: true,
    default: ['read', 'write'],
    description:
      'Each scope includes the lesser ones: read, write, admin, operator. An operator decides for all workspaces of the instance.',
  })
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(apiKeyScopes, { each: true })
  scopes?: ApiKeyScope[];

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Null: it does not end.',
  })
  @IsOptional()
  @IsISO8601({ strict: true })
  expiresAt?: string | null;
}

/** A key, without the key. */
export class ApiKeyDto {
  @ApiProperty({ example: 'key_01890a5d6e7b7c8d9e0f112233445566' })
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ description: 'How the key begins.', example: 'fan_Zm9vYmFy' })
  prefix: string;

  @ApiProperty({ enum: apiKeyScopes, enumName: 'ApiKeyScope', isArray: true })
  scopes: ApiKeyScope[];

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  revokedAt: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'To the minute.' })
  lastUsedAt: string | null;
}

export class CreatedApiKeyDto extends ApiKeyDto {
  @ApiProperty({ description: 'The key itself. It is shown this once.' })
  key: string;
}

export class ApiKeyListDto {
  @ApiProperty({ type: [ApiKeyDto] })
  items: ApiKeyDto[];
}

export function toApiKeyDto(view: ApiKeyView): Plain<ApiKeyDto> {
  return {
    id: toPublicId('key', view.id),
    name: view.name,
    prefix: view.prefix,
    scopes: [...view.scopes],
    createdAt: view.createdAt.toISOString(),
    expiresAt: view.expiresAt?.toISOString() ?? null,
    revokedAt: view.revokedAt?.toISOString() ?? null,
    lastUsedAt: view.lastUsedAt?.toISOString() ?? null,
  };
}
