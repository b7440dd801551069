#!/usr/bin/env bash
# Proves a promise by breaking things: ./prove.sh NAME [--tickets N] [--kills N] [--seed N] [--mode embedded|distributed]; without a name it lists them.
# The last line counts what was lost, duplicated, disordered and unexpected by three ledgers; exit 0 only if nothing was and every bound held. docs/reliability.md says more.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$("$here/tests/program.sh")
eval "$program"
dotnet build "$here/tests/Prove" -c Release -v q -nologo >&2
case " $* " in
  *" distributed "*)
    "$here/tests/engines/engines.sh" running || trap '"$here/tests/engines/engines.sh" stop' EXIT
    "$here/tests/engines/engines.sh" images >&2
    eval "$("$here/tests/engines/engines.sh" env)"
    ;;
esac
dotnet "$here/tests/Prove/bin/Release/net10.0/GroupTicketing.Prove.dll" "$@"
