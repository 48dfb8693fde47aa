"""Refusals of a sender, and of mail that does not prove where it comes from.

The texts were read in the providers' pages and sources, but for those marked [M]: from memory.
"""

from mailtrap.faults.presets.records import Preset, gmail

SENDER = (
    Preset(
        name="sender-domain",
        on=("mail",),
        tests="retries, and reports a sender whose domain cannot be found",
        replies={
            "postfix": "450 4.1.8 <{mail_from}>: Sender address rejected: Domain not found",
            "yahoo": "451 Message temporarily deferred due to unresolvable RFC.5321 from domain. "
            "See https://senders.yahooinc.com/error-codes#unresolvable-from-domain",
        },
    ),
    Preset(
        name="not-owner",
        on=("mail",),
        tests="reports a mistake in its configuration",
        replies={
            "postfix": "553 5.7.1 <{mail_from}>: Sender address rejected: not owned by user {auth}",
            # [M], both: from memory
            "exchange": "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
            "exchange-user": "554 5.2.252 SendAsDenied; {auth} not allowed to send as {mail_from}",
            "ses": "554 Message rejected: Email address is not verified. The following identities "
            "failed the check in region {region}: {mail_from}",
            "ses-access": "554 Access denied: User {arn} is not authorized to perform "
            "ses:SendRawEmail on resource {arn}",
            # [M]: from memory
            "sendgrid": "550 The from address does not match a verified Sender Identity. Mail "
            "cannot be sent until this error is resolved.",
        },
        parameters={"region": "US-EAST-1", "arn": "arn:aws:iam::123456789012:user/app"},
    ),
    Preset(
        name="spf-fail",
        on=("mail",),
        tests="reports that its domain's SPF record lacks the server",
        replies={
            "gmail": gmail(
                "550 5.7.26",
                "The MAIL FROM domain [{mail_from_domain}] has an SPF record with a hard fail "
                "policy (-all) but it fails to pass SPF checks with the ip: [{ip}].",
                "UnauthenticatedEmail",
            ),
            "exchange": "550 5.7.23 The message was rejected because of Sender Policy Framework "
            "violation",
        },
    ),
    Preset(
        name="dkim-fail",
        on=("message",),
        tests="stops retrying what never succeeds, though it is told 4yz",
        replies={
            "gmail-temp": gmail(
                "421 4.7.30",
                "Your email has been rate limited because DKIM authentication didn't pass for this "
                "message.",
                "DkimRequired",
            ),
            "gmail": gmail(
                "550 5.7.30", "This mail has been blocked because DKIM does not pass.", "DkimFail"
            ),
        },
    ),
    Preset(
        name="dmarc-reject",
        on=("message",),
        tests="reports that its domain's policy refuses its own mail",
        replies={
            "gmail": gmail(
                "550 5.7.26",
                "Unauthenticated email from {mail_from_domain} is not accepted due to domain's "
                "DMARC policy. Please contact the administrator of {mail_from_domain} domain if "
                "this was a legitimate mail.",
                "DmarcRejection",
            ),
            "exchange": "550 5.7.509 Access denied, sending domain [{mail_from_domain}] does not "
            "pass DMARC verification and has a DMARC policy of reject.",
            "icloud": "554 5.7.1 Your message was rejected due to {mail_from_domain}'s DMARC "
            "policy. See https://support.apple.com/en-us/HT204137 for info",
            "yahoo": "554 5.7.9 Message not accepted for policy reasons. See "
            "https://postmaster.yahooinc.com/error-codes",
            # [M]: from memory
            "outlook": "550 5.7.515 Access denied, sending domain {mail_from_domain} does not meet "
            "the required authentication level.",
        },
    ),
    Preset(
        name="unauthenticated",
        on=("message",),
        tests="reports that neither SPF nor DKIM speaks for its mail",
        replies={
            "gmail": gmail(
                "550 5.7.26",
                "This mail has been blocked because the sender is unauthenticated. Gmail requires "
                "all senders to authenticate with either SPF or DKIM.",
                "UnauthenticatedEmail",
            ),
            "gmail-temp": gmail(
                "421 4.7.26",
                "This mail has been rate limited because it is unauthenticated.",
                "UnauthenticatedEmail",
            ),
            "yahoo": "550 5.7.9 This mail has been blocked because the sender is unauthenticated. "
            "Yahoo requires all senders to authenticate with either SPF or DKIM.",
        },
    ),
    Preset(
        name="no-ptr",
        on=("mail",),
        tests="reports that its address has no name",
        replies={
            "gmail": gmail(
                "550 5.7.25",
                "The IP address sending this message does not have a PTR record setup, or the "
                "corresponding forward DNS entry does not point to the sending IP.",
                "PTRRecord",
            ),
        },
    ),
    Preset(
        name="auth-required",
        on=("mail",),
        tests="logs in, or reports that it must",
        replies={
            "plain": "530 5.7.0 Authentication required",
            "gmail": gmail("530 5.7.0", "Authentication Required.", "WantAuthError"),
            "ses": "530 Authentication required",
            "exchange": "530 5.7.57 Client not authenticated to send mail.",
            "exchange-perm": "550 5.7.1 Client was not authenticated",
        },
    ),
    Preset(
        name="tls-required",
        on=("mail",),
        tests="starts TLS, or reports that it must",
        replies={
            "plain": "530 5.7.0 Must issue a STARTTLS command first",
            "gmail": gmail("530 5.7.0", "Must issue a STARTTLS command first.", "TlsRequired"),
            "exchange": "451 5.7.3 STARTTLS is required to send mail",
        },
        keys={"tls": False, "mismatch": True},
    ),
)
