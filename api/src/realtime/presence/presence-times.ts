import { Injectable } from '@nestjs/common';

/** How long presence lasts; tests need not wait that long. */
@Injectable()
export class PresenceTimes {
  /** A lease after its last renewal. */
  leaseMs = 30_000;
  /** Changes are gathered for so long before boards are told. */
  gatherMs = 500;
}
