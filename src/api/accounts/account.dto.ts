import { ApiProperty } from '@nestjs/swagger';
import { toPublicId } from '../../common/ids/index.js';
import { accountStates, type AccountState, type AccountView } from '../../modules/accounts/index.js';
import type { Plain } from '../common/plain.js';

/** A connected account. Carries no secret. */
export class AccountDto {
  @ApiProperty({ example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  id: string;

  @ApiProperty({ description: 'Key of the platform, as in GET /api/v1/platforms.' })
  platform: string;

  @ApiProperty({ description: "The platform's own stable id of the account." })
  externalId: string;

  @ApiProperty()
  displayName: string;

  @ApiProperty({ type: String, nullable: true, description: 'What a person recognises the account by.' })
  handle: string | null;

  @ApiProperty({ type: String, nullable: true })
  avatarUrl: string | null;

  @ApiProperty({
    enum: accountStates,
    enumName: 'AccountState',
    description: 'expired: only a person can mend it, by connecting it again. Its id stays the same.',
  })
  state: AccountState;

  @ApiProperty({ type: String, nullable: true, example: 'brand_01890a5d6e7b7c8d9e0f112233445566' })
  brandId: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Facts read from the platform: limits of its server, kind of chat.',
  })
  metadata: Record<string, unknown>;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the credentials end by themselves, as far as the platform says.',
  })
  expiresAt: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description:
      'Present when the login ends then and cannot be renewed by itself: connect the account again before. Logins that can be renewed are, days before their end.',
  })
  reconnectBy: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  connectedAt: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the platform last confirmed that the account works.',
  })
  checkedAt: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why it expired: the code of the failure.' })
  lastErrorCode: string | null;
}

export function toAccountDto(view: AccountView): Plain<AccountDto> {
  const { id, platform, externalId, displayName, handle, metadata } = view.ref;
  return {
    id: toPublicId('acc', id),
    platform,
    externalId,
    displayName,
    handle,
    avatarUrl: view.avatarUrl,
    state: view.state,
    brandId: view.brandId === null ? null : toPublicId('brand', view.brandId),
    metadata,
    expiresAt: view.expiresAt?.toISOString() ?? null,
    reconnectBy: view.reconnectBy?.toISOString() ?? null,
    connectedAt: view.connectedAt.toISOString(),
    checkedAt: view.checkedAt?.toISOString() ?? null,
    lastErrorCode: view.lastErrorCode,
  };
}
