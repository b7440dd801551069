# Where the official image cannot be pulled.
FROM engines-debian:sid
LABEL engine="stand-in (this machine's SDK and packages on Debian)"
RUN apt-get -o Acquire::Check-Valid-Until=false update && apt-get install -y --no-install-recommends libicu76 tzdata
COPY dotnet /usr/share/dotnet
COPY packages /root/.nuget/packages
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet
# Nothing is asked of a registry: the packages are here.
ENV NuGetAudit=false
