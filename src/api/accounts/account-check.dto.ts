import { ApiProperty } from '@nestjs/swagger';
import type { CheckResult } from '../../modules/accounts/index.js';
import { failureKinds, type FailureKind } from '../../platforms/core/index.js';
import { AccountDto, toAccountDto } from './account.dto.js';
import type { Plain } from '../common/plain.js';

/** Why an account does not work now. */
export class CheckErrorDto {
  @ApiProperty({ enum: failureKinds, enumName: 'FailureKind' })
  kind: FailureKind;

  @ApiProperty({ description: 'What a program may decide on.' })
  code: string;

  @ApiProperty({ type: String, nullable: true, description: "The platform's own code." })
  platformCode: string | null;

  @ApiProperty({ description: 'True when a later check may succeed without anybody doing anything.' })
  retryable: boolean;

  @ApiProperty({ description: 'For a person.' })
  message: string;

  @ApiProperty({ description: 'What to do, for a person.' })
  remedy: string;
}

/** The answer of the platform to "does this account work?". */
export class AccountCheckDto {
  @ApiProperty({ description: 'True: the platform confirmed that the account can be written to.' })
  ok: boolean;

  @ApiProperty({ type: CheckErrorDto, nullable: true })
  error: CheckErrorDto | null;

  @ApiProperty({ type: AccountDto, description: 'The account as it is after the check.' })
  account: AccountDto;
}

export function toAccountCheckDto({ account, failure }: CheckResult): Plain<AccountCheckDto> {
  if (failure === null) return { ok: true, error: null, account: toAccountDto(account) };
  const { kind, code, platformCode, retryable, message, remedy } = failure;
  const error = { kind, code, platformCode, retryable, message, remedy };
  return { ok: false, error, account: toAccountDto(account) };
}
