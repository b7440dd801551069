#!/usr/bin/env bash
# What the product costs, each figure beside its aim and its baseline of the same run: ./measure.sh [NAME]... [--mode embedded|distributed] [--tickets N]; ./measure.sh cpu --beside COMMAND measures another program in turn with ours (tests/Benchmarks/Measure/Beside.cs)
# Names: cpu calls times intake drain callbacks memory stored start; without one, all of them. Engines for the distributed form: tests/engines/engines.sh up (Docker, or a Debian and root).
set -euo pipefail
cd "$(dirname "$0")"

mode=embedded
rest=()
while [ $# -gt 0 ]; do
  case "$1" in
    --mode) shift; mode=${1:?--mode needs embedded or distributed} ;;
    *) rest+=("$1") ;;
  esac
  shift
done
case "$mode" in
  embedded) unset GROUPTICKETING_TESTS_BUS ;;
  distributed)
    tests/engines/engines.sh running || trap 'tests/engines/engines.sh stop' EXIT
    # Engines that are up may be somebody's: they are measured on as they are.
    [ "$(docker ps -q --filter name=engines-rabbitmq --filter name=engines-mongo 2>/dev/null | wc -l)" -eq 2 ] || tests/engines/engines.sh up
    eval "$(tests/engines/engines.sh journeys)" ;;
  *) echo "measure: no mode $mode" >&2; exit 2 ;;
esac
program=$(tests/program.sh)
eval "$program"
dotnet build tests/Benchmarks -c Release -v q -nologo
dotnet tests/Benchmarks/bin/Release/net10.0/GroupTicketing.Benchmarks.dll measure "${rest[@]}"
