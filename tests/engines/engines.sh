#!/usr/bin/env bash
# The engines the tests need, RabbitMQ and MongoDB, under their official image names.
#   engines.sh images   a Docker engine that answers, and both images: pulled, or, where no registry answers, built from Debian's packages (minutes the first time)
#   engines.sh running  whether a Docker engine runs that was started here
#   engines.sh env      the variables Testcontainers needs with an engine that was started here: eval "$(engines.sh env)"
#   engines.sh up       images, then one container of each on loopback: amqp://app:secret@127.0.0.1:5672  mongodb://127.0.0.1:27017/?directConnection=true
#   engines.sh journeys the variables EndToEnd's journeys and ./measure.sh need to run on those two
#   engines.sh down     removes those two containers
#   engines.sh stop     ends the Docker engine that was started here, and removes what killed test runs left in it
# Installing, starting and building need a Debian and root. State and logs: ${ENGINES_DIR:-/var/tmp/engines}
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
state=${ENGINES_DIR:-/var/tmp/engines}
rabbitmq=rabbitmq:4-management
mongo=mongo:8
base=engines-debian:sid

answers() { timeout 10 docker info >/dev/null 2>&1; }
has() { docker image inspect "$1" >/dev/null 2>&1; }
ours() { [ -f "$state/dockerd.pid" ] && [ "$(cat "/proc/$(cat "$state/dockerd.pid")/comm" 2>/dev/null)" = dockerd ]; }
fail() { echo "engines: $1" >&2; exit 1; }
debian() { [ -f /etc/debian_version ] && [ "$(id -u)" -eq 0 ]; }

# logged FILE COMMAND...: its output only where it fails.
logged() {
  local log="$state/$1"; shift
  "$@" >"$log" 2>&1 </dev/null || { tail -n 40 "$log" >&2; fail "failed: $* ($log)"; }
}

install() {
  command -v "$1" >/dev/null && return
  debian || fail "$1 is missing, and this is no Debian with root"
  logged apt-update.log timeout 300 apt-get update -q
  DEBIAN_FRONTEND=noninteractive logged apt-install.log timeout 600 apt-get install -y -q --no-install-recommends docker.io debootstrap iptables
}

engine() {
  if command -v docker >/dev/null && answers; then return; fi
  ours && fail "the Docker engine that was started here does not answer: pid $(cat "$state/dockerd.pid")"
  debian || fail "no Docker engine answers, and this is no Debian with root"
  install dockerd
  nohup setsid dockerd >"$state/dockerd.log" 2>&1 </dev/null &
  echo $! >"$state/dockerd.pid"
  for _ in $(seq 30); do answers && return; sleep 1; done
  fail "the Docker engine did not start: $state/dockerd.log"
}

# The layer both images stand on; Debian's unstable has the current RabbitMQ and a MongoDB-compatible engine.
base() {
  has "$base" && return
  install debootstrap
  local root mirror
  root=$(mktemp -d "$state/root.XXXXXX")
  mirror=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -n 1)
  logged debootstrap.log timeout 600 debootstrap --variant=minbase --include=ca-certificates sid "$root" "${mirror:-http://deb.debian.org/debian}"
  tar -C "$root" --exclude='./var/cache/apt/archives/*.deb' --exclude='./var/lib/apt/lists/*' -c . | docker import -c 'CMD ["bash"]' -c 'ENV LANG=C.UTF-8' - "$base" >/dev/null
  rm -rf --one-file-system "$root"
}

build() { DOCKER_BUILDKIT=0 logged "build-${1%%:*}.log" timeout 900 docker build --network host -t "$1" "$2"; }

# image NAME BUILD: the official one where a registry answers, else ours.
image() {
  has "$1" && return
  timeout 600 docker pull -q "$1" >"$state/pull.log" 2>&1 && return
  debian || fail "$1 cannot be pulled ($(tail -n 1 "$state/pull.log")), and this is no Debian with root"
  base
  "$2"
}

build_rabbitmq() { build "$rabbitmq" "$here/rabbitmq"; }

build_mongo() {
  local context
  context=$(mktemp -d "$state/mongo.XXXXXX")
  cp "$here/mongo/Dockerfile" "$here/mongo/entry.sh" "$context/"
  logged gateway.log timeout 600 dotnet publish "$here/mongo/gateway/Gateway.csproj" -c Release -r linux-x64 --self-contained -p:PublishSingleFile=true \
    --artifacts-path "$state/gateway" -o "$context/gateway" -v q -nologo
  chmod 755 "$context/entry.sh" "$context/gateway/Gateway"
  build "$mongo" "$context"
  rm -rf "$context"
}

images() {
  mkdir -p "$state"
  engine
  image "$rabbitmq" build_rabbitmq
  image "$mongo" build_mongo
  echo "engines: $(docker image inspect -f '{{index .RepoTags 0}} {{with .Config.Labels}}{{or .engine "official"}}{{else}}official{{end}}' "$rabbitmq" "$mongo" | paste -sd ';')"
}

up() {
  images
  down
  docker run -d --name engines-rabbitmq -p 127.0.0.1:5672:5672 -p 127.0.0.1:15672:15672 -e RABBITMQ_DEFAULT_USER=app -e RABBITMQ_DEFAULT_PASS=secret "$rabbitmq" >/dev/null
  docker run -d --name engines-mongo -p 127.0.0.1:27017:27017 "$mongo" >/dev/null
  for _ in $(seq 60); do
    says engines-rabbitmq "Server startup complete" && says engines-mongo "listening on|Waiting for connections" && { echo "engines: up"; return; }
    sleep 1
  done
  fail "not up within a minute: docker logs engines-rabbitmq, docker logs engines-mongo"
}

# Whole logs: a reader that leaves early would fail the writer.
says() { docker logs "$1" 2>&1 | grep -Ec "$2" >/dev/null; }

down() { docker rm -f -v engines-rabbitmq engines-mongo >/dev/null 2>&1 || true; }

stop() {
  ours || return 0
  docker ps -aq --filter label=org.testcontainers=true | xargs -r docker rm -f -v >/dev/null
  kill "$(cat "$state/dockerd.pid")"
  for _ in $(seq 30); do ours || { rm -f "$state/dockerd.pid"; return 0; }; sleep 1; done
  fail "the Docker engine did not end: pid $(cat "$state/dockerd.pid")"
}

# Ryuk's image cannot be had either; what it would remove, stop removes.
env_of_ours() {
  ours || return 0
  echo "export DOCKER_HOST=unix:///var/run/docker.sock DOCKER_API_VERSION=$(docker version -f '{{.Server.APIVersion}}') TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1"
}

journeys() {
  echo "export GROUPTICKETING_TESTS_BUS=amqp://127.0.0.1:5672/ GROUPTICKETING_TESTS_BUS_ADMIN=http://127.0.0.1:15672/ GROUPTICKETING_TESTS_BUS_USER=app"
  echo "export GROUPTICKETING_TESTS_BUS_PASSWORD=secret GROUPTICKETING_TESTS_STORE=mongodb://127.0.0.1:27017/"
}

case "${1:-}" in
  images | up | down | stop | journeys) "$1" ;;
  running) ours ;;
  env) env_of_ours ;;
  *) sed -n 2,10p "$0"; exit 2 ;;
esac
