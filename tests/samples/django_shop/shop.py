"""A small shop with Django in one file: a sign-up that sends a link, and a newsletter."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, send_mail
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import path, reverse

settings.configure(
    ALLOWED_HOSTS=["testserver"],
    DEFAULT_FROM_EMAIL="The shop <no-reply@shop.example.com>",
    EMAIL_HOST_USER="shop",
    EMAIL_HOST_PASSWORD="not looked at",
    ROOT_URLCONF=__name__,
    SECRET_KEY="of a sample",
    USE_TZ=True,
)


def sign_up(request: HttpRequest) -> HttpResponse:
    """Send a link that confirms the address."""
    email = request.POST["email"]
    token = TimestampSigner().sign(email)
    link = request.build_absolute_uri(f"{reverse('confirm')}?token={token}&next=/shop")
    mail = EmailMultiAlternatives("Confirm your email", f"Welcome! {link}", to=[email])
    mail.attach_alternative(f'<a href="{link.replace("&", "&amp;")}">Confirm</a>', "text/html")
    mail.send()
    return HttpResponse(status=204)


def confirm(request: HttpRequest) -> HttpResponse:
    """Tell who confirmed."""
    try:
        return HttpResponse(TimestampSigner().unsign(request.GET["token"]))
    except BadSignature:
        return HttpResponseNotFound()


def newsletter(request: HttpRequest) -> HttpResponse:
    """Send the news; nobody sees who else gets them."""
    everybody = request.POST.getlist("email")
    mail = EmailMultiAlternatives(
        "News", "Новости", bcc=everybody, headers={"List-Unsubscribe": "<https://shop.test/stop>"}
    )
    mail.send()
    return HttpResponse(status=204)


def alert(request: HttpRequest) -> HttpResponse:
    """Send a mail, and say whether it was taken."""
    taken = send_mail("Alert", "!", None, [request.POST["email"]], fail_silently=True)
    return HttpResponse(status=204 if taken else 502)


urlpatterns = [
    path("signup", sign_up),
    path("confirm", confirm, name="confirm"),
    path("newsletter", newsletter),
    path("alert", alert),
]
