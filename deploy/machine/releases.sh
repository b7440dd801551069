# Sourced by the scripts beside it: where releases lie on a machine, and how one of them becomes the one that runs.
# ROOT stands before every path, for a try in a folder; READY_WITHIN is how many seconds a release has until it must be ready.
releases=${ROOT:-}/opt/groupticketing
settings=${ROOT:-}/etc/groupticketing
data=${ROOT:-}/var/lib/groupticketing
backups=${ROOT:-}/var/backups/groupticketing
units=${ROOT:-}/etc/systemd/system
commands=${ROOT:-}/usr/local/bin
patience=${READY_WITHIN:-60}
restart=true

fail() { echo "error: $1" >&2; exit 1; }

rooted() { [ "$(id -u)" -eq 0 ] || [ -n "${ROOT:-}" ] || fail "this changes the machine: call it as root"; }

systemd() { [ -d "${ROOT:-}/run/systemd/system" ]; }

# What is done to the running service needs systemd, unless the caller does it himself.
restarts() {
  [ "${1:-}" != --no-restart ] || restart=false
  ! $restart || systemd || fail "systemd does not run here: say --no-restart, and restart the service yourself"
}

# release current|previous: its version, or nothing.
release() { [ ! -L "$releases/$1" ] || readlink "$releases/$1"; }

# link NAME VERSION: in one rename, so that the name is never missing.
link() { ln -sfn "$2" "$releases/$1.new" && mv -T "$releases/$1.new" "$releases/$1"; }

# of RELEASE COMMAND...: a command of that release, under the service's user and settings.
of() { RELEASE=$1 "$releases/$1/deploy/machine/groupticketing.sh" "${@:2}"; }

# lay VERSION: its units and commands.
lay() {
  local one
  install -m 644 "$releases/$1"/deploy/systemd/*.service "$releases/$1"/deploy/systemd/*.timer "$units/" || return 1
  ln -sfn /opt/groupticketing/current/deploy/machine/groupticketing.sh "$commands/groupticketing" || return 1
  for one in upgrade rollback restore; do ln -sfn "/opt/groupticketing/current/deploy/machine/$one.sh" "$commands/groupticketing-$one" || return 1; done
}

# switch VERSION: makes it the current one, and starts it.
switch() {
  link current "$1" && lay "$1" || return 1
  $restart || return 0
  systemctl daemon-reload && systemctl restart groupticketing && ready "$1"
}

# status says CRITICAL until the release takes what is sent.
ready() {
  local until=$((SECONDS + patience))
  while [ "$SECONDS" -lt "$until" ]; do
    case $(of "$1" status 2>/dev/null) in *" OK - "* | *" WARNING - "*) return 0 ;; esac
    sleep 1
  done
  return 1
}
