# The embedded PostgreSQL with the tools of Debian's, laid out as in the official image from 18 on.
FROM localhost/signalbox-check-debian
COPY native /usr/lib/postgresql/18
COPY postgres-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
RUN id postgres 2>/dev/null || useradd --system --uid 999 --home-dir /var/lib/postgresql --no-create-home postgres
RUN install -d -o postgres -g postgres -m 1777 /var/lib/postgresql && install -d -o postgres -m 3777 /var/run/postgresql
ENV PATH=/usr/lib/postgresql/18/bin:$PATH PGDATA=/var/lib/postgresql/18/docker
VOLUME /var/lib/postgresql
ENTRYPOINT ["docker-entrypoint.sh"]
STOPSIGNAL SIGINT
CMD ["postgres"]
