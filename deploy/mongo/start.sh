#!/bin/bash
# A replica set wants a key between its members, even where there is one: each start makes its own, and nobody else knows it.
set -eu
umask 077
head -c 512 /dev/urandom | base64 -w 0 >/tmp/member.key
exec docker-entrypoint.sh mongod --replSet rs0 --keyFile /tmp/member.key --bind_ip_all --wiredTigerCacheSizeGB 0.25
