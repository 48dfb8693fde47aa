#!/bin/sh
# Signs up at the shop and follows the mail: $SHOP is the app's URL, `mailtrap` the command.
set -eu

eval "$(mailtrap inbox new --shell)" # INBOX ADDRESS CURSOR SMTP_HOST SMTP_PORT …
curl -sS --data-urlencode "email=$ADDRESS" "$SHOP/signup"

LINK=$(mailtrap wait --inbox "$INBOX" --after "$CURSOR" --subject Confirm --print link:/confirm/ --timeout 15s) || exit 1
CODE=$(mailtrap wait --rcpt "$ADDRESS" --after "$CURSOR" --print code)
echo "link $LINK"
echo "code $CODE"

# The next wait begins where the one before ended: the same mail is not given again.
eval "$(mailtrap wait --inbox "$INBOX" --subject Confirm --shell)"
mailtrap expect --inbox "$INBOX" --after "$CURSOR" --none

# A server that greylists: the shop has to try again, and this one does not.
RULE=$(mailtrap fault add 'rcpt again@* 451 4.7.1 Greylisted times=1')
curl -sS --data-urlencode "email=again@shop.example.com" "$SHOP/signup" || true
mailtrap attempts --rcpt again@shop.example.com --codes 451 --junit report.xml
mailtrap attempts --rcpt again@shop.example.com --codes 451,250 --junit report.xml && exit 1
mailtrap fault rm "$RULE"
mailtrap inbox rm "$INBOX"
echo done
