# One program for three services: serve, work or schedule, as the container's command says.
case $1 in
serve) exec httpd -f -p 8080 ;;
*) while sleep 5; do echo "$1"; done ;;
esac
