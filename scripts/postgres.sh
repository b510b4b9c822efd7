#!/bin/sh
# A private PostgreSQL for the tests: scripts/postgres.sh start|stop|url
#
# It lives in target/postgres (or, where the unprivileged user cannot reach that or its path is too
# long for a socket, in a folder of this checkout's own under the temporary folder), listens on a
# Unix socket there and nowhere else, and is started and stopped only here. `start` may be called again and prints the administrator's address, which the
# tests read from HUIYIN_TEST_POSTGRES. PostgreSQL refuses to run as root, so root hands it to
# `postgres` or `nobody`.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
port=${HUIYIN_POSTGRES_PORT:-54329}

bin=${HUIYIN_POSTGRES_BIN:-}
if [ -z "$bin" ]; then
    for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin; do
        [ -x "$folder/initdb" ] && bin=$folder
    done
fi
if [ -z "$bin" ] && command -v initdb >/dev/null 2>&1; then bin=$(dirname "$(command -v initdb)"); fi
if [ -z "$bin" ]; then
    echo "postgres.sh: no PostgreSQL found; on Debian: apt-get install postgresql" >&2
    exit 1
fi

if [ "$(id -u)" = 0 ]; then
    user=nobody
    if id postgres >/dev/null 2>&1; then user=postgres; fi
    as() { (cd / && exec setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups -- "$@"); }
else
    as() { "$@"; }
fi

home=${HUIYIN_POSTGRES_DIR:-}
if [ -z "$home" ]; then
    mkdir -p "$here/target"
    home=$here/target/postgres
    # A Unix socket's path may have at most 107 bytes.
    if [ "${#home}" -gt 80 ] || ! as test -x "$here/target"; then
        temporary=${TMPDIR:-/var/tmp}
        as test -x "$temporary" || temporary=/var/tmp
        home=$temporary/huiyin-postgres-$(printf '%s' "$here" | cksum | cut -d' ' -f1)
    fi
fi
if [ "${#home}" -gt 80 ]; then
    echo "postgres.sh: $home is too long for a socket; set HUIYIN_POSTGRES_DIR" >&2
    exit 1
fi
url="postgres://huiyin@localhost/postgres?host=$home/socket&port=$port"

running() { [ -f "$home/data/postmaster.pid" ] && as "$bin/pg_ctl" -D "$home/data" status >/dev/null 2>&1; }

case ${1:-start} in
start)
    if ! running; then
        mkdir -p "$home/data" "$home/socket"
        if [ "$(id -u)" = 0 ]; then chown -R "$user" "$home"; fi
        chmod 700 "$home/data" "$home/socket"
        if [ ! -f "$home/data/PG_VERSION" ]; then
            as "$bin/initdb" -D "$home/data" -U huiyin -A trust -E UTF8 --locale=C >"$home/initdb.log" 2>&1 ||
                { cat "$home/initdb.log" >&2; exit 1; }
            cat >>"$home/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$home/socket'
unix_socket_permissions = 0700
fsync = on
synchronous_commit = on
max_connections = 200
CONF
        fi
        as "$bin/pg_ctl" -D "$home/data" -l "$home/data/server.log" -w -t 60 -o "-p $port" start >/dev/null ||
            { cat "$home/data/server.log" >&2; exit 1; }
    fi
    echo "$url"
    ;;
stop)
    if running; then as "$bin/pg_ctl" -D "$home/data" -m fast -w stop >/dev/null; fi
    ;;
url)
    echo "$url"
    ;;
*)
    echo "usage: scripts/postgres.sh start|stop|url" >&2
    exit 2
    ;;
esac
