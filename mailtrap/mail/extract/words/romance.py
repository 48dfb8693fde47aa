"""French, Spanish, Portuguese, Italian, Romanian."""
# ruff: noqa: RUF001 - the words stand in their own alphabets

from typing import Final

from mailtrap.mail.extract.words.record import Words

ROMANCE: Final = {
    "fr": Words(
        otp="code de vérification|code de confirmation|code de sécurité|code de connexion"
        "|code d'accès|code d’accès|code d'authentification|code d’authentification"
        "|code d'activation|code d’activation|code à usage unique|mot de passe à usage unique"
        "|code temporaire|mot de passe temporaire|code de validation|code d'identification"
        "|code d’identification|code de réinitialisation|code de récupération"
        "|codes de récupération|code pin|code unique|code à chiffres|code otp|code secret"
        "|code d'inscription|code sms|code confidentiel|code provisoire|code de sécurite",
        code="code|codes|mot de passe",
        about="vérifi*|confirm*|connexion|connecter|valable|expire*|valide|authentif*|identité"
        "|saisir|saisissez|entrez|minutes|ne le communiquez|ne partagez|compte|inscription",
        other="commande|numéro de commande|n° de commande|commande n|facture|numéro de facture"
        "|facture n|ticket|dossier|numéro de dossier|numéro de suivi|suivi|colis|code postal"
        "|téléphone|tél|tel|fax|numéro client|n° client|référence|réf|numéro de contrat|contrat"
        "|compte n|siret|siren|rcs|tva|iban|bic|code promo|code promotionnel|code de réduction"
        "|code réduction|code cadeau|bon d'achat|code avantage|code parrainage|code privilège"
        "|réservation|numéro de réservation|code de réservation|code barre|code barres"
        "|code source|code erreur|code d'erreur|code produit|code de suivi|article"
        "|numéro de série|se terminant par|appelez|appeler|chambre|code de la route|code civil",
        sale="promo|réduction|remise|panier|soldes|offre|profitez|prochaine commande"
        "|livraison offerte|parrain*",
    ),
    "es": Words(
        otp="código de verificación|código de confirmación|código de seguridad|código de acceso"
        "|código de autenticación|código de activación|código de un solo uso"
        "|contraseña de un solo uso|código temporal|contraseña temporal"
        "|código de inicio de sesión|código de validación|código de recuperación"
        "|códigos de recuperación|clave dinámica|clave temporal|código único"
        "|clave de un solo uso|código pin|código otp|código de registro|token de seguridad"
        "|clave de acceso|clave de seguridad|código de autorización|código sms"
        "|codigo de ingreso",
        code="código|códigos|clave|pin|contraseña|token",
        about="verific*|confirm*|iniciar sesión|inicio de sesión|válido|caduca|vence|expira"
        "|identidad|autentic*|introduce|ingresa|ingrese|introduzca|minutos|no compartas"
        "|no comparta|cuenta|acceso",
        other="pedido|número de pedido|n.º de pedido|pedido n|factura|número de factura|ticket"
        "|caso|seguimiento|número de seguimiento|código de seguimiento|envío|guía|código postal"
        "|cp|c.p.|teléfono|tel|tfno|fax|número de cliente|cliente|referencia|ref|reserva"
        "|número de reserva|código de reserva|localizador|código promocional"
        "|código de descuento|código descuento|cupón|código de cupón|código de barras"
        "|código de error|código fuente|código de producto|nif|cif|iban|póliza|expediente"
        "|contrato|número de cuenta|terminada en|termina en|artículo|llama|llámanos"
        "|código de referido|código qr|número de serie|habitación|código civil|folio",
        sale="descuento|cupón|promoción|oferta|carrito|rebajas|ahorra|envío gratis"
        "|próxima compra|canje*",
    ),
    "pt": Words(
        otp="código de verificação|código de confirmação|código de segurança|código de acesso"
        "|código de autenticação|código de ativação|código de uso único|senha de uso único"
        "|senha temporária|código temporário|código de login|código de validação|código único"
        "|código de recuperação|senha única|palavra passe temporária|código pin|código otp"
        "|código de início de sessão|token de acesso|token de segurança|código de autorização"
        "|chave temporária",
        code="código|códigos|senha|pin|token|palavra passe",
        about="verific*|confirm*|entrar|acessar|login|iniciar sessão|válido|expira|identidade"
        "|autentic*|digite|insira|introduza|minutos|não compartilhe|não partilhe|conta|cadastro",
        other="pedido|número do pedido|encomenda|número da encomenda|fatura|nota fiscal|nf e"
        "|rastreamento|código de rastreio|código de rastreamento|rastreio|cep|código postal"
        "|telefone|tel|fax|protocolo|chamado|referência|ref|reserva|código da reserva"
        "|código de reserva|localizador|cupom|código promocional|código de desconto"
        "|código do cupom|cpf|cnpj|nif|iban|código de barras|código de erro|conta corrente"
        "|agência|contrato|apólice|terminado em|artigo|ligue|código do produto|fatura n"
        "|código fonte|boleto",
        sale="desconto|cupom|promoção|oferta|carrinho|frete grátis|próxima compra|economize"
        "|resgat*",
    ),
    "it": Words(
        otp="codice di verifica|codice di conferma|codice di sicurezza|codice di accesso"
        "|codice d'accesso|codice di autenticazione|codice di attivazione|codice monouso"
        "|password monouso|codice temporaneo|password temporanea|codice usa e getta|codice otp"
        "|codice di recupero|codici di recupero|codice di login|codice pin|codice segreto"
        "|codice univoco|codice di convalida|codice di autorizzazione",
        code="codice|codici|pin|password",
        about="verific*|conferm*|accedi|accedere|accesso|valido|scade|scadrà|identità|autentic*"
        "|inserisci|inserire|minuti|non condividere|account|registrazione",
        other="ordine|numero ordine|numero d'ordine|ordine n|fattura|numero fattura|ticket"
        "|pratica|spedizione|tracking|codice di tracciamento|cap|c.a.p.|codice postale|telefono"
        "|tel|fax|codice cliente|numero cliente|riferimento|rif|prenotazione"
        "|codice prenotazione|codice di prenotazione|codice sconto|codice promozionale"
        "|codice promo|buono|coupon|codice fiscale|partita iva|p. iva|iban|codice a barre"
        "|codice errore|codice articolo|codice prodotto|contratto|polizza|che termina con"
        "|chiama|codice sorgente|codice destinatario|codice amico|numero di serie|camera",
        sale="sconto|coupon|buono|promozione|offerta|carrello|saldi|risparmia"
        "|spedizione gratuita|prossimo ordine",
    ),
    "ro": Words(
        otp="cod de verificare|codul de verificare|cod de confirmare|codul de confirmare"
        "|cod de securitate|codul de securitate|cod de acces|codul de acces"
        "|cod de autentificare|codul de autentificare|cod de activare|codul de activare"
        "|cod unic|codul unic|parolă de unică folosință|parola de unică folosință"
        "|parola temporară|parolă temporară|cod temporar|codul temporar|cod de unică folosință"
        "|codul de unică folosință|cod otp|cod pin|codul pin|cod de conectare"
        "|codul de conectare|codul tău de verificare",
        code="cod|codul|coduri|parola|pin",
        about="verific*|confirm*|autentific*|conect*|valabil|expiră|identit*|minute|introdu*"
        "|nu împărtăși*|cont|contul*",
        other="comand*|numărul comenzii|factur*|colet*|awb|cod poștal|codul poștal|telefon|tel"
        "|fax|rezervar*|codul rezervării|cod promoțional|codul promoțional|cod de reducere"
        "|codul de reducere|voucher*|cupon*|cui|cif|iban|cod de bare|cod de eroare"
        "|codul de eroare|cod produs|codul produsului|contract*|client nr|număr client"
        "|referinț*|tichet*",
        sale="reducer*|cupon*|voucher*|ofert*|coș*|economis*|livrare gratuită|promoți*",
    ),
}
