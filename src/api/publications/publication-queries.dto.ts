import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { publicationStatuses, type PublicationStatus } from '../../modules/publishing/index.js';

export class PublicationListQuery {
  @ApiPropertyOptional({ enum: publicationStatuses, enumName: 'PublicationStatus' })
  @IsOptional()
  @IsIn(publicationStatuses)
  status?: PublicationStatus;

  @ApiPropertyOptional({ example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  @IsOptional()
  @Matches(/^acc_[0-9a-f]{32}$/)
  accountId?: string;

  @ApiPropertyOptional({ example: 'post_01890a5d6e7b7c8d9e0f112233445566' })
  @IsOptional()
  @Matches(/^post_[0-9a-f]{32}$/)
  postId?: string;

  @ApiPropertyOptional({ description: 'The nextCursor of the page before.' })
  @IsOptional()
  @Matches(/^pub_[0-9a-f]{32}$/)
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 25 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;
}
