-- A role and a database of Studio's own; the role is no superuser. To be run once, by one who is:
--     psql -v ON_ERROR_STOP=1 -v password=SECRET -f role.sql
CREATE ROLE studio LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE DATABASE studio OWNER studio ENCODING 'UTF8' TEMPLATE template0;
