#!/usr/bin/env bash
# groupticketing-upgrade FILE.tar.gz [--no-restart]: to the release in that archive, and back by itself when it is not ready in time. As root.
# Nothing changes until the archive's sum, the new release's own check and a hot backup are good.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/releases.sh"

file=${1:?usage: groupticketing-upgrade FILE.tar.gz [--no-restart]}
rooted
restarts "${2:-}"
old=$(release current)
[ -n "$old" ] || fail "nothing is installed here: unpack the archive and call its install.sh"

[ -f "$file" ] || fail "$file is not there"
[ -f "$file.sha256" ] || fail "$file.sha256 is not there: copy it beside the archive"
(cd "$(dirname "$file")" && sha256sum --check --quiet "$(basename "$file").sha256") || fail "$file is not what was released: copy it again"

part=$(mktemp -d "$releases/.new.XXXXXX")
trap 'rm -rf "$part"' EXIT
tar -xzf "$file" --no-same-owner --strip-components=1 -C "$part"
chmod 755 "$part"
new=$(cat "$part/VERSION") || fail "$file is no archive of a release"
[ "$new" != "$old" ] || fail "$new is the release that runs"
rm -rf "${releases:?}/$new"
mv "$part" "$releases/$new"
of "$new" check || { rm -rf "${releases:?}/$new"; fail "$new does not accept what it finds here, see above; nothing was changed, $old runs"; }

backup=$backups/before-$new-$(date +%Y-%m-%dT%H%M%S)
[ ! -f "$data/groupticketing.db" ] || of "$old" backup "$backup" || fail "no backup could be made; nothing was changed, $old runs"

if ! switch "$new"; then
  echo "error: $new was not ready within $patience s; why: journalctl -u groupticketing -n 50" >&2
  switch "$old" || fail "$old is not ready either: groupticketing check says why; the backup of before: $backup"
  fail "$old runs again; nothing was lost"
fi
link previous "$old"
find "$releases" -mindepth 1 -maxdepth 1 -type d ! -name "$new" ! -name "$old" -exec rm -rf {} +
echo "$new runs; back to $old: groupticketing-rollback"
