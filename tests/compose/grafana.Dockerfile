# Where the official image cannot be pulled.
FROM engines-debian:sid
LABEL engine="stand-in (only its health check)"
RUN apt-get -o Acquire::Check-Valid-Until=false update && apt-get install -y --no-install-recommends busybox wget
RUN mkdir -p /www/api /var/lib/grafana && echo ok >/www/api/health && chown 472 /var/lib/grafana
ENTRYPOINT ["busybox", "httpd", "-f", "-p", "3000", "-h", "/www"]
