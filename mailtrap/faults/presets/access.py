"""Failures of AUTH and TLS.

The texts were read in the providers' pages and sources, but for those marked [M]: from memory.
"""

from mailtrap.faults.presets.records import Preset, gmail

ACCESS = (
    Preset(
        name="auth-bad",
        on=("auth",),
        tests="does not try again and again (the account would be locked), and tells somebody",
        replies={
            "postfix": "535 5.7.8 Error: authentication failed: ",  # [M]: from memory
            "gmail": gmail("535 5.7.8", "Username and Password not accepted.", "BadCredentials"),
            "ses": "535 Authentication Credentials Invalid",
            "ses-account": "535 Account not subscribed to SES",
            "exchange": "535 5.7.3 Authentication unsuccessful [{host}]",
            "exchange-off": "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is "
            "disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more "
            "information.",
            "exchange-basic": "550 5.7.30 Basic authentication is not supported for Client "
            "Submission.",
            "gmail-app": gmail(
                "534 5.7.9", "Application-specific password required.", "InvalidSecondFactor"
            ),
            "gmail-web": gmail(
                "534 5.7.14", "Please log in via your web browser and then try again.", "WebLogin"
            ),
        },
        parameters={"host": "mx.prod.outlook.com"},
    ),
    Preset(
        name="auth-temp",
        on=("auth",),
        tests="tries again, and does not ask for another password (RFC 4954 section 6)",
        replies={
            # [M]: from memory
            "postfix": "454 4.7.0 Temporary authentication failure: Connection lost to "
            "authentication server",
            "gmail": "454 4.7.0 Cannot authenticate due to a temporary system problem. Try again "
            "later. {session} - gsmtp",
            "gmail-often": "454 4.7.0 Too many login attempts, please try again later. {session} "
            "- gsmtp",
            "ses": "454 Temporary authentication failure",
            "exim": "435 Unable to authenticate at present",
        },
    ),
    Preset(
        name="mech-weak",
        on=("auth",),
        tests="tries its next mechanism",
        replies={"plain": "534 5.7.9 Authentication mechanism is too weak"},
    ),
    Preset(
        name="mech-unknown",
        on=("auth",),
        tests="tries its next mechanism",
        replies={"gmail": "504 5.7.4 Unrecognized Authentication Type"},
    ),
    Preset(
        name="tls-temp",
        on=("starttls",),
        tests="fails or goes on in clear, whichever it is told to do",
        replies={
            "postfix": "454 4.7.0 TLS not available due to local problem",
            "exim": "454 TLS currently unavailable",
        },
    ),
    Preset(
        name="striptls",
        on=("helo",),
        tests="sends no password in clear where it is told to want TLS",
        do=("hide STARTTLS",),
    ),
)
