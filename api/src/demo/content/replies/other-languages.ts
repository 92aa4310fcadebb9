import type { Replies } from './replies.js';

export const OTHER_LANGUAGE_REPLIES = {
  germanBilling: {
    first: [
      'ich habe die Rechnung {invoice} vor mir und sehe, was Sie meinen. Das wird korrigiert.',
      'danke für den Hinweis. Ich gleiche den Betrag gerade mit Ihrem Vertrag ab.',
    ],
    asks: [
      'Könnten Sie mir den Kontoauszug mit der Referenz schicken?',
      'Möchten Sie eine Gutschrift oder eine Überweisung?',
    ],
    notes: [
      'Customer writes German. Amount is indeed wrong, asked {peer} to correct it.',
      'Refund prepared, needs a yes from {billing}.',
    ],
    solved: [
      'der Betrag ist auf dem Weg zu Ihnen, und die korrigierte Rechnung liegt in Ihrem Konto.',
      'das ist erledigt: Die Differenz wurde erstattet, die Bestätigung kommt per E-Mail.',
    ],
  },
  germanTechnical: {
    first: [
      'vielen Dank, ich kann es nachstellen. An Ihnen liegt es nicht.',
      'ich sehe die Abbrüche in unserem Protokoll und habe sie an die Technik gegeben.',
    ],
    asks: [
      'Tritt es auch in einem privaten Fenster auf?',
      'Wie viele Projekte sind bei Ihnen ungefähr aktiv?',
    ],
    notes: [
      'Reproduced with their data. {technical}: timeout since the last update.',
      'German customer, I keep it. {peer} reads along.',
    ],
    solved: [
      'seit heute läuft es wieder normal, ein fehlender Index war schuld. Geben Sie gern Bescheid, falls doch noch etwas hakt.',
      'die Korrektur ist eingespielt. Bei mir lief es eben vollständig durch.',
    ],
  },
  frenchAccess: {
    first: [
      'je vois les tentatives dans notre journal ; votre compte lui-même est en ordre.',
      'je comprends que cela presse. Je regarde tout de suite ce qui bloque.',
    ],
    asks: [
      "Pouvez-vous me confirmer l'adresse avec laquelle vous vous connectez ?",
      'Un ancien téléphone garde-t-il encore votre mot de passe ?',
    ],
    notes: [
      'Too many attempts from an old app. Unlocked after the check, {peer} agreed.',
      'French customer. Identity confirmed by the admin of {company}.',
    ],
    solved: [
      "votre compte est débloqué et j'ai vu votre connexion réussir à l'instant.",
      'vous pouvez de nouveau vous connecter. Le lien que je vous ai envoyé reste valable une heure.',
    ],
  },
  frenchQuestion: {
    first: [
      'merci pour votre message, la réponse courte est oui.',
      'bonne question, voici ce que je peux vous proposer.',
    ],
    asks: [
      'Pour quelle date en auriez-vous besoin ?',
      'Combien de projets menez-vous en même temps, à peu près ?',
    ],
    notes: ['Asked sales for an offer in French.', '{peer} gives trainings in French, proposed two dates.'],
    solved: [
      "vous avez reçu les détails par courriel. N'hésitez pas si quelque chose n'est pas clair.",
      "c'est réservé ! Vous trouverez tout dans l'invitation.",
    ],
  },
  spanish: {
    first: [
      'gracias por avisar. Veo los errores en nuestro registro y ya lo estamos mirando.',
      'lo hemos podido reproducir, así que no es culpa de su equipo.',
    ],
    asks: ['¿Qué versión de la aplicación tienen instalada?', '¿Pasa también con otro proyecto?'],
    notes: ['Reproduced, Spanish customer. {technical} has it.', 'Same crash as two others today, linked.'],
    solved: [
      'ya está corregido. Por favor, actualicen la aplicación y díganme si vuelve a ocurrir.',
      'funciona de nuevo desde hace unos minutos. No se ha perdido ningún dato.',
    ],
  },
  portuguese: {
    first: ['já encontrei os seus dados e trato disso hoje.', 'obrigado pela mensagem, é um pedido simples.'],
    asks: ['Para que endereço de e-mail devo enviar?', 'O número de contribuinte mantém-se?'],
    notes: ['Portuguese customer, {peer} took the address change.', 'Invoice taken from the archive.'],
    solved: [
      'o documento seguiu por e-mail e fica também na página de faturação.',
      'está feito: as próximas faturas já saem com os dados novos.',
    ],
  },
  italian: {
    first: [
      "vedo il problema: c'è un vecchio invito che è scaduto.",
      'grazie per la segnalazione, si risolve in fretta.',
    ],
    asks: ['Posso usare lo stesso indirizzo o preferisce un altro?', 'È ancora attivo il vecchio indirizzo?'],
    notes: ['Old invitation in the way, deleted with the yes of {peer}.', 'Italian customer, all clear.'],
    solved: [
      'ho inviato un nuovo invito, valido per due settimane.',
      "l'indirizzo è stato cambiato; il resto del profilo è rimasto uguale.",
    ],
  },
  japanese: {
    first: [
      'お問い合わせありがとうございます。内容を確認しております。',
      'ご連絡ありがとうございます。担当の者に確認いたします。',
    ],
    asks: ['現在ご利用中の契約の更新月を教えていただけますか。', 'ご希望の開始時期はございますか。'],
    notes: [
      'Japanese customer, had my answer read over by {peer}.',
      'Asked {billing} whether invoices can be in Japanese: yes, from the next one.',
    ],
    solved: [
      '確認が取れました。現在のプランでそのままご利用いただけます。',
      '設定を変更いたしました。次回の請求書から反映されます。',
    ],
  },
} as const satisfies Record<string, Replies>;
