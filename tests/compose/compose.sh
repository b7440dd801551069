#!/usr/bin/env bash
# Brings docker-compose.yml up with its profile "demo", as docs/operate.md says: every container well, the demo's round trip through the gateway, the metrics scraped, the alert rules
# loaded, a service killed and back. Where an image cannot be pulled, a stand-in under its name is built from Debian's packages and named at the end. Debian and root; minutes the first time.
#   tests/compose/compose.sh [keep]    keep: leave it running
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
engines="$root/tests/engines/engines.sh"
state=${ENGINES_DIR:-/var/tmp/engines}
work=$(mktemp -d "${TMPDIR:-/tmp}/groupticketing-compose.XXXXXX")
export DOCKER_BUILDKIT=0 COMPOSE_DOCKER_CLI_BUILD=0 COMPOSE_PROJECT_NAME=groupticketing-try
cd "$root"

say() { echo "$(date +%H:%M:%S)  $*"; }
fail() { echo "error: $*" >&2; exit 1; }

"$engines" running || stops=yes
"$engines" images
eval "$("$engines" env)"
command -v docker-compose >/dev/null || { apt-get update -q && apt-get install -y -q docker-compose; } >"$state/compose-install.log" 2>&1 || fail "docker-compose is missing: $state/compose-install.log"

standin() { [ "$(docker image inspect -f '{{if .Config.Labels}}{{.Config.Labels.engine}}{{end}}' "$1")" != "" ]; }

# image NAME TARGET [COPY...]: pulled, or built here from TARGET.Dockerfile.
image() {
  local name=$1 target=$2; shift 2
  docker image inspect "$name" >/dev/null 2>&1 && return
  timeout 600 docker pull -q "$name" >"$state/pull.log" 2>&1 && return
  local context="$work/$target"
  mkdir -p "$context"
  cp "$here/$target.Dockerfile" "$context/Dockerfile"
  for copied in "$@"; do cp -r "${copied%%:*}" "$context/${copied##*:}"; done
  docker build --network host -t "$name" "$context" >"$state/build-$target.log" 2>&1 </dev/null || { tail -n 20 "$state/build-$target.log" >&2; fail "$name could not be built"; }
  rm -rf "$context"
}

dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
say "images"
image mcr.microsoft.com/dotnet/runtime-deps:10.0 runtime
image mcr.microsoft.com/dotnet/sdk:10.0 sdk "$dotnet:dotnet" "${NUGET_PACKAGES:-$HOME/.nuget/packages}:packages"
image curlimages/curl:8.15.0 curl
image prom/prometheus:v3.5.0 prometheus
image grafana/grafana:12.1.0 grafana
image otel/opentelemetry-collector:0.131.0 silent
image grafana/tempo:2.8.2 silent

# The settings of deploy/demo/compose.env, with folders and ports of our own.
sed -e "s#^SECRETS=.*#SECRETS=$work/secrets#" -e "s#^BACKUPS=.*#BACKUPS=$work/backups#" -e 's#^GATEWAY_LISTEN=.*#GATEWAY_LISTEN=127.0.0.1:18080#' -e 's#^GRAFANA_LISTEN=.*#GRAFANA_LISTEN=127.0.0.1:13000#' \
  deploy/demo/compose.env >"$work/env"
deploy/secrets.sh "$work/secrets" demo
mkdir -p "$work/backups" && chown 1654 "$work/backups"
files=(-f docker-compose.yml)
standin mongo:8 && files+=(-f "$here/standins.yml")
compose() { docker-compose --env-file "$work/env" "${files[@]}" --profile demo "$@"; }

end() {
  status=$?
  trap - EXIT
  if [ "$status" -ne 0 ]; then compose ps >&2 || true; compose logs --tail 15 >"$state/compose.log" 2>&1 || true; echo "logs: $state/compose.log" >&2; fi
  if [ "${keep:-}" != keep ]; then
    compose --profile operator down -v --remove-orphans >/dev/null 2>&1 || true
    rm -rf "$work"
    [ "${stops:-}" = yes ] && "$engines" stop
  fi
  exit "$status"
}
keep=${1:-}
trap end EXIT

