import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { postStatuses, type PostStatus } from '../../modules/content/index.js';
import { PostDto } from './post.dto.js';

const listed = ({ value }: { value: unknown }): unknown =>
  [value].flat().flatMap((item: unknown) => (typeof item === 'string' ? item.split(',') : [item]));

export class PostListQuery {
  @ApiPropertyOptional({
    enum: postStatuses,
    enumName: 'PostStatus',
    isArray: true,
    description: 'One, or several separated by commas.',
  })
  @IsOptional()
  @Transform(listed)
  @ArrayMaxSize(postStatuses.length)
  @IsIn(postStatuses, { each: true })
  status?: PostStatus[];

  @ApiPropertyOptional({ example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  @IsOptional()
  @Matches(/^acc_[0-9a-f]{32}$/)
  accountId?: string;

  @ApiPropertyOptional({ description: 'Your own name for the post.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  externalId?: string;

  @ApiPropertyOptional({ description: 'Posts that carry this label.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  label?: string;

  @ApiPropertyOptional({ description: 'The nextCursor of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 25 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;
}

/** Newest first. */
export class PostListDto {
  @ApiProperty({ type: [PostDto] })
  items: PostDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Null on the last page.' })
  nextCursor: string | null;
}
