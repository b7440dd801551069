#!/usr/bin/env bash
# groupticketing-rollback [--no-restart]: back to the release that ran before the last upgrade, on the data as they are now. As root.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/releases.sh"

rooted
restarts "${1:-}"
new=$(release current)
old=$(release previous)
[ -n "$old" ] || fail "there is no release to go back to"
of "$old" check || fail "$old cannot take over what $new left, see above; nothing was changed, $new runs"
if ! switch "$old"; then
  echo "error: $old was not ready within $patience s; why: journalctl -u groupticketing -n 50" >&2
  switch "$new" || fail "$new is not ready either: groupticketing check says why"
  fail "$new runs again; nothing was lost"
fi
rm "$releases/previous"
echo "$old runs; to $new again: groupticketing-upgrade with its archive"
