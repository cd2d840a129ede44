# Stands for a program's migrations: each has to be safe to run again.
set -e
echo "migrating${1:+ ($1)}"
echo "the schema is up to date"
