# Debian's Redis, whose package has made the user.
FROM localhost/signalbox-check-debian
VOLUME /data
WORKDIR /data
CMD ["redis-server"]
