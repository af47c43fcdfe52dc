#!/usr/bin/env bash
# Steps per second with one and two silos, for each policy: Redis, the silos and a load generator on this machine, all on loopback. Needs the .NET 10 SDK; installs Redis where it is
# missing (Debian). samples/Cluster/run.sh [SECONDS [STREAMS]]
set -uo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

.ci/need redis-server redis-server || exit 1
dotnet build -c Release -v q samples/Cluster | grep -E "error|warning [A-Z]" && exit 1
program=samples/Cluster/bin/Release/net10.0/Cluster.dll
folder=$(mktemp -d)
processes=()
trap 'kill "${processes[@]}" 2> /dev/null; wait; rm -rf "$folder"' EXIT

# An answered step is on the disk: the log is flushed before Redis answers.
redis-server --bind 127.0.0.1 --port 6391 --dir "$folder" --save '' --appendonly yes --appendfsync always > "$folder/redis" &
processes+=($!)

# Starts a silo, and waits until it serves.
silo() {
  dotnet "$program" silo --redis 127.0.0.1:6391 --port "$1" --gateway "$2" > "$folder/$1" 2>&1 &
  processes+=($!)
  for _ in {1..300}; do
    grep -q "127.0.0.1:$1 Active" "$folder/$1" && return
    sleep 0.1
  done
  cat "$folder/$1"
  exit 1
}

measure() {
  echo "== $1"
  dotnet "$program" load --redis 127.0.0.1:6391 --seconds "${seconds}" --streams "${streams}" 2> "$folder/errors" || { cat "$folder/errors"; exit 1; }
}

seconds=${1:-5}
streams=${2:-200}
silo 11121 30121
measure "one silo"
silo 11122 30122
measure "two silos"
