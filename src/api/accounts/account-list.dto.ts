import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { accountStates, type AccountState } from '../../modules/accounts/index.js';
import { AccountDto } from './account.dto.js';

export class AccountListQuery {
  @ApiPropertyOptional({ description: 'Only accounts of this platform.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  platform?: string;

  @ApiPropertyOptional({
    enum: accountStates,
    enumName: 'AccountState',
    description: 'Only accounts in this state.',
  })
  @IsOptional()
  @IsIn(accountStates)
  state?: AccountState;

  @ApiPropertyOptional({
    description: 'Only accounts of this brand.',
    example: 'brand_01890a5d6e7b7c8d9e0f112233445566',
  })
  @IsOptional()
  @Matches(/^brand_[0-9a-f]{32}$/)
  brandId?: string;

  @ApiPropertyOptional({ description: 'The nextCursor of the page before.' })
  @IsOptional()
  @Matches(/^acc_[0-9a-f]{32}$/)
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;
}

/** Newest first. */
export class AccountListDto {
  @ApiProperty({ type: [AccountDto] })
  items: AccountDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Null on the last page.' })
  nextCursor: string | null;
}
