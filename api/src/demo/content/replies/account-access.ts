import type { Replies } from './replies.js';

export const ACCOUNT_ACCESS_REPLIES = {
  afterReset: {
    first: [
      'I can see the reset in our log, and [four|six|five] failed sign-ins after it. Your account itself is fine, so we will get you back in [today|before your deadline].',
      'The new password was stored, but the sign-in page still seems to compare with something older. I am looking at that account now.',
    ],
    asks: [
      'Does the e-mail field on the sign-in page really say {email}? Some browsers fill in an old address there.',
      'Could you open a private window, type the password by hand and tell me the exact time of the attempt?',
    ],
    notes: [
      'Two accounts with the same address but for a capital letter, the reset went to the empty one. {peer}, can you check that I may join them?',
      'Password was changed on one node only, the other still had it cached. Told {technical}.',
    ],
    solved: [
      'Found it: there were two accounts for your address and the reset had changed the wrong one. They are one account now, and the password you chose works.',
      'I have sent you a fresh link that sets the password without the old form. It is valid for [one hour|two hours]; please write again if it gives you any trouble.',
    ],
  },
  resetMail: {
    first: [
      'Our mail log shows that the reset mails left us and were accepted on your side, so something between there and your inbox takes them away or opens them.',
      'I can see your requests for a reset. Each new one makes the link before it void, so please do not ask for another while I look.',
    ],
    asks: [
      'Does your company use a mail scanner that opens links, such as Safe Links or Mimecast?',
      'Is there a second address at which I could reach you, and could your admin confirm it?',
    ],
    notes: [
      'Link was opened by a scanner three seconds after delivery (data centre address). Known, see what {peer} wrote last month.',
      'Bounced as "greylisted" and was never tried again. {technical} will look at the retry settings.',
    ],
    solved: [
      'The mail is through: our second attempt had been switched off by accident for your domain. Please check the inbox, the link is good for an hour.',
      'You now get a link with an extra "Confirm" button, which scanners do not press. I saw in the log that the new password was set a minute ago.',
    ],
  },
  secondFactor: {
    first: [
      'Sorry to hear that. We can take the second factor off, but only after making sure that it is really you who asks, and I hope you understand why we are strict about it.',
      'No worries, this happens more often than one thinks. Recovery takes two steps: we check who you are, then you set up a new device.',
    ],
    asks: [
      'To check that it is you: when was the workspace made, roughly, and what are the last four digits of the card it is paid with? Please do not send the full number.',
      'Is there another admin in your workspace who could confirm the request from their own account?',
    ],
    notes: [
      'Identity check done by phone with the number from the contract, date of sign-up and card were right. {peer} please countersign, two of us are needed.',
      'Request came from a new country, so I did not reset yet. Wrote to the billing contact as well.',
    ],
    solved: [
      'The old device has been removed and you were asked for a new one at your next sign-in. Please print the recovery codes this time :)',
      'Your identity is confirmed and the second factor is reset. All old sessions were ended, so a lost phone can do no harm.',
    ],
  },
  sso: {
    first: [
      'We are on it. I have switched on emergency links for your two admins so that somebody can get in while we look at the certificate.',
      'I can see the failed assertions in our log. They come in with a key that we do not have on file as active; checking the metadata now.',
    ],
    asks: [
      'Could you send the current metadata URL of your identity provider, or the XML as a file?',
      'Which fingerprint does your identity provider show for the active certificate? The first eight characters are enough.',
    ],
    notes: [
      'Upload of the new certificate is there but marked "next", it was never made active. {technical} is flipping it.',
      'Customer is on the line with me. {peer}, please watch the sign-in log while they try again.',
      'Audience in the assertion has a trailing slash since today, so their side did change something. Tell them kindly.',
    ],
    solved: [
      'The new certificate is active and the first sign-ins came through [two|three|five] minutes ago. The old one stays valid for a week, so nobody is cut off.',
      'Sign-in works again: the audience in the assertion and the one in our settings had drifted apart, and we now accept both. I will switch off the emergency links tonight.',
    ],
  },
  locked: {
    first: [
      'The lock is ours: it goes off after ten wrong passwords in a row. I can open the account earlier once I know what made the attempts.',
      'I have the list of attempts in front of me. Most come from one address and follow each other by exactly a minute, which looks like a device rather than a person.',
    ],
    asks: [
      'Is there an old phone or tablet that still has the password from before stored?',
      'Do you know the address [203.0.113.40|203.0.113.117|203.0.113.8]? It might be your office or your VPN.',
    ],
    notes: [
      'Attempts are all from the old mobile app, every sixty seconds. Nothing suspicious. {peer} agrees.',
      'Unlocked, but the counter is still at nine. Ask {technical} whether that resets by itself.',
    ],
    solved: [
      'Your account is open again. The attempts came from an app with an old password stored; please sign out there once.',
      'Unlocked, and you were not attacked: all attempts came from a device of your own. The list is in your profile under "Security".',
    ],
  },
  sessions: {
    first: [
      'That is not how it should be: a session lasts two weeks unless your workspace sets a shorter time. I am comparing yours with that of a colleague.',
      'Thank you for the times. I can see your sessions end one after another in our log, each with the same reason, "replaced".',
    ],
    asks: [
      'Is there a browser extension or a company setting that clears cookies? The names of the extensions would help.',
      'Do you use several workspaces in the same browser, or a VPN that changes your address?',
    ],
    notes: [
      'Session is bound to the address, and theirs changes every few minutes (two lines, balanced). {technical} can put them on the list.',
      '"Strict sessions" is on for this one user only. No idea who did that, asking {peer}.',
    ],
    solved: [
      'Your internet line changes its address every few minutes and our check took that for somebody else. It is relaxed for your network now.',
      'A setting named "strict sessions" was on for your account alone. It is off, and your session of this morning is still alive.',
    ],
  },
  takeover: {
    first: [
      'All sessions of the account have been ended and changes are frozen. Nobody, including you, can get in until we have spoken, which I would like to do right now.',
      'We take this very seriously. The account is frozen since a minute ago and I am going through the log of what was done in it.',
    ],
    asks: [
      'At which phone number can I call you back in the next ten minutes? I will use the one in your contract otherwise.',
      'Has the password been used anywhere else, and did anybody get a mail that asked them to sign in with us?',
    ],
    notes: [
      'Mail address changed from a new device, then exports of two projects. Security is informed, {peer} writes the report.',
      'Called the number of the contract, spoke with the owner. Confirmed: not them. Keep it frozen until the new factor is set up.',
      '{technical}: please keep the access logs of this workspace, they will ask for them.',
    ],
    solved: [
      'The account is yours again, with your own address and a new second factor. The shares with the unknown address are withdrawn; a list of everything that was opened has been sent by mail.',
      'We have gone through the log together with you: one session was not yours, it read and changed nothing after the address. Everything is set back and the account is open again.',
    ],
  },
  newDomain: {
    first: [
      'That can be done without new invitations: people keep their accounts, only the address changes, and they get one mail about it.',
      'Congratulations on the new name! Addresses are unique with us, so an old invitation can indeed be in the way. I am looking for it.',
    ],
    asks: [
      'Are the parts before the @ staying the same for everybody? If not, a list with old and new address would be best.',
      'When would suit you? It takes a minute, and people are signed out once.',
    ],
    notes: [
      'Domain is verified. {technical} runs the rename tonight, list is in the shared folder.',
      'Old invitation from last year blocks the address. May I delete it, {peer}? It was never used.',
    ],
    solved: [
      'All addresses are changed and mails go to the new ones. The old ones still work for signing in until the end of the month.',
      'The stale invitation is gone and your new address is in place. Nothing else about the account has changed.',
    ],
  },
  invitation: {
    first: [
      'I see the invitation: it has run out, and "Resend" is only offered for a week. I can renew it from here.',
      'Invitations are valid for a week, after that their link leads to "not found". That message could be a lot clearer.',
    ],
    asks: [
      'Shall I send it to the same address once more, or has it changed?',
      'Which role should they get? The old invitation says Member.',
    ],
    notes: [
      'Renewed. "Resend" being greyed out for expired ones is a bug if you ask me, {technical}?',
      'Seats are full, that is why it cannot be resent. {billing}, do they get one for free until renewal?',
    ],
    solved: [
      'Done: the new link works, I tried it up to the last step. "Resend" will soon work for expired invitations as well.',
      'Fresh invitations are on their way and valid for two weeks this time. [One|Two] of them have already been accepted.',
    ],
  },
} as const satisfies Record<string, Replies>;
