import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';

/** Why somebody does not come in by the single sign-on, for the sign-in page to say. */
export class SingleSignOnFailed extends Error {
  override readonly name = 'SingleSignOnFailed';

  constructor(readonly why: 'refused' | 'unavailable') {
    super(`The single sign-on failed: ${why}`);
  }
}

/** Sends a browser that comes back in vain to the sign-in page. */
@Catch(SingleSignOnFailed)
export class SignInPageFilter implements ExceptionFilter<SingleSignOnFailed> {
  catch({ why }: SingleSignOnFailed, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Response>().redirect(`/sign-in?single_sign_on=${why}`);
  }
}
