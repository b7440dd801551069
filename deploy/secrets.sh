#!/bin/sh
# Makes the secrets that docker-compose.yml names: deploy/secrets.sh FOLDER [demo]. What is there stays; to rotate one, delete it and run this again.
# The folder is closed to others; its files are readable, because each container has its own user and sees only the files given to it.
set -eu
folder=${1:?usage: deploy/secrets.sh FOLDER [demo]}
mkdir -p "$folder/schools"
chmod 700 "$folder"
chmod 755 "$folder/schools"
for name in rabbitmq-intake rabbitmq-routing rabbitmq-itop rabbitmq-notification rabbitmq-portal rabbitmq-operator mongo mongo-root grafana; do
  [ -s "$folder/$name" ] || od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n' >"$folder/$name"
done
if [ "${2:-}" = demo ]; then
  printf 'demo-connecteur' >"$folder/itop"
elif [ ! -s "$folder/itop" ]; then
  echo "still to do: write the password of the connector's iTop account to $folder/itop" >&2
fi
find "$folder" -type f -exec chmod 444 {} +
