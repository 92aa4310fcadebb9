#!/bin/sh
# What the official image's entry point does with POSTGRES_PASSWORD and the scripts for a new database, and no more.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  chmod 700 "$PGDATA"
  printf '%s\n' "$POSTGRES_PASSWORD" >/tmp/password
  initdb --username=postgres --pwfile=/tmp/password --encoding=UTF8 --locale=C.UTF-8 >/dev/null
  rm /tmp/password
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  pg_ctl -w start -o '-c listen_addresses= -k /tmp' >/dev/null
  for script in /docker-entrypoint-initdb.d/*.sql; do
    psql -qXwh /tmp -U postgres -d postgres -v ON_ERROR_STOP=1 -f "$script"
  done
  pg_ctl -w -m fast stop >/dev/null
fi
exec "$@" -c listen_addresses='*'
