import { ApiProperty } from '@nestjs/swagger';

export const cancelResults = ['canceled', 'already-going-out'] as const;

export class CanceledTargetDto {
  @ApiProperty({ example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  accountId: string;

  @ApiProperty({ enum: cancelResults, enumName: 'CancelResult' })
  result: (typeof cancelResults)[number];
}

export class PostCancelDto {
  @ApiProperty({ type: [CanceledTargetDto] })
  targets: CanceledTargetDto[];
}
