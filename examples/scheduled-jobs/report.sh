# Stands for a program's report. EventBridge Scheduler may start a task more than once: it has to be safe to run again.
set -e
echo "summing up yesterday"
