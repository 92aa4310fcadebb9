const DATE_STYLES = {
  day: { day: 'numeric', month: 'long' },
  month: { month: 'long' },
  weekday: { weekday: 'long' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type DateStyle = keyof typeof DATE_STYLES;

const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

/** Making a format takes longer than using it a hundred times. */
function kept<Format extends Intl.DateTimeFormat | Intl.NumberFormat>(
  key: string,
  make: () => Format,
): Format {
  const format = (made.get(key) as Format | undefined) ?? make();
  made.set(key, format);
  return format;
}

/** Dates as people of `locale` write them, in the machine's time zone. */
export function dateFormat(locale: string, style: DateStyle): Intl.DateTimeFormat {
  return kept(`${locale} ${style}`, () => new Intl.DateTimeFormat(locale, DATE_STYLES[style]));
}

/** Amounts of `currency` with at least so many decimals. */
export function moneyFormat(locale: string, currency: string, decimals: 0 | 2): Intl.NumberFormat {
  const options = { style: 'currency', currency, minimumFractionDigits: decimals } as const;
  return kept(`${locale} ${currency} ${decimals}`, () => new Intl.NumberFormat(locale, options));
}
