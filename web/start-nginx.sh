#!/bin/sh
# Starts nginx with the desk's nginx.conf. The file is the same everywhere; what only the machine knows is written
# beside a copy of it, into a folder that may be thrown away. Settings, by environment:
#
#   API_ADDRESS      name and port of the api; all addresses of the name are used     api:3000
#   LISTEN           address and port to answer at                                    8080
#   TRUSTED_PROXIES  whose X-Forwarded-… is believed: addresses or networks           nobody's
#   RESOLVER         a name server                                                    first of /etc/resolv.conf
#   WEB_ROOT         the built web app                                                /srv/web
#   CONFIG           folder of nginx.conf and of what nginx-headers.mjs has made      /etc/signalbox
#   RUN_FOLDER       to be written                                                    /tmp/nginx
set -eu

: "${API_ADDRESS:=api:3000}" "${LISTEN:=8080}" "${WEB_ROOT:=/srv/web}"
: "${CONFIG:=/etc/signalbox}" "${RUN_FOLDER:=/tmp/nginx}"

fail() {
  echo "Bad setting: $1" >&2
  exit 1
}
# Spaces and commas part the values of a list; nothing else may end a directive.
listed() { printf '%s' "$1" | tr ',' ' '; }
for setting in "$API_ADDRESS" "$LISTEN" "${TRUSTED_PROXIES:-}" "${RESOLVER:-}" "$WEB_ROOT"; do
  case $setting in *[!A-Za-z0-9.:/_\ ,\[\]-]*) fail "$setting" ;; esac
done

# The first alone, as others are asked only when it is silent, while nginx would ask all by turns: those of the host,
# say, which do not know the network of the containers. An IPv6 address stands in brackets.
first_name_server() {
  awk '$1 == "nameserver" { print ($2 ~ /:/) ? "[" $2 "]" : $2; exit }' /etc/resolv.conf
}
RESOLVER=${RESOLVER:-$(first_name_server)}
[ -n "$RESOLVER" ] || fail 'RESOLVER: /etc/resolv.conf names no name server'

mkdir -p "$RUN_FOLDER"
cd "$RUN_FOLDER"
cp "$CONFIG"/*.conf .

: >modules.conf
brotli=
for folder in /usr/lib/nginx/modules /etc/nginx/modules; do
  module=$folder/ngx_http_brotli_static_module.so
  if [ -z "$brotli" ] && [ -f "$module" ]; then
    echo "load_module $module;" >modules.conf
    brotli='brotli_static on;'
  fi
done

{
  echo "resolver $RESOLVER valid=2s ipv6=off;"
  echo 'resolver_timeout 5s;'
  echo "map '' \$api { default $API_ADDRESS; }"
  echo 'geo $realip_remote_addr $from_proxy {'
  echo '  default 0;'
  for network in $(listed "${TRUSTED_PROXIES:-}"); do echo "  $network 1;"; done
  echo '}'
  for network in $(listed "${TRUSTED_PROXIES:-}"); do echo "set_real_ip_from $network;"; done
  echo 'real_ip_header X-Forwarded-For;'
  echo 'real_ip_recursive on;'
  echo 'include hsts.conf;'
} >machine.conf

{
  echo "listen $LISTEN;"
  echo "root $WEB_ROOT;"
  echo "$brotli"
} >server.conf

exec nginx -p "$RUN_FOLDER/" -c "$RUN_FOLDER/nginx.conf"
