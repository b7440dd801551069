#!/usr/bin/env bash
# Builds once and runs every suite; the program is run as it is published. ./test.sh runs what CI runs; ./test.sh full adds the long forms; --without NAME leaves a suite out, and says so.
# Engines and Distributed need Docker, or a Debian and root: then what they need is fetched and started (tests/engines).
# Distributed is EndToEnd's journeys once more, each service a process of its own on RabbitMQ and MongoDB; then two of each.
set -uo pipefail
cd "$(dirname "$0")"

full=no
without=()
while [ $# -gt 0 ]; do
  case "$1" in
    full) full=yes ;;
    --without) shift; without+=("${1:?--without needs a suite}") ;;
    *) echo "usage: ./test.sh [full] [--without SUITE]..." >&2; exit 2 ;;
  esac
  shift
done

suites=(Architecture Contracts Platform Services Simulators EndToEnd Engines Distributed)
program=$(tests/program.sh) && eval "$program" || exit 1
dotnet build GroupTicketing.sln -v q -nologo || exit 1

leaves_out() { printf '%s\n' "${without[@]:-}" | grep -qx "$1"; }

# What Testcontainers needs. A Docker engine that answers is used as it is; one that is started here ends with this script. Fetching the images takes minutes the first time, and is mostly waiting:
# it begins beside the suites that need none.
if ! { leaves_out Engines && leaves_out Distributed; }; then
  tests/engines/engines.sh running || trap 'tests/engines/engines.sh stop' EXIT
  tests/engines/engines.sh images >/dev/null 2>&1 &
  fetching=$!
fi

# Where the fetching failed, it fails once more, and says why.
engines() {
  wait "$fetching"
  tests/engines/engines.sh images || return 1
  eval "$(tests/engines/engines.sh env)"
}

journeys() {
  engines && tests/engines/engines.sh up || return 1
  eval "$(tests/engines/engines.sh journeys)"
}

# What takes minutes is marked, row by row.
short=(-preEnumerateTheories); most=3600
[ "$full" = yes ] || { short+=(-trait- "form=long"); most=1200; }

passed=0; failed=0; skipped=0; broken=()
for suite in "${suites[@]}"; do
  if leaves_out "$suite"; then
    echo "== $suite: left out (--without $suite)"
    continue
  fi
  echo "== $suite"
  ready=true; dll=$suite; only=()
  case "$suite" in
    EndToEnd) only=("${short[@]}" -class- "*.Instances") ;;
    Engines) engines || ready=false ;;
    Distributed) journeys || ready=false; dll=EndToEnd; only=("${short[@]}")
      for class in Journey OddNumbers Instances LongAfter NothingCallsOut ProvenAtLength; do only+=(-class "GroupTicketing.EndToEnd.Tests.$class"); done ;;
  esac
  if ! $ready; then
    broken+=("$suite (no engines to run on; --without $suite leaves it out)")
    failed=$((failed + 1))
    continue
  fi
  log=$(mktemp)
  timeout "$most" dotnet "tests/$dll.Tests/bin/Debug/net10.0/GroupTicketing.$dll.Tests.dll" -noColor -noLogo "${only[@]}" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  summary=$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -n 1)
  rm -f "$log"
  number() { sed -nE "s/.*$1: ([0-9]+).*/\1/p" <<<"$summary"; }
  if [ -z "$summary" ] || [ "$(number Total)" -eq 0 ]; then
    broken+=("$suite (ran nothing)")
    failed=$((failed + 1))
    continue
  fi
  bad=$(( $(number Failed) + $(number Errors) ))
  [ "$status" -ne 0 ] && [ "$bad" -eq 0 ] && bad=1
  [ "$bad" -gt 0 ] && broken+=("$suite")
  failed=$((failed + bad))
  skipped=$((skipped + $(number Skipped)))
  passed=$((passed + $(number Total) - $(number Failed) - $(number Skipped)))
done

[ ${#without[@]} -gt 0 ] && echo "left out: ${without[*]}"
[ ${#broken[@]} -gt 0 ] && echo "failed: ${broken[*]}"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