say "build"
compose build >"$state/compose-build.log" 2>&1 </dev/null || { tail -n 20 "$state/compose-build.log" >&2; fail "the image could not be built: $state/compose-build.log"; }
say "first"
compose run --rm operator first >"$state/compose-first.log" 2>&1 </dev/null || { tail -n 20 "$state/compose-first.log" >&2; fail "the store was not made: $state/compose-first.log"; }
say "up"
compose up -d >"$state/compose-up.log" 2>&1 </dev/null || { tail -n 20 "$state/compose-up.log" >&2; fail "not up: $state/compose-up.log"; }

container() { compose ps -q "$1"; }
health() { docker inspect -f '{{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}' "$(container "$1")"; }
until_is() { # SERVICE STATUS SECONDS
  for _ in $(seq "$3"); do [ "$(health "$1")" = "$2" ] && return; sleep 1; done
  fail "$1 is $(health "$1"), not $2, after $3 s"
}

for service in gateway intake routing itop notification portal rabbitmq mongo prometheus grafana; do until_is "$service" healthy 120; done
say "all healthy"
until_is demo exited 180
[ "$(docker inspect -f '{{.State.ExitCode}}' "$(container demo)")" = 0 ] || { docker logs "$(container demo)" >&2; fail "the demo failed"; }
docker logs "$(container demo)"

operator() { compose --profile operator run --rm operator "$@"; }
key=$(operator keys new operator:compose 2>/dev/null | tr -d '\r' | tail -n 1)
curl -sS -m 10 -H "Authorization: Bearer $key" http://127.0.0.1:18080/v1/tickets | grep -q '"state":"closed"' || fail "the portal does not show the demo's ticket as closed"
say "the portal shows the ticket closed"
operator status </dev/null | grep -q '^GROUPTICKETING OK' || fail "status is not OK"

for service in intake routing itop notification portal; do
  # What the compose file promises is what the container has.
  [ "$(docker inspect -f '{{.HostConfig.ReadonlyRootfs}} {{.Config.User}}' "$(container "$service")")" = "true 1654:1654" ] || fail "$service is not read-only or not its own user"
done
[ "$(docker ps --filter label=com.docker.compose.project=$COMPOSE_PROJECT_NAME --format '{{.Ports}}' | grep -o '127.0.0.1:[0-9]*->' | sort | tr '\n' ' ')" = "127.0.0.1:13000-> 127.0.0.1:18080-> " ] || fail "other ports are published than the gateway's and Grafana's"

scraped() { docker exec "$(container prometheus)" wget -qO- 'http://127.0.0.1:9090/api/v1/query?query=sum(groupticketing_told_total)' | grep -q '"value":\[[0-9.]*,"[1-9]'; }
for _ in $(seq 60); do scraped && break; sleep 1; done
scraped || fail "Prometheus knows of nothing told"
rules=$(docker exec "$(container prometheus)" wget -qO- http://127.0.0.1:9090/api/v1/rules | grep -o '"type":"alerting"' | wc -l)
[ "$rules" -gt 5 ] || fail "Prometheus has loaded $rules alert rules"
say "Prometheus scrapes, $rules alert rules loaded"

kill -9 "$(docker inspect -f "{{.State.Pid}}" "$(container routing)")"
until_is routing healthy 90
say "routing was killed and is back"
for name in rabbitmq:4-management mongo:8 mcr.microsoft.com/dotnet/runtime-deps:10.0 mcr.microsoft.com/dotnet/sdk:10.0 prom/prometheus:v3.5.0 grafana/grafana:12.1.0 otel/opentelemetry-collector:0.131.0 grafana/tempo:2.8.2 curlimages/curl:8.15.0; do
  if standin "$name"; then echo "stand-in: $name, $(docker image inspect -f '{{.Config.Labels.engine}}' "$name")"; fi
done
echo "compose: 1 passed, 0 failed"
