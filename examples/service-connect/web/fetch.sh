# A client: the name `api` is resolved by the Service Connect proxy beside it.
trap exit TERM
while sleep 5; do wget -q -O - http://api:8080/prices.json; done
