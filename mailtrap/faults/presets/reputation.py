"""Limits on rate and volume, block lists, and verdicts on the content.

The texts were read in the providers' pages and sources, but for those marked [M]: from memory.
"""

from mailtrap.faults.presets.records import Preset, gmail

_YAHOO_CODES = "see https://postmaster.yahooinc.com/error-codes"

REPUTATION = (
    Preset(
        name="gmail-rate",
        on=("mail",),
        tests="backs off for minutes or hours, with its whole queue",
        replies={
            "gmail": gmail(
                "421 4.7.28",
                "Gmail has detected an unusual rate of unsolicited mail originating from your IP "
                "address. To protect our users from spam, mail has been temporarily rate limited.",
                "UnsolicitedRateLimitError",
            ),
        },
    ),
    Preset(
        name="yahoo-tss04",
        on=("mail",),
        tests="reads in the text whether another try helps",
        replies={
            "yahoo": "421 4.7.0 [TSS04] Messages from {ip} temporarily deferred due to unexpected "
            f"volume or user complaints - 4.16.55.1; {_YAHOO_CODES}",
            "yahoo-perm": "553 5.7.2 [TSS09] All messages from {ip} will be permanently deferred; "
            f"Retrying will NOT succeed. {_YAHOO_CODES}",
        },
    ),
    Preset(
        name="outlook-rate",
        on=("mail",),
        tests="backs off, or reports that it is blocked",
        replies={
            "outlook": "451 4.7.650 The mail server [{ip}] has been temporarily rate limited due "
            "to IP reputation. For e-mail delivery information, see https://postmaster.live.com "
            "(S775)",
            "busy": "451 4.7.500 Server busy. Please try again later from [{ip}]. (AS77712)",
            "blocked": "550 5.7.1 Unfortunately, messages from [{ip}] weren't sent. Please contact "
            "your Internet service provider since part of their network is on our block list "
            "(S3150).",
            "banned": "550 5.7.606 Access denied, banned sending IP [{ip}]. To request removal "
            "from this list please visit https://sender.office.com/ and follow the directions.",
        },
    ),
    Preset(
        name="icloud-volume",
        on=("rcpt",),
        tests="backs off",
        replies={
            "icloud": "421 4.7.1 Messages to {rcpt} deferred due to excessive volume. Try again "
            "later - https://support.apple.com/en-us/HT204137",
        },
    ),
    Preset(
        name="ses-rate",
        on=("mail",),
        tests="finds this very text and sends more slowly",
        replies={"ses": "454 Throttling failure: Maximum sending rate exceeded"},
        keys={"rate": "1/1s"},
    ),
    Preset(
        name="ses-quota",
        on=("mail",),
        tests="finds this very text and stops for the day",
        replies={"ses": "454 Throttling failure: Daily message quota exceeded"},
    ),
    Preset(
        name="quota",
        on=("message",),
        tests="tries again tomorrow, though it is told 5yz",
        replies={
            "gmail": gmail(
                "550 5.4.5", "Daily user sending limit exceeded.", "UserSendingLimitExceeded"
            ),
            "exchange": "550 5.1.90 Your message can't be sent because you've reached your daily "
            "limit for message recipients",
            "sendgrid": "451 Authentication failed: Maximum credits exceeded",  # [M]: from memory
        },
    ),
    Preset(
        name="dnsbl",
        on=("greeting",),
        tests="stops connecting instead of trying each message",
        replies={
            # [M]: from memory
            "spamhaus": "554 5.7.1 Service unavailable; Client host [{ip}] blocked using "
            "zen.spamhaus.org; https://www.spamhaus.org/query/ip/{ip}",
            "sorbs": "521 5.7.1 Service unavailable; client [{ip}] blocked using dnsbl.sorbs.net",
            "yahoo": "553 5.7.1 [BL21] Connections will not be accepted from {ip}, because the ip "
            "is in Spamhaus's list; see http://postmaster.yahoo.com/550-bl23.html",
        },
        do=("close",),
    ),
    Preset(
        name="too-many-conns",
        on=("greeting",),
        tests="opens fewer connections, and backs off",
        replies={
            "postfix": "421 4.7.0 {host} Error: too many connections from {ip}",
            "ses": "421 Too many concurrent SMTP connections",
            # [M]: from memory
            "exchange": "432 4.3.2 Concurrent connections limit exceeded. Visit "
            "https://aka.ms/concurrent_sending for more information.",
            "exim": "421 {host}: Too many concurrent SMTP connections; please try again later",
            "rate": "452 4.3.2 Connection rate limit exceeded.",
        },
        do=("close",),
        keys={"per": "ip", "rate": "10/1m"},
        parameters={"host": "mailtrap.local"},
    ),
    Preset(
        name="max-msgs",
        on=("mail",),
        tests="connects again and goes on with the rest",
        replies={
            "yahoo": "421 Max message per connection reached, closing transmission channel",
            "exim": "421 too many messages in this connection",
        },
        keys={"per": "session", "after": 10},
    ),
    Preset(
        name="message-rate",
        on=("mail",),
        tests="sends more slowly, with backoff",
        replies={
            "plain": "450 4.7.1 Error: too much mail from {ip}",
            "exim": "451 Temporary local problem - please try later",
            "full": "452 4.3.1 Insufficient system storage",
            "gone": "421 4.7.0 Try again later, closing connection.",
        },
        keys={"per": "ip", "rate": "20/1m"},
    ),
    Preset(
        name="spam",
        on=("message",),
        tests="reports the refusal and does not retry",
        replies={
            "gmail": gmail(
                "550 5.7.1",
                "Our system has detected that this message is likely unsolicited mail. To reduce "
                "the amount of spam sent to Gmail, this message has been blocked.",
                "UnsolicitedMessageError",
            ),
            "rspamd": "554 5.7.1 Spam message rejected",  # [M]: from memory
        },
    ),
    Preset(
        name="virus",
        on=("message",),
        tests="reports the refusal and does not retry",
        replies={
            "gmail": gmail(
                "552 5.7.0",
                "This message was blocked because its content presents a potential security issue.",
                "BlockedMessage",
            ),
        },
    ),
    Preset(
        name="headers",
        on=("message",),
        tests="reports a mistake in the mail that it makes",
        replies={
            "duplicate": gmail(
                "550 5.7.1",
                "This message is not RFC 5322 compliant because it has duplicate headers.",
                "RfcMessageNonCompliant",
            ),
            "malformed": "554 5.6.0 Mail message is malformed. Not accepted.",
        },
    ),
    Preset(
        name="loop",
        on=("message",),
        tests="ends the loop",
        replies={
            "gmail": gmail(
                "554 5.4.6", "Message exceeded 50 hops, this may indicate a mail loop.", "MailLoop"
            ),
            "exchange": "554 5.4.14 Hop count exceeded - possible mail loop",
        },
    ),
)
