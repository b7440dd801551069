#!/bin/bash
# The engine, then the gateway in front of it; when one ends, both do.
/usr/lib/postgresql/18/bin/postgres -D /var/lib/postgresql/18/main -c config_file=/etc/postgresql/18/main/postgresql.conf &
engine=$!
trap 'kill -INT $engine; wait $engine; exit 0' TERM INT
for _ in $(seq 300); do
  psql -h 127.0.0.1 -U postgres -Atc 'select 1' >/dev/null 2>&1 && break
  sleep 0.1
done
mongo-gateway &
wait -n
