# Where the official image cannot be pulled.
FROM engines-debian:sid
LABEL engine="stand-in (Debian's prometheus)"
RUN apt-get -o Acquire::Check-Valid-Until=false update && apt-get install -y --no-install-recommends prometheus wget && mkdir -p /prometheus && chown 65534:65534 /prometheus
ENTRYPOINT ["/usr/bin/prometheus"]
