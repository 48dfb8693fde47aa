"""Polish, Czech, Slovak, Croatian, Finnish, Hungarian, Turkish, Vietnamese, Indonesian, Malay."""
# ruff: noqa: RUF001 - the words stand in their own alphabets

from typing import Final

from mailtrap.mail.extract.words.record import Words

MORE_LATIN: Final = {
    "pl": Words(
        otp="kod weryfikacyjny|kod potwierdzający|kod bezpieczeństwa|kod dostępu|kod logowania"
        "|kod aktywacyjny|kod jednorazowy|jednorazowy kod|hasło jednorazowe|jednorazowe hasło"
        "|hasło tymczasowe|tymczasowe hasło|kod uwierzytelniający|kod autoryzacyjny"
        "|kod autoryzacji|kodu weryfikacyjnego|kod sms|kod do logowania|cyfrowy kod"
        "|kod odzyskiwania|kodu bezpieczeństwa|kod potwierdzenia|kod pin|kod weryfikacji",
        code="kod|kodu|kodem|kody|hasło|pin",
        about="potwierd*|zaloguj*|logowani*|weryfik*|ważny|wygasa|wygaśnie|tożsamoś*|minut"
        "|wpisz|wprowadź|podaj|nie udostępniaj|konto|konta|rejestrac*",
        other="zamówieni*|numer zamówienia|nr zamówienia|faktur*|zgłoszeni*|numer zgłoszenia"
        "|przesył*|paczk*|numer przesyłki|numer klienta|kod pocztowy|telefon|tel|infolini*"
        "|rezerwacj*|kod rezerwacji|kod rabatowy|kod promocyjny|kod zniżkowy|kupon|bon|nip"
        "|regon|krs|iban|kod kreskowy|kod błędu|kod źródłowy|kod produktu|numer konta|umow*"
        "|polis*|kończąc*|ref|kod odbioru|pokój",
        sale="rabat*|zniżk*|kupon*|promocj*|koszyk*|oszczędz*|darmowa dostawa|wyprzedaż*",
    ),
    "cs": Words(
        otp="ověřovací kód|ověřovací kod|potvrzovací kód|bezpečnostní kód|přístupový kód"
        "|přihlašovací kód|aktivační kód|jednorázový kód|jednorázové heslo|dočasné heslo"
        "|autorizační kód|sms kód|číselný kód|místný kód|ověřovacího kódu|kód pro ověření"
        "|kód pro přihlášení|kód pro potvrzení|obnovovací kód|autentizační kód|kód pin",
        code="kód|kódu|kódem|kódy|heslo|pin",
        about="ověř*|potvr*|přihlá*|platí|platnost|platný|vyprší|totožnost*|minut*|zadejte"
        "|zadej|účet|účtu|nesdílejte",
        other="objednávk*|číslo objednávky|faktur*|zásilk*|číslo zásilky|tiket*|psč"
        "|směrovací číslo|telefon*|tel|rezervac*|rezervační kód|slevový kód|slevový kupón"
        "|poukaz*|ičo|dič|iban|čárový kód|chybový kód|kód produktu|číslo účtu|smlouv*"
        "|variabilní symbol|zákaznické číslo|končící|zdrojový kód",
        sale="slev*|kupón*|poukaz*|akce|košík*|ušetř*|doprava zdarma|výprodej*",
    ),
    "sk": Words(
        otp="overovací kód|potvrdzovací kód|bezpečnostný kód|prístupový kód|prihlasovací kód"
        "|aktivačný kód|jednorazový kód|jednorazové heslo|dočasné heslo|autorizačný kód|sms kód"
        "|miestny kód|kód na overenie|kód na prihlásenie|kód na potvrdenie",
        code="kód|kódu|kódom|kódy|heslo|pin",
        about="overen*|overi*|potvrd*|prihlás*|platí|platnosť|platný|vyprší|totožnos*|minút*"
        "|zadajte|účet|účtu|nezdieľajte",
        other="objednávk*|číslo objednávky|faktúr*|zásielk*|psč|telefón*|tel|rezerváci*"
        "|zľavový kód|poukážk*|ičo|dič|iban|čiarový kód|chybový kód|číslo účtu|zmluv*"
        "|variabilný symbol|zákaznícke číslo",
        sale="zľav*|kupón*|akci*|košík*|ušetr*|doprava zadarmo|výpredaj*",
    ),
    "hr": Words(
        otp="kod za potvrdu|kod za provjeru|sigurnosni kod|verifikacijski kod|pristupni kod"
        "|kod za prijavu|jednokratni kod|jednokratna lozinka|privremena lozinka"
        "|aktivacijski kod|potvrdni kod|kontrolni kod|verifikacioni kod|autorizacijski kod",
        code="kod|kôd|kodom|koda|lozinka|pin",
        about="potvrd*|provjer*|prijav*|vrijedi|istječe|identitet*|minut*|unesite|račun*"
        "|nemojte dijeliti|važi",
        other="narudžb*|broj narudžbe|račun br|broj računa|pošiljk*|poštanski broj|telefon*|tel"
        "|rezervacij*|kod za popust|promo kod|promotivni kod|kupon*|oib|iban|barkod|kod greške"
        "|šifra artikla|ugovor*|broj kupca|poziv na broj",
        sale="popust*|kupon*|akcij*|košaric*|uštedi*|besplatna dostava",
    ),
    "fi": Words(
        otp="vahvistuskoodi*|varmennuskoodi*|turvakoodi*|kertakäyttöi* koodi*|kertakäyttökoodi*"
        "|kertakäyttösalasana*|kertakäyttöinen koodi*|kertakäyttöinen salasana*"
        "|kirjautumiskoodi*|tunnistuskoodi*|aktivointikoodi*|väliaikainen salasana*"
        "|numeroinen koodi*|palautuskoodi*|pin koodi*|todennuskoodi*|tunnusluku*|kertakoodi*",
        code="koodi*|pin|salasana*",
        about="vahvist*|varmen*|kirjaudu*|kirjautu*|voimassa|vanhenee|henkilöllisyy*|minuut*"
        "|syötä|anna|tili*|älä jaa",
        other="tilausnumero*|tilaus*|lasku*|laskun numero|asiakasnumero*|postinumero*|puhelin*"
        "|puh|seurantakoodi*|seurantatunnus|lähety*|paketti*|paketin|varausnumero*|varaus*"
        "|alennuskoodi*|etukoodi*|lahjakortti*|kampanjakoodi*|y tunnus|viitenumero*|viite|iban"
        "|viivakoodi*|virhekoodi*|lähdekoodi*|tuotenumero*|tuotekoodi*|tukipyyntö*|noutokoodi*",
        sale="alennu*|tarjou*|ostoskori*|säästä|etu|ilmainen toimitus|kampanja*",
    ),
    "hu": Words(
        otp="ellenőrző kód*|ellenőrző kod*|megerősítő kód*|biztonsági kód*|belépési kód*"
        "|belépő kód*|bejelentkezési kód*|aktiváló kód*|aktivációs kód*"
        "|egyszer használatos kód*|egyszeri kód*|egyszer használatos jelsz*|egyszeri jelsz*"
        "|ideiglenes jelsz*|hitelesítő kód*|hitelesítési kód*|jegyű kód*|számjegyű kód*"
        "|visszaigazoló kód*|sms kód*|azonosító kód*",
        code="kód*|jelsz*|pin|pin kód*",
        about="ellenőr*|megerősít*|bejelentkez*|belép*|érvényes*|lejár*|személyazonoss*|perc*"
        "|írja be|adja meg|fiók*|ne ossza",
        other="rendelés*|rendelési szám|rendelésszám*|számla*|számlaszám*|irányítószám*"
        "|telefon*|tel|csomag*|csomagszám*|nyomkövet*|foglalás*|foglalási kód|kuponkód*|kupon*"
        "|kedvezménykód*|promóciós kód|utalvány*|adószám*|cégjegyzék*|iban|vonalkód*|hibakód*"
        "|forráskód*|cikkszám*|ügyfélszám*|ügyszám*|szerződés*|bejelentés*|hivatkozás*",
        sale="kedvezmény*|kupon*|akció*|kosár*|spórol*|ingyenes szállítás|leárazás*",
    ),
    "tr": Words(
        otp="doğrulama kodu*|onay kodu*|güvenlik kodu*|erişim kodu*|giriş kodu*"
        "|aktivasyon kodu*|tek kullanımlık kod*|tek kullanımlık şifre*|tek kullanımlık parola*"
        "|geçici şifre*|geçici parola*|haneli kod*|kurtarma kodu*|kimlik doğrulama kodu*"
        "|etkinleştirme kodu*|sms kodu*|oturum açma kodu*|pin kodu*|şifreniz",
        code="kod|kodu|kodunuz*|kodun|şifre*|parola*|pin|koduyla",
        about="doğrula*|onayla*|giriş*|oturum*|geçerli*|süresi*|kimlik|dakika*|girin|giriniz"
        "|paylaşma*|hesab*",
        other="sipariş*|sipariş numarası|sipariş no|fatura*|fatura no|kargo*|takip numarası"
        "|takip no|takip kodu|posta kodu|telefon*|tel|faks|rezervasyon*|rezervasyon kodu|pnr"
        "|indirim kodu*|kupon kodu*|kupon*|promosyon kodu*|kampanya kodu*|hediye çeki*|vergi no"
        "|iban|barkod*|hata kodu*|kaynak kodu*|ürün kodu*|müşteri no|müşteri numarası|sözleşme*"
        "|talep no|referans*|poliçe*|teslimat kodu",
        sale="indirim*|kupon*|kampanya*|sepet*|fırsat*|ücretsiz kargo|tasarruf*",
    ),
    "vi": Words(
        otp="mã xác minh|mã xác nhận|mã xác thực|mã bảo mật|mã đăng nhập|mã kích hoạt|mã otp"
        "|mã dùng một lần|mật khẩu một lần|mật khẩu dùng một lần|mật khẩu tạm thời|mã truy cập"
        "|mã pin|mã khôi phục|mã gồm",
        code="mã của bạn|mã này|mã sau|mã là|mã",
        about="xác minh|xác nhận|xác thực|đăng nhập|đăng ký|hết hạn|hiệu lực|danh tính|phút"
        "|nhập|tài khoản|không chia sẻ",
        other="đơn hàng|mã đơn hàng|số đơn hàng|hóa đơn|hoá đơn|số hóa đơn|vận đơn|mã vận đơn"
        "|mã bưu chính|mã bưu điện|điện thoại|sđt|hotline|đặt chỗ|mã đặt chỗ|mã giảm giá"
        "|mã khuyến mãi|mã ưu đãi|mã số thuế|mst|số tài khoản|mã vạch|mã lỗi|mã nguồn"
        "|mã sản phẩm|mã khách hàng|hợp đồng|mã giới thiệu|mã qr|phòng",
        sale="giảm giá|khuyến mãi|ưu đãi|giỏ hàng|miễn phí vận chuyển|tiết kiệm",
    ),
    "id": Words(
        otp="kode verifikasi|kode konfirmasi|kode keamanan|kode akses|kode masuk|kode otp"
        "|kode aktivasi|kode sekali pakai|kata sandi sekali pakai|kata sandi sementara"
        "|kode autentikasi|kode otentikasi|kode login|kode pemulihan|kode unik"
        "|sandi sekali pakai|kode rahasia|digit kode|kode pin",
        code="kode|kode anda|kata sandi|pin|sandi",
        about="verifikasi|konfirmasi|masuk|login|berlaku|kedaluwarsa|kadaluarsa|identitas|menit"
        "|masukkan|akun|jangan berikan|jangan bagikan|rahasia",
        other="pesanan|nomor pesanan|no pesanan|faktur|invoice|nomor faktur|resi|nomor resi"
        "|no resi|kode pos|telepon|telp|hp|pemesanan|kode booking|kode pemesanan|kode promo"
        "|kode diskon|kode voucher|kupon|npwp|rekening|no rekening|nomor rekening|kode produk"
        "|kode batang|kode kesalahan|kode sumber|nomor pelanggan|tiket|nomor tiket|kontrak"
        "|kode qr|kode referral|kamar",
        sale="diskon|kupon|promo|keranjang|hemat|gratis ongkir|belanja|voucher",
    ),
    "ms": Words(
        otp="kod pengesahan|kod keselamatan|kod akses|kod log masuk|kod pengaktifan"
        "|kata laluan sekali guna|kod sekali guna|kata laluan sementara|kod otp|kod tac"
        "|nombor tac|tac|kod pemulihan|kod sahkan",
        code="kod|kod anda|kata laluan|pin",
        about="sahkan|pengesahan|log masuk|sah selama|tamat tempoh|identiti|minit|masukkan"
        "|akaun|jangan kongsi",
        other="pesanan|nombor pesanan|invois|nombor invois|penghantaran|nombor penjejakan"
        "|poskod|telefon|tel|tempahan|kod tempahan|kod promosi|kod diskaun|baucar|nombor akaun"
        "|kod bar|kod ralat|kod sumber|nombor pelanggan|kod qr|tiket",
        sale="diskaun|baucar|promosi|troli|jimat|penghantaran percuma",
    ),
}
