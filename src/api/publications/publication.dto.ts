import { ApiProperty } from '@nestjs/swagger';
import { PublicationStateDto } from './publication-state.dto.js';

/** One target of one plan. */
export class PublicationDto extends PublicationStateDto {
  @ApiProperty({ example: 'plan_01890a5d6e7b7c8d9e0f112233445566' })
  planId: string;

  @ApiProperty({ example: 'post_01890a5d6e7b7c8d9e0f112233445566' })
  postId: string;

  @ApiProperty({ example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  accountId: string;

  @ApiProperty({ description: 'Key of the platform.' })
  platform: string;

  @ApiProperty({ type: String, format: 'date-time' })
  dueAt: string;
}

/** Newest first. */
export class PublicationListDto {
  @ApiProperty({ type: [PublicationDto] })
  items: PublicationDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Null on the last page.' })
  nextCursor: string | null;
}
