/** PostgreSQL's settings, by name. */
export type PostgresSettings = Readonly<Record<string, string | number>>;

/** For one app on one machine. Durable: an acknowledged write survives a power cut. */
const DEFAULTS: PostgresSettings = {
  max_connections: 100,
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  random_page_cost: 1.1,
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A backend in a long query notices that its client is gone, so that none survives the app.
  client_connection_check_interval: '1s',
  // What a client did wrong is the client's to tell; and people's texts have no place in a log.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** The server's command line after the program's name. Reached through the socket in `socketFolder` only. */
export function serverArguments(
  folder: string,
  socketFolder: string,
  cluster: string,
  settings: PostgresSettings = {},
): string[] {
  const fixed: PostgresSettings = {
    cluster_name: cluster,
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
  };
  const all = Object.entries({ ...DEFAULTS, ...settings, ...fixed });
  return ['-D', folder, ...all.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
