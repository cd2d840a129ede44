# Ends its piece of work when it hears SIGTERM; the volume goes with the task.
trap 'echo "SIGTERM: the last piece of work"; ended=1' TERM
until [ "$ended" ]; do
    date >> /scratch/work
    sleep 5
done
