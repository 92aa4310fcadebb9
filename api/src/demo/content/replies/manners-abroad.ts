import type { Language } from '../scenario.js';
import type { Manners } from './manners.js';

const NOTHING = [''] as const;

/** Fewer than in English, as fewer tickets need them. After a greeting a sentence goes on as its language does. */
export const MANNERS_ABROAD: Readonly<Record<Language, Manners>> = {
  de: {
    greetings: ['Guten Tag {me},', 'Hallo {me},'],
    acknowledging: NOTHING,
    alarmed: NOTHING,
    asking: ['Eine Frage noch:', 'Was mir helfen würde:'],
    following: ['Ich melde mich wieder.', ''],
    waiting: [
      'ein kurzer Zwischenstand: Wir sind noch nicht fertig, aber ich bleibe dran.',
      'es dauert leider länger als gedacht. Ich melde mich [morgen|bis Ende der Woche] wieder.',
    ],
    takingOver: [
      'ich übernehme von meiner Kollegin und habe alles gelesen.',
      'ab hier betreue ich Ihr Anliegen.',
    ],
    returning: [
      'das tut mir leid. Ich habe den Vorgang wieder geöffnet und sehe es mir genauer an.',
      'danke für die Rückmeldung, ich prüfe es noch einmal.',
    ],
    closing: ['Melden Sie sich gern, falls noch etwas ist.', 'Danke für Ihre Geduld.'],
    signatures: ['Viele Grüße\n{agent}', 'Mit freundlichen Grüßen\n{agent}'],
  },
  fr: {
    greetings: ['Bonjour {me},', 'Bonjour {first},'],
    acknowledging: NOTHING,
    alarmed: NOTHING,
    asking: ['Une question :', 'Pour avancer :'],
    following: ['Je reviens vers vous rapidement.', ''],
    waiting: [
      "un point rapide : ce n'est pas encore terminé, mais je m'en occupe.",
      'cela prend plus de temps que prévu, je vous tiens au courant.',
    ],
    takingOver: [
      "je prends la suite de ma collègue et j'ai tout relu.",
      'votre demande est maintenant entre mes mains.',
    ],
    returning: [
      "désolé que cela recommence. J'ai rouvert votre demande.",
      'merci de votre retour, je reprends depuis le début.',
    ],
    closing: ['Bonne journée !', "N'hésitez pas à revenir vers moi."],
    signatures: ['Cordialement,\n{agent}', 'Bien à vous,\n{agent}'],
  },
  es: {
    greetings: ['Hola, {first}:', 'Buenos días, {me}:'],
    acknowledging: NOTHING,
    alarmed: NOTHING,
    asking: ['Una pregunta:', 'Para avanzar:'],
    following: ['Le escribo en cuanto sepa algo más.', ''],
    waiting: [
      'seguimos en ello; todavía no está resuelto, pero no lo olvidamos.',
      'está tardando más de lo previsto. Mañana le cuento.',
    ],
    takingOver: ['tomo el relevo de mi compañera y ya he leído todo.', 'a partir de ahora me ocupo yo.'],
    returning: [
      'lamento que haya vuelto a ocurrir. Lo hemos reabierto.',
      'gracias por avisar, lo reviso de nuevo.',
    ],
    closing: ['Gracias por su paciencia.', 'Quedo a su disposición.'],
    signatures: ['Un saludo,\n{agent}', 'Saludos,\n{agent}'],
  },
  pt: {
    greetings: ['Olá {first},', 'Boa tarde {me},'],
    acknowledging: NOTHING,
    alarmed: NOTHING,
    asking: ['Só uma pergunta:', 'Para continuar:'],
    following: ['Volto a escrever em breve.', ''],
    waiting: [
      'ainda não está concluído, mas não me esqueci.',
      'está a demorar mais do que o previsto; amanhã dou notícias.',
    ],
    takingOver: ['fico eu com este pedido e já li tudo.', 'dou seguimento ao que a minha colega começou.'],
    returning: [
      'lamento que o problema tenha voltado. Já reabri o pedido.',
      'obrigado por avisar, vou ver de novo.',
    ],
    closing: ['Bom trabalho!', 'Qualquer dúvida, é só dizer.'],
    signatures: ['Cumprimentos,\n{agent}', 'Com os melhores cumprimentos\n{agent}'],
  },
  it: {
    greetings: ['Buongiorno {me},', 'Salve {first},'],
    acknowledging: NOTHING,
    alarmed: NOTHING,
    asking: ['Una domanda:', 'Per proseguire:'],
    following: ['Le scrivo appena so di più.', ''],
    waiting: [
      'non è ancora tutto a posto, ma ci stiamo lavorando.',
      "ci vuole un po' più del previsto, la aggiorno domani.",
    ],
    takingOver: [
      'seguo io la sua richiesta da qui in poi.',
      'prendo il posto della mia collega e ho letto tutto.',
    ],
    returning: [
      'mi dispiace che si ripresenti. Ho riaperto la richiesta.',
      'grazie della segnalazione, ricontrollo.',
    ],
    closing: ['Buona giornata!', 'Resto a disposizione.'],
    signatures: ['Cordiali saluti\n{agent}', 'Un saluto,\n{agent}'],
  },
  ja: {
    greetings: ['{me} 様', '{company}\n{me} 様'],
    acknowledging: NOTHING,
    alarmed: NOTHING,
    asking: ['一点お伺いします。', '恐れ入ります。'],
    following: ['改めてご連絡いたします。', '少々お待ちください。'],
    waiting: ['確認に時間がかかっており、申し訳ございません。', 'ただいま担当部署の回答を待っております。'],
    takingOver: ['本件は私が引き継ぎます。', '担当が変わりました。これまでの経緯は確認済みです。'],
    returning: [
      'ご不便をおかけし申し訳ございません。再度確認いたします。',
      'ご連絡ありがとうございます。もう一度調査いたします。',
    ],
    closing: ['今後ともよろしくお願いいたします。', 'ご不明な点がございましたらお知らせください。'],
    signatures: ['サポート担当 {agent}', '{agent}'],
  },
};
