#!/usr/bin/env sh
# Pins every dependency with its hashes. The lock files are complete, so they are installed with --no-deps.
set -eu
cd "$(dirname "$0")"
pin() { uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header "$@"; }
pin pip.in -o pip.txt
pin lock.in -o lock.txt
pin dev.in --override overrides.txt -o dev.txt
pin cloud.in -c dev.txt -o ../layers/dependencies/requirements.txt
pin edge.in -c dev.txt -o edge.txt
