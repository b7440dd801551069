#!/bin/sh
# Puts the passwords of the secrets' files into the definitions, in memory only, and starts the broker, which loads them at each start.
set -eu
umask 077
here=$(dirname "$0")
secrets=${SECRETS_FOLDER:-/run/secrets}
out=${DEFINITIONS:-/tmp/definitions.json}
: >"$out.sed"
for user in $(sed -n 's/.*"password": "@\([a-z]*\)@".*/\1/p' "$here/definitions.json"); do
  password=$(cat "$secrets/rabbitmq-$user")
  case $password in
    *[!A-Za-z0-9_-]* | '') echo "error: the secret rabbitmq-$user is empty or has signs other than letters, digits, - and _" >&2; exit 1 ;;
  esac
  [ ${#password} -ge 32 ] || { echo "error: the secret rabbitmq-$user is shorter than 32 signs; deploy/secrets.sh makes one" >&2; exit 1; }
  # printf is the shell's own: no process list shows the password.
  printf 's/"@%s@"/"%s"/\n' "$user" "$password" >>"$out.sed"
done
sed -f "$out.sed" "$here/definitions.json" >"$out"
rm "$out.sed"
exec rabbitmq-server
