#!/bin/sh
# What the official image's entry point does with POSTGRES_USER and POSTGRES_PASSWORD, and no more.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  chmod 700 "$PGDATA"
  printf '%s\n' "$POSTGRES_PASSWORD" >/tmp/password
  initdb --username="$POSTGRES_USER" --pwfile=/tmp/password --encoding=UTF8 --locale=C.UTF-8 >/dev/null
  rm /tmp/password
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  pg_ctl -w start -o '-c listen_addresses= -k /tmp' >/dev/null
  PGPASSWORD=$POSTGRES_PASSWORD psql -qh /tmp -U "$POSTGRES_USER" -d postgres \
    -c "create database \"${POSTGRES_DB:-$POSTGRES_USER}\""
  pg_ctl -w -m fast stop >/dev/null
fi
exec "$@" -c listen_addresses='*'
