import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Reporter } from '@playwright/test/reporter';

import { FOLDER } from './folder.js';

/** Lays all pictures out on one page, and says where that is. */
export default class TellWhere implements Reporter {
  async onEnd(): Promise<void> {
    const files = (await readdir(FOLDER, { recursive: true })).filter((file) => file.endsWith('.png')).sort();
    const sheet = join(FOLDER, 'index.html');
    await writeFile(sheet, HEAD + files.map(pictureOf).join('\n'));
    console.log(`${files.length} screenshots: ${sheet}`);
  }
}

const HEAD = `<!doctype html><meta charset="utf-8"><title>Screens</title>
<style>body{display:flex;flex-wrap:wrap;gap:16px;font:14px sans-serif;background:#888}
figure{margin:0}img{display:block;width:480px}</style>
`;

const pictureOf = (file: string): string =>
  `<figure><figcaption>${file}</figcaption><a href="${file}"><img loading="lazy" src="${file}" alt=""></a></figure>`;
