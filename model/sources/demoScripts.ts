/**
 * How the demo's databases start in their containers. What makes the database runs at each start and changes nothing the
 * second time, so that a start that was cut off is mended by the next, and another password is in force after it.
 * The only secret that comes from outside is the password of the connector's user, who may read only. Whoever may run
 * things in the container changes rows by `bash /opt/demo/sql`, which takes SQL; its password never leaves the container.
 */

/** SQL Server takes its administrator's password from the environment only: of this process, not of the container. */
export const startSqlServer = String.raw`#!/bin/bash
# Starts SQL Server and makes the demo's database.
set -euo pipefail
umask 077
rm -f /tmp/demo-is-made
administrator=/var/opt/mssql/administrator
[ -s "$administrator" ] || echo "aA1!$(head -c 24 /dev/urandom | base64 -w 0)" >"$administrator"
MSSQL_SA_PASSWORD=$(cat "$administrator")
export MSSQL_SA_PASSWORD SQLCMDPASSWORD=$MSSQL_SA_PASSWORD

/opt/mssql/bin/sqlservr &
server=$!
trap 'kill -TERM "$server"' TERM INT
run() { /opt/mssql-tools18/bin/sqlcmd -S 127.0.0.1 -U sa -C -b -x -l 5 "$@"; }
until run -Q 'SELECT 1' >/dev/null 2>&1; do
  kill -0 "$server"
  sleep 1
done
{
  echo "EXEC sys.sp_set_session_context N'cdc_password', N'$(sed "s/'/''/g" /run/demo/password)';"
  echo GO
  cat /opt/demo/setup.sql
} | run
touch /tmp/demo-is-made
wait "$server" || wait "$server" # a signal ends the first
`;

/** MySQL runs a file of statements before it listens, as an administrator who needs no login; the first error ends it. */
export const startMySql = String.raw`#!/bin/bash
# Starts MySQL with the demo's database.
set -euo pipefail
umask 077
[ -f /var/lib/mysql/mysql.ibd ] || mysqld --initialize-insecure
writer=$(head -c 24 /dev/urandom | base64 -w 0)
echo "$writer" >/tmp/writer
{
  echo "SET @writer_password = '$writer';"
  echo "SET @cdc_password = '$(sed -e 's/\\/&&/g' -e "s/'/''/g" /run/demo/password)';"
  cat /opt/demo/setup.sql
} >/tmp/setup.sql
exec mysqld --init-file=/tmp/setup.sql --server-id=1 --gtid-mode=ON --enforce-gtid-consistency=ON --mysqlx=OFF
`;

/** As the administrator; the SQL names its database. */
export const sqlInSqlServer = String.raw`#!/bin/bash
set -euo pipefail
SQLCMDPASSWORD=$(cat /var/opt/mssql/administrator)
export SQLCMDPASSWORD
exec /opt/mssql-tools18/bin/sqlcmd -S 127.0.0.1 -U sa -C -b -x "$@"
`;

/** As a user who may change rows of the demo's database. */
export const sqlInMySql = String.raw`#!/bin/bash
set -euo pipefail
MYSQL_PWD=$(cat /tmp/writer)
export MYSQL_PWD
exec mysql --user=demo_writer --default-character-set=utf8mb4 "$@"
`;
