# Stands for a program that takes orders from the queue. It ends with its order when autoscaling stops the task.
trap 'echo "SIGTERM: the last order"; ended=1' TERM
until [ "$ended" ]; do
    echo "working on an order"
    sleep 5
done
