-- Run once by the image of docker-compose.yml, as it makes the database: the api owns its own and is no superuser.
\getenv password POSTGRES_PASSWORD
create role signalbox login password :'password';
create database signalbox owner signalbox;
-- From now on no password is right: the superuser comes in from within the container alone.
alter role postgres password null;
