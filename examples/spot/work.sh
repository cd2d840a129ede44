# Ends its piece of work when it hears SIGTERM: before a Spot interruption as at every deploy.
trap 'echo "SIGTERM: the last piece of work"; ended=1' TERM
until [ "$ended" ]; do
    echo working
    sleep 5
done
