# Where the official image cannot be pulled.
FROM engines-debian:sid
LABEL engine="stand-in (Debian's libraries)"
RUN apt-get -o Acquire::Check-Valid-Until=false update && apt-get install -y --no-install-recommends ca-certificates libicu76 libssl3t64 tzdata
RUN useradd -u 1654 app
