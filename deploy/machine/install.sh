#!/usr/bin/env bash
# Installs the release it lies in on this machine: user, folders, commands, units. As root; again does no harm. docs/operate.md says what comes before and after.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
. "$here/deploy/machine/releases.sh"

needs() {
  local libraries missing=()
  libraries=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p)
  case $libraries in *libicuuc.so*) ;; *) missing+=("libicu72 (libicu76 on Debian 13)") ;; esac
  case $libraries in *libssl.so.3*) ;; *) missing+=(libssl3) ;; esac
  [ -e /usr/share/zoneinfo/Europe/Paris ] || missing+=(tzdata)
  [ -s /etc/ssl/certs/ca-certificates.crt ] || missing+=(ca-certificates)
  [ ${#missing[@]} -eq 0 ] || fail "these packages are missing: ${missing[*]}"
}

# folder MODE OWNER PATH...: group groupticketing; what is written into it later has that group too.
folder() {
  mkdir -p "${@:3}"
  chown "$2:groupticketing" "${@:3}"
  chmod "$1" "${@:3}"
}

rooted
needs
version=$(cat "$here/VERSION")
installed=$(release current)
[ -z "$installed" ] || [ "$installed" = "$version" ] || fail "$installed is installed: groupticketing-upgrade FILE.tar.gz makes it $version"

getent passwd groupticketing >/dev/null || useradd --system --user-group --no-create-home --home-dir /var/lib/groupticketing --shell /usr/sbin/nologin groupticketing
folder 2750 root "$settings" "$settings/secrets"
folder 700 groupticketing "$data" "$backups"
mkdir -p "$releases" "$units" "$commands"
if [ ! -d "$releases/$version" ]; then
  rm -rf "$releases/$version.part"
  cp -r "$here" "$releases/$version.part"
  mv "$releases/$version.part" "$releases/$version"
fi
link current "$version"
lay "$version"
[ -e "$settings/groupticketing.env" ] || install -m 640 "$here/deploy/systemd/groupticketing.env" "$settings/"
[ -d "$settings/directory" ] || cp -r "$here/deploy/pilot" "$settings/directory"
# The first start may make the store; a later one on an empty folder is refused, since it may be the wrong one.
[ -n "$installed" ] || [ -e "$data/groupticketing.db" ] || { touch "$data/first-start" && chown groupticketing:groupticketing "$data/first-start"; }
chown -R root:groupticketing "$settings"
! systemd || systemctl daemon-reload
echo "$version is installed, not started. Now: $settings/groupticketing.env, $settings/directory/schools, $settings/secrets; then groupticketing check"
