#!/usr/bin/env bash
# A whole life on a clean Debian 12 with systemd booted, by the commands of docs/operate.md as they are written there: install, check, run, post, back up, upgrade,
# fall back, roll back, restore. Needs a Debian, root and .NET's SDK; debootstrap and systemd-container are installed when missing. State: ${MACHINE_DIR:-/var/tmp/machine}
# Minutes the first time (the base and two archives are made), one or two afterwards. tests/machine.sh keep leaves the machine running and says how to enter it.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
state=${MACHINE_DIR:-/var/tmp/machine}
base=$state/base
root=$state/root
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$here/Directory.Build.props")
next=${version%.*}.$((${version##*.} + 1))
broken=${version%.*}.$((${version##*.} + 2))
guide=$here/docs/operate.md
others=()
leader=

fail() { echo "machine: $1" >&2; exit 1; }
step() { echo "== $1"; }
logged() { "${@:2}" >"$state/$1" 2>&1 </dev/null || { tail -n 40 "$state/$1" >&2; fail "failed: ${*:2} ($state/$1)"; }; }

ends() {
  [ ${#others[@]} -eq 0 ] || kill "${others[@]}" 2>/dev/null || true
  [ -z "$leader" ] || { kill -s RTMIN+4 "$leader" && wait "$spawned"; } 2>/dev/null || true
}
trap ends EXIT

# inside COMMAND: as its administrator types it. near PROGRAM...: ours, in its network.
inside() { nsenter -t "$leader" -a --root --wd env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin bash -euo pipefail -c "cd /root; $1"; }
near() { nsenter -t "$leader" -n "$@"; }
until_so() { for _ in $(seq $((2 * ${patience:-30}))); do "${@:2}" >/dev/null 2>&1 && return; sleep 0.5; done; fail "not within ${patience:-30} s: $1"; }

# numbered N K: the Kth command of step N of the installation, as written.
numbered() { sed -n '/^## Install: one/,/^## Install: cont/p' "$guide" | sed -n "s/^$1\. //p" | grep -o '`[^`]* [^`]*`\|`[^`]*\.sh`' | sed -n "$2s/\`//gp"; }
# written START: the guide's first command that starts so.
written() { grep -o "\`$1[^\`]*\`" "$guide" | sed -n '1s/`//gp'; }

debian_base() {
  [ -d "$base" ] && return
  step "a Debian 12 with systemd"
  command -v debootstrap >/dev/null && command -v systemd-nspawn >/dev/null || logged tools.log bash -c "apt-get update -q && apt-get install -y -q --no-install-recommends debootstrap systemd-container"
  local mirror
  mirror=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -n 1)
  rm -rf --one-file-system "$base.part"
  logged debootstrap.log debootstrap --variant=minbase --include=systemd,systemd-sysv bookworm "$base.part" "${mirror:-http://deb.debian.org/debian}"
  mv "$base.part" "$base"
}

# An archive whose release passes its own check and then does not run.
spoil() {
  local folder
  folder=$(mktemp -d "$state/spoil.XXXXXX")
  tar -xzf "$here/artifacts/groupticketing-$next-linux-x64.tar.gz" -C "$folder"
  mv "$folder/groupticketing-$next" "$folder/groupticketing-$broken"
  echo "$broken" >"$folder/groupticketing-$broken/VERSION"
  mv "$folder/groupticketing-$broken/bin/GroupTicketing" "$folder/groupticketing-$broken/bin/Whole"
  printf '#!/bin/sh\n[ "$1" != run ] || exit 3\nexec "${0%%/*}/Whole" "$@"\n' >"$folder/groupticketing-$broken/bin/GroupTicketing"
  chmod 755 "$folder/groupticketing-$broken/bin/GroupTicketing"
  tar -C "$folder" -c "groupticketing-$broken" | gzip -1 >"$root/root/groupticketing-$broken-linux-x64.tar.gz"
  (cd "$root/root" && sha256sum "groupticketing-$broken-linux-x64.tar.gz" >"groupticketing-$broken-linux-x64.tar.gz.sha256")
  rm -rf "$folder"
}

boot() {
  systemd-nspawn --quiet --boot --register=no --keep-unit --private-network --resolv-conf=off -D "$root" >"$state/console.log" 2>&1 </dev/null &
  spawned=$!
  for _ in $(seq 60); do
    leader=$(pgrep -P "$spawned" -x systemd || true)
    [ -z "$leader" ] || ! inside 'systemctl is-active -q multi-user.target' 2>/dev/null || return 0
    sleep 0.5
  done
  fail "systemd did not come up: $state/console.log"
}

says_ok() { inside "$(written 'groupticketing status')" | tee "$state/status.txt" | grep -q '^GROUPTICKETING OK - '; }
runs() { [ "$(inside '/opt/groupticketing/current/bin/GroupTicketing --version')" = "$1" ] || fail "$1 should run"; }
post() {
  [ "$(near curl -sk -o "$state/answer.txt" -w '%{http_code}' "https://127.0.0.1/v1/schools/toulouse/events" -H "Host: tickets.groupe-insa.example" -H "Authorization: Bearer $key" \
    -H 'Content-Type: application/json' -d '{"specversion":"1.0","id":"try-'"$1"'","source":"https://support.example","type":"ticket.opened","subject":"'"$1"'","time":"2026-11-24T09:12:00+01:00",
    "data":{"title":"Cours inaccessible","description":"Le cours ne s’ouvre plus.","brique":"OpenMoodle","service":"Cours","sousService":"Cours inaccessible"}}')" = 202 ] || fail "the post of $1 was not taken: $(cat "$state/answer.txt")"
  until_so "iTop has ticket $1" grep -q "\[toulouse:$1\]" "$state/itop/itop-ledger.jsonl"
}
opened() { grep -c '"op":"create","class":"UserRequest"' "$state/itop/itop-ledger.jsonl"; }

[ -f /etc/debian_version ] && [ "$(id -u)" -eq 0 ] || fail "this needs a Debian and root"
mkdir -p "$state"
debian_base
for one in "$version" "$next"; do [ -n "${MACHINE_KEEP_ARCHIVES:-}" ] && [ -f "$here/artifacts/groupticketing-$one-linux-x64.tar.gz" ] || { step "the archive of $one"; "$here/deploy/release.sh" "$one"; }; done

step "a clean machine"
rm -rf --one-file-system "$root" "$state/itop"
cp -a "$base" "$root"
cp "$here/artifacts/groupticketing-$version-linux-x64.tar.gz"* "$here/artifacts/groupticketing-$next-linux-x64.tar.gz"* "$root/root/"
tar -xzf "$root/root/groupticketing-$version-linux-x64.tar.gz" -C "$root/root"
! chroot "$root" "/root/$(numbered 3 1)" 2>"$state/needs.txt" || fail "the installer did not miss the packages"
grep -q libicu72 "$state/needs.txt" || fail "$(cat "$state/needs.txt")"
rm -rf "$root/root/groupticketing-$version"
step "1: packages"
cp /etc/resolv.conf "$root/etc/resolv.conf"
DEBIAN_FRONTEND=noninteractive logged packages.log chroot "$root" bash -c "apt-get update && $(numbered 1 1 | sed 's/^apt install/& -y --no-install-recommends/')"
spoil
boot

step "2, 3: unpack, install"
inside "$(numbered 2 1)"
inside "$(numbered 3 1)"
step "the demo, where there is no dotnet"
inside "cd /tmp && /opt/groupticketing/current/bin/GroupTicketing demo --once" | tail -n 1
step "5, 7: every error at once"
inside "$(numbered 5 1)"
! inside "$(numbered 7 1)" 2>"$state/errors.txt" || fail "check should have found errors"
sed 's/^/   /' "$state/errors.txt"
[ "$(grep -c '^error: ' "$state/errors.txt")" -ge 4 ] || fail "iTop's password and three secrets were missing"
step "4, 5, 6: settings, schools, secrets"
inside 'sed -i "s/, env:LYON_WEBHOOK_NEXT//" /etc/groupticketing/directory/schools/lyon.yaml && cd /etc/groupticketing/secrets && echo a-secret-of-the-test | tee lyon-rt lyon-read > /dev/null'
for secret in webhook callback; do inside "$(numbered 6 1 | sed "s/lyon-webhook/lyon-$secret/")"; done
inside 'printf demo-connecteur > /etc/groupticketing/secrets/itop; sed -i "s#^GROUPTICKETING__Itop__Url=.*#GROUPTICKETING__Itop__Url=http://127.0.0.1:5090/#" /etc/groupticketing/groupticketing.env'
cp "$here/deploy/demo/catalogue.yaml" "$root/etc/groupticketing/directory/"
inside 'echo "whsec_$(openssl rand -base64 32)" > /etc/groupticketing/secrets/toulouse'
sed -E 's/^ *(callback|read):.*//; s#"demo:[^"]*"#"file:../secrets/toulouse"#' "$here/deploy/demo/schools/toulouse.yaml" >"$root/etc/groupticketing/directory/schools/toulouse.yaml"
inside 'chmod 600 /etc/groupticketing/secrets/itop'
! inside "$(numbered 7 1)" 2>"$state/unread.txt" || fail "the service may not read itop"
grep -q '^error: .*secrets/itop' "$state/unread.txt" || fail "$(cat "$state/unread.txt")"
inside 'chmod 640 /etc/groupticketing/secrets/itop'
inside "$(numbered 7 1)"
# Not by near: the function would be what the end kills, and not the simulator.
nsenter -t "$leader" -n dotnet "$here/artifacts/build/bin/GroupTicketing.Simulators/release_linux-x64/GroupTicketing.Simulators.dll" itop --urls http://127.0.0.1:5090/ --data "$state/itop" --seed "$here/deploy/demo/itop-seed.json" >"$state/itop.log" 2>&1 &
others+=($!)
until_so "the simulated iTop is there" near curl -sf http://127.0.0.1:5090/webservices/status.php
step "8: run"
inside "$(numbered 8 1)"
until_so "status says OK" says_ok
cat "$state/status.txt"
[ "$(stat -c %U "/proc/$(pgrep -f '^/opt/groupticketing/current/bin/GroupTicketing run')")" != root ] || fail "it runs as root"
step "9: the proxy"
inside 'openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=tickets.groupe-insa.example -keyout /etc/ssl/private/tickets.key -out /etc/ssl/certs/tickets.pem 2>/dev/null; rm -f /etc/nginx/sites-enabled/default; systemctl start nginx'
inside "$(numbered 9 1)"
inside "$(numbered 9 2)"
step "10: keys; posts through the proxy"
inside "$(numbered 10 1)" >/dev/null
key=$(inside "$(written 'groupticketing keys new' | sed 's/operator:NAME/toulouse/')")
post 9001

step "hot backup, by hand and by the timer's service"
inside "$(written 'groupticketing backup' | sed 's#FILE#/var/backups/groupticketing/by-hand#')"
inside 'systemctl start groupticketing-backup && systemctl is-enabled -q groupticketing-backup.timer && ls /var/backups/groupticketing'
step "upgrade to $next"
began=$SECONDS
inside "$(written groupticketing-upgrade | sed "s/ .*/ groupticketing-$next-linux-x64.tar.gz/")"
echo "   $((SECONDS - began)) s"
runs "$next"
post 9002
step "a release that does not start: back by itself"
! inside "READY_WITHIN=8 groupticketing-upgrade groupticketing-$broken-linux-x64.tar.gz" || fail "$broken cannot have been ready"
runs "$next"
until_so "status says OK" says_ok
step "roll back to $version"
inside "$(written groupticketing-rollback)"
runs "$version"
post 9003
step "a store of a newer release is told plainly"
inside "groupticketing-upgrade groupticketing-$next-linux-x64.tar.gz"
near python3 - "$root/var/lib/groupticketing/groupticketing.db" 99 <<<'import sqlite3, sys; store = sqlite3.connect(sys.argv[1]); store.execute("UPDATE meta SET value = ? WHERE name = '"'schema'"'", (sys.argv[2],)); store.commit()'
! inside groupticketing-rollback 2>"$state/refused.txt" || fail "it should have refused"
sed 's/^/   /' "$state/refused.txt"
runs "$next"
step "restore"
inside "$(written groupticketing-restore | sed 's#FILE#/var/backups/groupticketing/by-hand#')"
until_so "status says OK" says_ok
# For a minute after a restore nothing is created: what was under way before may still arrive.
patience=90 post 9004
[ "$(opened)" -eq 4 ] || fail "$(opened) tickets were opened for 4"

step "units"
inside 'systemd-analyze verify /etc/systemd/system/groupticketing.service /etc/systemd/system/groupticketing-backup.service /etc/systemd/system/groupticketing-backup.timer'
inside 'systemd-analyze security --no-pager groupticketing groupticketing-backup' | grep 'Overall' | sed 's/[^ -~]//g'
for unit in groupticketing groupticketing-backup; do inside "systemd-analyze security --offline=true --threshold=25 --no-pager /etc/systemd/system/$unit.service" >/dev/null || fail "$unit is more exposed than 2.5"; done
[ "$(inside 'systemctl list-units --failed --no-legend | wc -l')" -eq 0 ] || fail "$(inside 'systemctl list-units --failed --no-legend')"
echo "machine: all went well in $SECONDS s"
if [ "${1:-}" = keep ]; then echo "enter it: nsenter -t $leader -a bash; it ends with this program"; wait "$spawned"; fi
