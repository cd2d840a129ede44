# Stands for a program's cleanup.
set -e
echo "cleaning up"
