import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { run } from './command.mjs';

export const PROJECT = 'signalbox_check';
const PACKAGES = [
  ...['podman', 'buildah', 'runc', 'podman-compose', 'mmdebstrap'],
  // The older networks of podman know no names where there is no way out.
  ...['netavark', 'aardvark-dns', 'iptables'],
];

/** Installs what is missing on a Debian machine. @throws an Error that says what to do where it cannot */
export async function installPackages(say) {
  const installed = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n']).catch(() => {
    throw new Error('This check needs a Debian machine. With a Docker engine: docker compose up --build');
  });
  const present = new Set(installed.split('\n').filter((line) => line.endsWith(' installed')));
  const missing = PACKAGES.filter((name) => !present.has(`${name} installed`));
  if (process.getuid() !== 0) throw new Error('This check makes networks and file systems: run it as root.');
  if (missing.length === 0) return;
  say(`Install Debian's packages ${missing.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env });
}

/** Podman with images, containers and networks of its own, all within one folder. */
export class Engine {
  /** @param {string} folder @param {string} workspace @param {Record<string, string>} settings for the compose file */
  constructor(folder, workspace, settings) {
    this.folder = folder;
    this.workspace = workspace;
    this.settings = settings;
    const { PATH, HOME, TERM } = process.env;
    this.environment = {
      ...{ PATH, HOME, TERM },
      CONTAINERS_CONF: join(folder, 'containers.conf'),
      CONTAINERS_STORAGE_CONF: join(folder, 'storage.conf'),
    };
  }

  async prepare() {
    await mkdir(join(this.folder, 'project'), { recursive: true });
    await writeFile(
      join(this.folder, 'containers.conf'),
      `[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
network_config_dir = "${this.folder}/networks"
`,
    );
    await writeFile(
      join(this.folder, 'storage.conf'),
      `[storage]
driver = "overlay"
runroot = "${this.folder}/run"
graphroot = "${this.folder}/storage"
`,
    );
    // The very files, where no .env of this machine stands beside them.
    for (const path of ['docker-compose.yml', '.config/postgres'])
      await cp(join(this.workspace, path), join(this.folder, 'project', path), { recursive: true });
  }

  podman(...args) {
    return run('podman', args, { env: this.environment });
  }

  /** @param {string} name of the image @param {string[]} args */
  build(name, ...args) {
    const options = ['--isolation', 'chroot', '--network', 'host', '--pull-never'];
    return run('buildah', ['build', ...options, '-t', name, ...args], {
      env: this.environment,
      cwd: this.workspace,
    });
  }

  /** @param {string[]} args for podman-compose @param {Record<string, string>} settings */
  compose(args, settings = this.settings) {
    const cwd = join(this.folder, 'project');
    return run('podman-compose', ['-p', PROJECT, ...args], {
      cwd,
      env: { ...this.environment, ...settings },
    });
  }

  up() {
    return this.compose(['up', '-d', '--no-build']);
  }

  down() {
    return this.compose(['down', '-t', '20']);
  }

  /** The containers of a service, or of all. */
  async containers(service) {
    const filters = [`label=com.docker.compose.project=${PROJECT}`];
    if (service !== undefined) filters.push(`label=com.docker.compose.service=${service}`);
    const named = filters.flatMap((filter) => ['--filter', filter]);
    return (await this.podman('ps', '-a', '--format', '{{.Names}}', ...named))
      .split('\n')
      .filter(Boolean)
      .sort();
  }

  /** What a command within a container writes. */
  exec(container, ...command) {
    return this.podman('exec', container, ...command);
  }

  async inspect(container, format) {
    return this.podman('inspect', '-f', format, container);
  }

  /** Removes containers, volumes, networks, images and the folder; goes on whatever is missing. */
  async remove() {
    const steps = [
      () => this.podman('rm', '-af', '-t', '0'),
      () => this.podman('volume', 'rm', '-af'),
      () => this.podman('network', 'rm', '-f', `${PROJECT}_front`, `${PROJECT}_back`),
      () => run('umount', ['-R', join(this.folder, 'storage/overlay')]),
    ];
    for (const step of steps) await step().catch(() => undefined);
    await rm(this.folder, { recursive: true, force: true });
  }
}
