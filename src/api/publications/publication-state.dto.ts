import { ApiProperty } from '@nestjs/swagger';
import { publicationStatuses, type PublicationStatus } from '../../modules/publishing/index.js';
import { FailureDto } from './failure.dto.js';

export class PublicationWarningDto {
  @ApiProperty({ example: 'link_card_dropped' })
  code: string;

  @ApiProperty({ description: 'For a person.' })
  message: string;
}

export class WaitingForDto {
  @ApiProperty({ example: 'rate_limit' })
  reason: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  until: string | null;
}

/** How one target stands on its platform. */
export class PublicationStateDto {
  @ApiProperty({ example: 'pub_01890a5d6e7b7c8d9e0f112233445566' })
  id: string;

  @ApiProperty({
    enum: publicationStatuses,
    enumName: 'PublicationStatus',
    description:
      'processing: the platform is still working. unconfirmed: whether it is out cannot be told, or not yet.',
  })
  status: PublicationStatus;

  @ApiProperty({ type: String, nullable: true, description: 'Where people see it.' })
  permalink: string | null;

  @ApiProperty({ type: String, nullable: true })
  platformPostId: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  publishedAt: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it was deleted on the platform, at the request of a client.',
  })
  deletedAt: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Milliseconds from the due time until it was out.',
  })
  latenessMs: number | null;

  @ApiProperty({ type: 'integer' })
  attemptCount: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  nextAttemptAt: string | null;

  @ApiProperty({ type: WaitingForDto, nullable: true, description: 'What the next attempt waits for.' })
  waitingFor: WaitingForDto | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Why it was skipped, canceled or left unconfirmed.',
  })
  reason: string | null;

  @ApiProperty({ type: FailureDto, nullable: true })
  error: FailureDto | null;

  @ApiProperty({ type: [PublicationWarningDto] })
  warnings: PublicationWarningDto[];
}
