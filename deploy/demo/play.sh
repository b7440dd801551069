#!/bin/sh
# Plays one ticket's life through the doors its people use: play.sh SCHOOL ITOP. Exit 0 when the school was told of every step, 1 with the reason.
set -eu
school=${1:?usage: play.sh SCHOOL ITOP}
itop=${2:?usage: play.sh SCHOOL ITOP}
patience=${PATIENCE:-60}

say() { echo "$(date +%H:%M:%S)  $*"; }
fail() { echo "error: $*" >&2; exit 1; }
field() { sed -n "s/.*\"$1\" *: *\"\{0,1\}\([^\",}]*\).*/\1/p" | head -n 1; }
post() { curl -sS -m 70 -X POST -H 'Content-Type: application/json' --data "$2" "$school$1"; }
taken() { [ "$(echo "$1" | field status)" = 202 ] || fail "the event was not taken: $1"; }

told() {
  tries=0
  until curl -sS -m 10 "$school/sim/tickets/$ticket" | grep -q "\"$1\""; do
    tries=$((tries + 1))
    [ "$tries" -le "$patience" ] || fail "not within $patience s: $1 at the school"
    sleep 1
  done
  say "  … $2"
}

in_itop() {
  curl -sS -m 70 "$itop/webservices/rest.php" --data-urlencode version=1.3 --data-urlencode auth_user=intervenant \
    --data-urlencode auth_pwd=demo-intervenant --data-urlencode "json_data=$1"
}

stimulus() {
  answer=$(in_itop "{\"operation\":\"core/apply_stimulus\",\"comment\":\"demo\",\"class\":\"UserRequest\",\"key\":\"$id\",\"stimulus\":\"$1\",\"fields\":$2,\"output_fields\":\"id,status\"}")
  [ "$(echo "$answer" | field code)" = 0 ] || fail "iTop refused $1: $answer"
}

say "INSA Toulouse transmet : Scénari > Gestion des comptes > Création de compte"
sent=$(post /sim/tickets '{"title":"Création d’un compte Scénari","description":"Bonjour, une enseignante a besoin d’un compte auteur.","brique":"Scénari","service":"Gestion des comptes","sousService":"Création de compte","urgency":"normal"}')
taken "$sent"
ticket=$(echo "$sent" | field ticket)
told group.referenced "le ticket $ticket a sa référence dans iTop, et l’école la connaît"
reference=$(curl -sS -m 10 "$school/sim/tickets/$ticket" | field reference)
id=$(in_itop "{\"operation\":\"core/get\",\"class\":\"UserRequest\",\"key\":\"SELECT UserRequest WHERE ref = '$reference'\",\"output_fields\":\"id\"}" | sed -n 's/.*"key" *: *"\{0,1\}\([0-9]*\).*/\1/p' | head -n 1)
[ -n "$id" ] || fail "$reference is not in iTop"

stimulus ev_assign '{}'
say "L’intervenant prend $reference dans iTop"
told group.assigned "l’école est prévenue"

stimulus ev_resolve '{"solution":"Compte créé, invitation envoyée."}'
say "L’intervenant propose une solution"
told group.resolved "l’école la reçoit, à valider par son support"

taken "$(post "/sim/tickets/$ticket/events" '{"type":"ticket.confirmed","data":{}}')"
say "Le support de l’école valide"
told group.closed "le ticket du groupe est fermé, l’école le sait"
