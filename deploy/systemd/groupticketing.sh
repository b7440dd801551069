#!/bin/sh
# /usr/local/bin/groupticketing: a command of the product under the service's user and settings, e.g. groupticketing keys list. As root.
set -eu
set -a
. /etc/groupticketing/groupticketing.env
set +a
cd /var/lib/groupticketing
exec runuser -u groupticketing -- /opt/groupticketing/GroupTicketing "$@"
