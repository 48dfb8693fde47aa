"""Catalan, Icelandic, Slovenian, Lithuanian, Latvian, Estonian, Filipino, Urdu."""

from typing import Final

from mailtrap.mail.extract.words.record import Words

FURTHER: Final = {
    "ca": Words(
        otp="codi de verificació|codi de confirmació|codi de seguretat|codi d'accés"
        "|codi d'un sol ús|contrasenya d'un sol ús|codi d'activació|codi temporal"
        "|codi de validació",
        code="codi|contrasenya",
        about="verific*|confirm*|inicia sessió|iniciar sessió|vàlid|caduca|introduïu|introdueix"
        "|minuts|compte",
        other="comanda|número de comanda|factura|codi postal|telèfon|referència|reserva"
        "|codi de descompte|codi promocional|cupó|codi de barres|codi d'error|codi font"
        "|enviament",
        sale="descompte|cupó|oferta|cistella|rebaixes",
    ),
    "is": Words(
        otp="staðfestingarkóði*|staðfestingarkóðinn|öryggiskóði*|aðgangskóði*"
        "|innskráningarkóði*|einnota kóði*|einnota lykilorð",
        code="kóði*|kóðinn|kóða|lykilorð",
        about="staðfest*|innskrá*|skrá þig inn|gildir|rennur út|mínút*|sláðu inn|aðgang*",
        other="pöntun*|pöntunarnúmer|reikning*|sendingarnúmer|póstnúmer|sími|kennitala|bókun*"
        "|afsláttarkóði*|gjafabréf*|villukóði*",
        sale="afslátt*|tilboð*|karfa|körfu",
    ),
    "sl": Words(
        otp="potrditvena koda|potrditveno kodo|koda za potrditev|varnostna koda|varnostno kodo"
        "|koda za prijavo|kodo za prijavo|enkratna koda|enkratno kodo|enkratno geslo"
        "|začasno geslo|aktivacijska koda|koda za preverjanje|overitvena koda",
        code="koda|kodo|kode|geslo",
        about="potrdi*|prijav*|veljavna|velja|poteče|minut*|vnesite|račun*|ne delite",
        other="naročil*|številka naročila|račun št|pošiljk*|poštna številka|telefon|rezervacij*"
        "|koda za popust|promocijska koda|kupon*|davčna številka|črtna koda|koda napake|pogodb*",
        sale="popust*|kupon*|akcij*|košaric*",
    ),
    "lt": Words(
        otp="patvirtinimo kod*|saugos kod*|prisijungimo kod*|vienkartin* kod*"
        "|vienkartinis kodas|vienkartinis slaptažodis|aktyvavimo kod*|laikinas slaptažodis"
        "|autentifikavimo kod*",
        code="kodas|kodą|kodo|kodai|slaptažodis",
        about="patvirtin*|prisijung*|galioja|baigsis|minut*|įveskite|paskyr*|nesidalinkite"
        "|tapatyb*",
        other="užsakym*|užsakymo numeris|sąskait*|siunt*|pašto kodas|telefon*|rezervacij*"
        "|nuolaidos kodas|akcijos kodas|kupon*|įmonės kodas|asmens kodas|klaidos kodas"
        "|brūkšninis kodas|prekės kodas|pvm",
        sale="nuolaid*|akcij*|kupon*|krepšel*",
    ),
    "lv": Words(
        otp="apstiprinājuma kod*|verifikācijas kod*|drošības kod*|pieteikšanās kod*"
        "|vienreizējais kods|vienreizēj* kod*|vienreizējā parole|aktivizācijas kod*"
        "|pagaidu parole|autentifikācijas kod*",
        code="kods|kodu|koda|parole",
        about="apstiprin*|pieteik*|derīgs|beidzas|minūt*|ievadiet|kont*|neizpaudiet|identitāt*",
        other="pasūtījum*|pasūtījuma numurs|rēķin*|sūtījum*|pasta indekss|tālrun*|rezervācij*"
        "|atlaides kods|atlaižu kods|kupon*|personas kods|kļūdas kods|svītrkods|preces kods|pvn",
        sale="atlaid*|akcij*|kupon*|groz*",
    ),
    "et": Words(
        otp="kinnituskood*|turvakood*|sisselogimiskood*|ühekordne kood*|ühekordne parool*"
        "|aktiveerimiskood*|ajutine parool*|autentimiskood*|kontrollkood*",
        code="kood|koodi|parool*",
        about="kinnita*|logi sisse|sisselogimi*|kehtib|aegub|minut*|sisesta*|konto*|ära jaga",
        other="tellimus*|tellimuse number|arve*|saadetis*|sihtnumber|postiindeks|telefon"
        "|broneering*|sooduskood*|kupong*|isikukood|registrikood|veakood*|vöötkood*|tootekood*"
        "|viitenumber",
        sale="soodus*|kupong*|kampaania*|ostukorv*",
    ),
    "fil": Words(
        otp="verification code mo|code sa pag verify|code ng pagpapatunay|one time pin mo",
        code="code mo|ang code",
        about="mag log in|i verify|ilagay|wasto|mag e expire|minuto|huwag ibahagi",
        other="numero ng order|resibo|numero ng telepono",
    ),
    "ur": Words(
        otp="تصدیقی کوڈ|توثیقی کوڈ|سیکیورٹی کوڈ|لاگ ان کوڈ|او ٹی پی|ون ٹائم پاس ورڈ"
        "|عارضی پاس ورڈ|تصدیق کا کوڈ",
        code="کوڈ|پاس ورڈ",
        about="تصدیق|توثیق|لاگ ان|درست ہے|میعاد|منٹ|درج کریں|اکاؤنٹ|شیئر نہ کریں",
        other="آرڈر|آرڈر نمبر|انوائس|رسید|ٹریکنگ|پوسٹل کوڈ|فون|بکنگ|رعایتی کوڈ|کوپن|پرومو کوڈ"
        "|ایرر کوڈ",
        sale="رعایت|کوپن|آفر|کارٹ",
    ),
}
