#!/usr/bin/env bash
# Checks Prometheus' configuration and plays the alert rules' unit tests. Installs Debian's prometheus package where promtool is missing (as root).
set -euo pipefail
cd "$(dirname "$0")/../deploy/prometheus"
if ! command -v promtool >/dev/null; then
  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends prometheus
fi
promtool check config prometheus.yml
promtool check rules alerts.yml
promtool test rules alerts.test.yml
