#!/usr/bin/env bash
# Publishes the program as a release has it, into artifacts/program, and prints what the tests, proofs and measures read to run it as the image and the unit do: eval "$(tests/program.sh)"
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet publish host -c Release --use-current-runtime --self-contained --artifacts-path artifacts/build -o artifacts/program -v q -nologo >&2
printf 'export GROUPTICKETING_TESTS_PROGRAM=%q MALLOC_MMAP_THRESHOLD_=65536\n' "$PWD/artifacts/program/GroupTicketing"
