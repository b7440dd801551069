#!/usr/bin/env bash
# groupticketing-restore FILE: stops the service, lays its data aside, puts the backup back and starts it. As root.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/releases.sh"

file=$(readlink -f "${1:?usage: groupticketing-restore FILE}")
rooted
restarts
[ -f "$file" ] || fail "$file is not there"
now=$(release current)
aside=$data.before-$(date +%Y-%m-%dT%H%M%S)
systemctl stop groupticketing
mv "$data" "$aside"
install -d -m 700 "$data"
chown groupticketing:groupticketing "$data"
if ! of "$now" restore "$file"; then
  rm -rf "$data"
  mv "$aside" "$data"
  systemctl start groupticketing
  fail "nothing was restored; the service runs on what it had"
fi
systemctl start groupticketing && ready "$now" || fail "not ready within $patience s; why: journalctl -u groupticketing -n 50"
echo "$file is restored; what was there before lies in $aside"
