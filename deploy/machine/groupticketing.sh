#!/bin/sh
# groupticketing COMMAND: a command of the product under the service's user and settings, e.g. groupticketing keys list. As root.
# RELEASE=0.1.1 takes that release instead of the current one. ROOT stands before every path, for a try in a folder.
set -eu
set -a
. "${ROOT:-}/etc/groupticketing/groupticketing.env"
set +a
cd "${ROOT:-}/var/lib/groupticketing"
exec runuser -u groupticketing -- "${ROOT:-}/opt/groupticketing/${RELEASE:-current}/bin/GroupTicketing" "$@"
