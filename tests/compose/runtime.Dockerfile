# Where the official image cannot be pulled.
FROM engines-debian:sid
LABEL engine="stand-in (this machine's .NET on Debian)"
RUN apt-get -o Acquire::Check-Valid-Until=false update && apt-get install -y --no-install-recommends libicu76 tzdata
COPY dotnet /usr/share/dotnet/dotnet
COPY host /usr/share/dotnet/host
COPY shared /usr/share/dotnet/shared
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet && useradd -u 1654 app
