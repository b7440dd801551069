# Where the official image cannot be pulled.
FROM engines-debian:sid
LABEL engine="stand-in (it takes nothing)"
RUN mkdir -p /var/tempo && chown 10001 /var/tempo
ENTRYPOINT ["sh", "-c", "exec sleep infinity"]
