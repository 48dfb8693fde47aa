"""English, German, Dutch, Swedish, Danish, Norwegian."""

from typing import Final

from mailtrap.mail.extract.words.record import Words

GERMANIC: Final = {
    "en": Words(
        otp="verification code|verification codes|verification pin|verification number"
        "|confirmation code|security code|authentication code|authorization code"
        "|authorisation code|login code|log in code|sign in code|signin code|sign up code"
        "|access code|one time code|one time codes|one time password|one time passcode"
        "|one time passcodes|one time pin|one time token|single use code|single use password"
        "|temporary code|temporary password|temporary pin|temporary passcode|passcode|pass code"
        "|passcodes|otp|otp code|totp|2fa code|mfa code|two factor code|two step code"
        "|two step verification code|reset code|password reset code|recovery code"
        "|recovery codes|backup code|backup codes|activation code|device code|pairing code"
        "|magic code|unlock code|validation code|registration code|email code|digit code"
        "|character code|verify code|your pin|pin code|sms code|transaction code|approval code"
        "|identity code|user code|join code|invite code|invitation code|mtan|tan code"
        "|verification token|security token|login token|passkey code|sign in pin|signing code"
        "|digit pin|digit number|digit passcode|signup code",
        code="code|codes|pin|tan|token|password|c o d e",
        about="verify|verification|verifying|confirm|confirming|log in|login|logging in|sign in"
        "|signing in|sign up|signup|two factor|2fa|mfa|authenticat*|expires|expire|expiring"
        "|valid for|valid until|identity|one time|your account|your email address"
        "|reset your password|password reset|never share|do not share|don't share"
        "|didn't request|did not request|new device|enter this|enter the|enter it|type this"
        "|use this|following code|code below",
        other="order|orders|order number|order no|order id|order code|invoice|invoice number"
        "|inv|ticket|ticket number|case number|case id|case|tracking number|tracking code"
        "|tracking|shipment|parcel|consignment|reference|reference number|reference code|ref"
        "|ref no|booking reference|booking code|booking number|booking|reservation"
        "|reservation code|confirmation number|record locator|pnr|flight|account number"
        "|account no|account ending|account id|customer number|customer id|client number"
        "|member number|membership number|member id|user id|policy number|phone|telephone|tel"
        "|fax|call|call us|mobile|whatsapp|zip code|zip|postal code|postcode|post code"
        "|area code|country code|dialling code|dial in|meeting id|conference id|webinar id"
        "|sort code|swift code|swift|bic|iban|routing number|bank code|branch code|vat"
        "|vat number|tax id|tax code|company number|registration number|registered|reg no"
        "|hs code|serial number|serial|sku|item|item number|article number|product code"
        "|part number|model|barcode|qr code|bar code|dress code|source code|zip codes"
        "|error code|error|status code|exit code|response code|http|build|release|version"
        "|commit|issue|pull request|bug|code of conduct|building code|morse code|color code"
        "|colour code|hex code|code review|code freeze|lines of code|promo code|promotion code"
        "|promotional code|discount code|coupon code|coupon|voucher code|voucher|gift card"
        "|gift card code|gift code|offer code|referral code|student code|save code|card ending"
        "|card ending in|ending in|ending|ends in|last four|last 4|section|article|rule|room"
        "|suite|floor|street|avenue|road|box|po box|apt|unit|gate|seat|locker code|door code"
        "|class code|course code|course|transaction id|transaction number|transaction ref"
        "|payment id|payment reference|receipt|receipt number|receipt no|request id|session id"
        "|trace id|message id|correlation id|event id|license plate|quote|purchase order|po"
        "|return number|rma|delivery code|of account|for account|exited with code"
        "|exit with code|code path|code block|code base|zipcode|promocode|employee no"
        "|employee number|auth code|rate code|employee id|staff number|student number"
        "|paper code|module code|job code|project code|cost code|style code|item code"
        "|stock code|batch code|airport code|station code|store code|language code"
        "|currency code|fare code|tariff code|vendor code|supplier code|department code"
        "|event code|gate code|entry code|trip code|model code|plan code|qrcode|unicode|geocode"
        "|leetcode",
        sale="off|spend|minimum spend|new arrivals|personal code|discount|checkout|coupon"
        "|voucher|promo|sale|save|gift card|redeem|% off|free shipping|your next order"
        "|your first order|black friday|cyber monday|shop now|basket|refer|referral",
    ),
    "de": Words(
        otp="bestätigungscode|bestätigungs code|verifizierungscode|verifikationscode"
        "|sicherheitscode|anmeldecode|login code|logincode|zugangscode|einmalcode|einmal code"
        "|einmalpasswort|einmalkennwort|einmal passwort|authentifizierungscode|freischaltcode"
        "|aktivierungscode|registrierungscode|prüfcode|wiederherstellungscode"
        "|wiederherstellungscodes|tan|mtan|transaktionsnummer|einmalpin|einmal pin"
        "|zurücksetzungscode|mobiltan|mobiletan|mobile tan|smstan|sms tan|push tan|photo tan"
        "|phototan|gerätecode|stelligen code|stelliger code|stelligen zahlencode|zahlencode"
        "|bestätigungs pin|ihre pin|freigabecode|zwei faktor code|anmelde code|2fa code"
        "|stellige code|passcode|sicherheits code",
        code="code|pin|kennwort|passwort|codes",
        about="bestätigen|anmelden|anmeldung|einloggen|gültig|läuft ab|verifizier*|minuten"
        "|identität|zwei faktor|zweistufig|registrier*|konto|geben sie|gib den|gib diesen"
        "|weitergeben|eingeben",
        other="bestellnummer|bestellung|bestell nr|auftrag|auftragsnummer|rechnung"
        "|rechnungsnummer|rechnungs nr|kundennummer|kunden nr|kundennr|vorgangsnummer|ticket"
        "|ticketnummer|sendungsnummer|sendung|paketnummer|sendungscode|postleitzahl|plz|vorwahl"
        "|telefon|tel|fax|hotline|rufnummer|vertragsnummer|vertrag|kontonummer|bankleitzahl|blz"
        "|iban|bic|ust idnr|ust id|steuernummer|hrb|handelsregister|artikelnummer|artikel"
        "|gutscheincode|gutschein code|gutschein|rabattcode|rabatt code|aktionscode"
        "|buchungscode|buchungsnummer|buchungs code|referenz|referenznummer|mitgliedsnummer"
        "|aktenzeichen|zählernummer|strichcode|fehlercode|quellcode|qr code|fehler|endet auf"
        "|endend auf|seriennummer|zimmer|raum|verwendungszweck|lieferschein|empfehlungscode",
        sale="rabatt|gutschein|gutscheine|warenkorb|sparen|einlösen|nächste bestellung|aktion"
        "|% auf|geschenkt",
    ),
    "nl": Words(
        otp="verificatiecode|bevestigingscode|beveiligingscode|toegangscode|inlogcode"
        "|eenmalige code|eenmalige inlogcode|eenmalig wachtwoord|tijdelijke code"
        "|tijdelijk wachtwoord|activatiecode|authenticatiecode|herstelcode|herstelcodes"
        "|controlecode|cijferige code|tancode|tan code|pincode|aanmeldcode|veiligheidscode"
        "|tweestapscode",
        code="code|codes|pin|wachtwoord",
        about="verifi*|bevestig*|inloggen|aanmelden|geldig|verloopt|identiteit|minuten|voer de"
        "|voer deze|vul de|vul deze|deel deze|account|registratie",
        other="bestelling|bestelnummer|ordernummer|factuur|factuurnummer|ticket|zaaknummer"
        "|klantnummer|pakket|track|trace|zending|zendingsnummer|postcode|telefoon|tel|fax"
        "|reservering|reserveringsnummer|boekingscode|boekingsnummer|kortingscode|actiecode"
        "|cadeaubon|waardebon|vouchercode|kvk|btw|iban|referentie|kenmerk|streepjescode"
        "|foutcode|broncode|artikelnummer|eindigend op|polisnummer|contract|contractnummer"
        "|lidnummer|qr code|kamer",
        sale="korting|kortingscode|winkelwagen|aanbieding|actie|bespaar|gratis verzending"
        "|volgende bestelling",
    ),
    "sv": Words(
        otp="verifieringskod|verifieringskoden|bekräftelsekod|säkerhetskod|åtkomstkod"
        "|inloggningskod|engångskod|engångslösenord|tillfälligt lösenord|tillfällig kod"
        "|aktiveringskod|autentiseringskod|återställningskod|siffriga kod|siffrig kod"
        "|siffriga koden|pinkod|engångskoden|behörighetskod",
        code="kod|koden|koder|lösenord|pin",
        about="verifier*|bekräfta*|logga in|inloggning*|giltig|går ut|upphör|identitet*|minuter"
        "|ange|skriv in|konto*|dela inte",
        other="ordernummer|order|beställning*|beställningsnummer|faktura*|fakturanummer|ärende*"
        "|ärendenummer|kundnummer|postnummer|telefon|tel|fax|spårningsnummer|kollinummer"
        "|försändelse*|paket*|bokningsnummer|bokningskod|bokning|rabattkod|kampanjkod"
        "|presentkort*|värdekod|org nr|orgnr|organisationsnummer|ocr|bankgiro|iban|streckkod"
        "|felkod|källkod|artikelnummer|referens|som slutar på|medlemsnummer|portkod",
        sale="rabatt*|kampanj*|varukorg*|erbjudande*|spara|fri frakt|rea|kassan",
    ),
    "da": Words(
        otp="bekræftelseskode|verifikationskode|verificeringskode|sikkerhedskode"
        "|adgangskode til engangsbrug|engangskode|engangskoden|engangsadgangskode"
        "|midlertidig adgangskode|midlertidig kode|loginkode|login kode|aktiveringskode"
        "|godkendelseskode|cifrede kode|cifret kode|pinkode|gendannelseskode|kontrolkode",
        code="kode|koden|koder|adgangskode|pin",
        about="bekræft*|verific*|log ind|logge ind|login|gyldig|udløber|identitet|minutter"
        "|indtast*|konto|del ikke",
        other="ordrenummer|ordre|bestilling*|faktura*|fakturanummer|sag|sagsnummer|kundenummer"
        "|postnummer|telefon|tlf|tel|sporingsnummer|pakke*|forsendelse*|bookingnummer"
        "|bookingkode|reservation*|rabatkode|gavekort*|kampagnekode|cvr|iban|stregkode|fejlkode"
        "|kildekode|varenummer|reference|der ender på|medlemsnummer|værelse",
        sale="rabat*|tilbud*|kurv*|spar|gratis fragt|udsalg|gavekort*",
    ),
    "nb": Words(
        otp="bekreftelseskode|verifiseringskode|sikkerhetskode|engangskode|engangskoden"
        "|engangspassord|innloggingskode|midlertidig passord|midlertidig kode|aktiveringskode"
        "|autentiseringskode|sifret kode|sifrede kode|sifrede koden|pinkode|tilgangskode"
        "|gjenopprettingskode|påloggingskode",
        code="kode|koden|koder|passord|pin",
        about="bekreft*|verifiser*|logg inn|logge inn|innlogging*|pålogging*|gyldig|utløper"
        "|identitet*|minutter|skriv inn|tast inn|oppgi|konto*|del ikke|ikke del",
        other="ordrenummer|ordre|bestilling*|faktura*|fakturanummer|sak|saksnummer|kundenummer"
        "|postnummer|telefon|tlf|tel|sporingsnummer|pakke*|sending*|bookingnummer"
        "|bestillingsnummer|referanse*|rabattkode|gavekort*|kampanjekode|org nr|orgnr|kid|iban"
        "|strekkode|feilkode|kildekode|varenummer|som slutter på|medlemsnummer",
        sale="rabatt*|tilbud*|handlekurv*|spar|fri frakt|gavekort*",
    ),
}
