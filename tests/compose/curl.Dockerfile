# Where the official image cannot be pulled.
FROM engines-debian:sid
LABEL engine="stand-in (Debian's curl)"
RUN apt-get -o Acquire::Check-Valid-Until=false update && apt-get install -y --no-install-recommends curl
