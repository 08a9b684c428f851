import { Injectable } from '@nestjs/common';
import { ValidationFailedError } from '../../common/errors/index.js';
import type { Post, ScheduleInput } from '../../modules/content/index.js';
import { SchedulingService } from '../../modules/scheduling/index.js';
import type { CreatePostDto, UpdatePostDto } from './post-requests.dto.js';

/** What a request says of the time. Inside a unit of work. */
@Injectable()
export class PostSchedule {
  constructor(private readonly scheduling: SchedulingService) {}

  /** Null: a draft. */
  async ofNew({ scheduledFor = null, timezone = null }: CreatePostDto): Promise<ScheduleInput | null> {
    if (scheduledFor !== null) return this.resolve(scheduledFor, timezone);
    if (timezone !== null) throw zoneWithoutTime();
    return null;
  }

  /**
   * Undefined: the time stays; null: it is taken away. A time that comes back as it was given means no change: clients may
   * send a whole post back.
   */
  async ofChange(dto: UpdatePostDto, before: Post): Promise<ScheduleInput | null | undefined> {
    if (dto.scheduledFor === null) return null;
    if (dto.scheduledFor === undefined && (dto.timezone ?? null) === null) return undefined;
    const scheduledFor = dto.scheduledFor ?? before.scheduledFor;
    if (scheduledFor === null) throw zoneWithoutTime();
    const timezone = dto.timezone === undefined ? before.timezone : dto.timezone;
    const same = scheduledFor === before.scheduledFor && timezone === before.timezone;
    return same && before.canceledAt === null ? undefined : this.resolve(scheduledFor, timezone);
  }

  /** At this moment. */
  now(): Promise<ScheduleInput> {
    return this.resolve('now', null);
  }

  private async resolve(scheduledFor: string, timezone: string | null): Promise<ScheduleInput> {
    return { scheduledFor, timezone, time: await this.scheduling.resolve({ scheduledFor, timezone }) };
  }
}

function zoneWithoutTime(): ValidationFailedError {
  return new ValidationFailedError([
    {
      pointer: '/timezone',
      rule: 'time_required',
      message: 'A time zone alone says nothing.',
      remedy: 'Give scheduledFor too, or leave the time zone out.',
    },
  ]);
}
