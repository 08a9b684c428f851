import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { toPublicId } from '../../common/ids/index.js';
import {
  connectStatuses,
  type ConnectSessionView,
  type ConnectStatus,
} from '../../modules/accounts/index.js';
import { AccountDto, toAccountDto } from './account.dto.js';
import { ConnectFieldDto, toConnectFieldDto } from './connect-field.dto.js';
import type { Plain } from '../common/plain.js';

/** An account that the login may write to. */
export class ConnectChoiceDto {
  @ApiProperty({ description: 'Name it in externalIds to connect it.' })
  externalId: string;

  @ApiProperty()
  displayName: string;

  @ApiProperty({ type: String, nullable: true })
  handle: string | null;

  @ApiProperty({ type: String, nullable: true })
  avatarUrl: string | null;
}

/** A connect session carries what its status needs next, and nothing else. */
export class ConnectSessionDto {
  @ApiProperty({ example: 'con_01890a5d6e7b7c8d9e0f112233445566' })
  sessionId: string;

  @ApiProperty()
  platform: string;

  @ApiProperty({
    enum: connectStatuses,
    enumName: 'ConnectStatus',
    description: 'started: complete it; choose: select among the choices; done: the accounts are connected.',
  })
  status: ConnectStatus;

  @ApiPropertyOptional({ description: 'OAuth, while started: send the person there.' })
  authorizeUrl?: string;

  @ApiPropertyOptional({ description: 'OAuth: where the platform sends the browser back to.' })
  redirectUri?: string;

  @ApiPropertyOptional({
    type: [ConnectFieldDto],
    description: 'Form, while started: ask the person for these.',
  })
  fields?: ConnectFieldDto[];

  @ApiPropertyOptional({ type: [ConnectChoiceDto], description: 'While choose.' })
  choices?: ConnectChoiceDto[];

  @ApiPropertyOptional({ type: [AccountDto], description: 'Once done.' })
  accounts?: AccountDto[];

  @ApiProperty({ type: String, format: 'date-time', description: 'Until then the next step can be made.' })
  expiresAt: string;
}

export function toConnectSessionDto(view: ConnectSessionView): Plain<ConnectSessionDto> {
  const { sessionId, platform, status, authorizeUrl, redirectUri, fields, choices, accounts } = view;
  return {
    sessionId: toPublicId('con', sessionId),
    platform,
    status,
    ...(authorizeUrl === null ? {} : { authorizeUrl }),
    ...(redirectUri === null ? {} : { redirectUri }),
    ...(fields === null ? {} : { fields: fields.map(toConnectFieldDto) }),
    ...(choices === null ? {} : { choices: choices.map((choice) => ({ ...choice })) }),
    ...(accounts === null ? {} : { accounts: accounts.map(toAccountDto) }),
    expiresAt: view.expiresAt.toISOString(),
  };
}
