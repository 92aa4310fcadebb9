import { OTHER_LANGUAGE_REPLIES } from '../replies/other-languages.js';
import type { Scenario } from '../scenario.js';

/** Not everybody writes English. */
export const OTHER_LANGUAGES: readonly Scenario[] = [
  {
    category: 'billing',
    priority: 'medium',
    language: 'de',
    titles: ['Rechnung {invoice} doppelt abgebucht', 'Falscher Betrag auf {invoice}'],
    stories: [
      'Guten Tag,\n\ndie Rechnung {invoice} über {amount} wurde am {date} zweimal abgebucht. Bitte erstatten Sie uns einen der Beträge und bestätigen Sie das kurz.\n\nMit freundlichen Grüßen\n{me}\n{company}',
      'Hallo,\n\nauf {invoice} stehen {amount}, vereinbart waren {amount2}. Können Sie das bitte prüfen?\n\nViele Grüße\n{me}',
    ],
    reason: 'German: a charge that the customer disputes.',
    replies: OTHER_LANGUAGE_REPLIES.germanBilling,
  },
  {
    category: 'technical',
    priority: 'medium',
    language: 'de',
    titles: ['Export bricht bei {percent} % ab', 'Seite lädt sehr langsam'],
    stories: [
      'Hallo zusammen,\n\nder Export bricht seit dem {date} immer bei {percent} % ab, egal welchen Zeitraum ich wähle. Browser: {browser}.\n\nDanke und Grüße\n{first}',
      'Seit dem letzten Update braucht die Übersicht über {seconds} Sekunden. Vorher ging es in zwei. Liegt das an uns?\n\n{me}',
    ],
    reason: 'German: an export or a page does not work well.',
    replies: OTHER_LANGUAGE_REPLIES.germanTechnical,
  },
  {
    category: 'account',
    priority: 'high',
    language: 'fr',
    titles: ['Impossible de me connecter', 'Compte bloqué depuis le {date}'],
    stories: [
      "Bonjour,\n\nje n'arrive plus à me connecter depuis le {date} : « identifiants incorrects », alors que je viens de changer le mot de passe. J'ai une réunion avec un client et toutes mes notes sont dedans.\n\nMerci d'avance,\n{me}",
      "Bonjour,\n\nmon compte {email} est bloqué après plusieurs essais. Pouvez-vous le débloquer aujourd'hui ?\n\nCordialement,\n{me}\n{company}",
    ],
    reason: 'French: a user cannot sign in.',
    replies: OTHER_LANGUAGE_REPLIES.frenchAccess,
  },
  {
    category: 'general',
    priority: 'low',
    language: 'fr',
    titles: ['Question sur la formule {plan}', 'Formation pour {count} personnes'],
    stories: [
      'Bonjour,\n\nnous sommes {seats} et nous hésitons entre {plan} et la formule au-dessus. Y a-t-il une limite au nombre de projets ?\n\nBonne journée,\n{first}',
      'Bonjour, proposez-vous des formations en français ? Nous accueillons {count} nouveaux collègues le mois prochain.\n\n{me}',
    ],
    reason: 'French: a question about plans or training.',
    replies: OTHER_LANGUAGE_REPLIES.frenchQuestion,
  },
  {
    category: 'technical',
    priority: 'high',
    language: 'es',
    titles: ['La aplicación se cierra al abrir un proyecto', 'Error 500 al guardar'],
    stories: [
      'Hola,\n\ndesde ayer la aplicación se cierra cada vez que abro el proyecto. Ya la reinstalé. Tengo {device}.\n\nEl equipo está en obra y no puede registrar nada.\n\nGracias,\n{me}',
      'Buenos días:\n\nAl guardar aparece «Error 500» ({request}). Nos pasa a todos desde las {time}.\n\nUn saludo,\n{me}\n{company}',
    ],
    reason: 'Spanish: the app or saving fails for a team.',
    replies: OTHER_LANGUAGE_REPLIES.spanish,
  },
  {
    category: 'billing',
    priority: 'low',
    language: 'pt',
    titles: ['Segunda via da fatura {invoice}', 'Alteração de dados de faturação'],
    stories: [
      'Olá,\n\npreciso da segunda via da fatura {invoice}, de {date}, para a contabilidade.\n\nObrigado,\n{me}',
      'Boa tarde,\n\nmudámos de morada e gostaríamos que as próximas faturas já saíssem com os dados novos. O que precisam de nós?\n\nCumprimentos,\n{me}\n{company}',
    ],
    reason: 'Portuguese: a copy of an invoice or new billing details.',
    replies: OTHER_LANGUAGE_REPLIES.portuguese,
  },
  {
    category: 'account',
    priority: 'low',
    language: 'it',
    titles: ['Invito scaduto per {colleague}', 'Cambiare indirizzo e-mail'],
    stories: [
      "Buongiorno,\n\nl'invito per {colleague} è scaduto e il pulsante per rimandarlo è disattivato. Come posso fare?\n\nGrazie mille,\n{me}",
      'Salve,\n\nvorrei cambiare il mio indirizzo e-mail ({email}), ma il sistema dice che è già in uso.\n\nCordiali saluti\n{me}',
    ],
    reason: 'Italian: an invitation or an e-mail address.',
    replies: OTHER_LANGUAGE_REPLIES.italian,
  },
  {
    category: 'general',
    priority: 'low',
    language: 'ja',
    titles: ['{plan}プランの上限について', '請求書の言語設定について'],
    stories: [
      'いつもお世話になっております。{company}の{me}です。\n\n{plan}プランで作成できるプロジェクト数に上限はありますか。現在{seats}名で利用しています。\n\nよろしくお願いいたします。',
      'お世話になっております。請求書を日本語で発行していただくことは可能でしょうか。\n\n{me}',
    ],
    reason: 'Japanese: a question about plans or invoices.',
    replies: OTHER_LANGUAGE_REPLIES.japanese,
  },
];
