import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';

import { AuditModule } from '../audit/audit.module.js';
import { AccessGuard } from './access.guard.js';
import { Authenticator } from './authenticator.js';
import { CredentialChanges } from './credential-changes.js';
import { CredentialPurge } from './credential-purge.js';
import { CredentialReader } from './credential-reader.js';
import { DisplayDoor } from './display-door.js';
import { FirstAdmin } from './first-admin.js';
import { MeController } from './me.controller.js';
import { MeReader } from './me.js';
import { OidcController } from './oidc.controller.js';
import { OidcProvider } from './oidc-provider.js';
import { OidcSignIn } from './oidc-sign-in.js';
import { Origins } from './origin.js';
import { PasswordLinks } from './password-links.js';
import { SessionController } from './session.controller.js';
import { SignInLibrary } from './sign-in-library.js';
import { SignInService } from './sign-in.service.js';

/** Who you are and what you may do. Its guard stands before every route, so it comes first. */
@Global()
@Module({
  imports: [AuditModule],
  controllers: [MeController, SessionController, OidcController],
  providers: [
    Authenticator,
    CredentialChanges,
    CredentialPurge,
    CredentialReader,
    DisplayDoor,
    FirstAdmin,
    MeReader,
    OidcProvider,
    OidcSignIn,
    Origins,
    PasswordLinks,
    SignInLibrary,
    SignInService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Authenticator, CredentialChanges, FirstAdmin, Origins, PasswordLinks, SignInLibrary],
})
export class AuthModule {}
