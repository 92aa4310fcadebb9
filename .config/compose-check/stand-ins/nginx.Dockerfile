# Debian's nginx.
FROM localhost/signalbox-check-debian
RUN useradd --system --uid 101 --no-create-home nginx
CMD ["nginx", "-g", "daemon off;"]
