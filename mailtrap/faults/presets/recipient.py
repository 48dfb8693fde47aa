"""Refusals of a recipient, in the words of those who give them.

The texts were read in the providers' pages and sources, but for those marked [M]: from memory.
"""

from mailtrap.faults.presets.records import Preset, gmail

_GMAIL_NONE = (
    "The email account that you tried to reach does not exist. Please try double-checking the "
    "recipient's email address for typos or unnecessary spaces."
)
_GMAIL_FULL = "The recipient's inbox is out of storage space."
_GMAIL_FAST = (
    "The user you are trying to contact is receiving mail too quickly. "
    "Please resend your message at a later time."
)
_GREYLISTED = "<{rcpt}>: Recipient address rejected: Greylisted, see"
_POSTGREY = "http://postgrey.schweikert.ch/help/{rcpt_domain}.html"

RECIPIENT = (
    Preset(
        name="user-unknown",
        on=("rcpt",),
        tests="marks the address dead and does not retry",
        replies={
            "postfix": "550 5.1.1 <{rcpt}>: Recipient address rejected: User unknown in virtual "
            "mailbox table",
            "gmail": gmail("550 5.1.1", _GMAIL_NONE, "NoSuchUser"),
        },
    ),
    Preset(
        name="gmail-no-user",
        on=("rcpt",),
        tests="reads a reply of several lines",
        replies={"gmail": gmail("550 5.1.1", _GMAIL_NONE, "NoSuchUser")},
    ),
    Preset(
        name="outlook-no-user",
        on=("rcpt",),
        tests="tells an unknown user from the text: 5.5.0 and 5.4.1 mean it too",
        replies={  # [M], all three: from memory
            "outlook": "550 5.5.0 Requested action not taken: mailbox unavailable "
            "(S2017062302). [{host}]",
            "exchange": "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP "
            "address lookup",
            "protection": "550 5.4.1 Recipient address rejected: Access denied. [{host}]",
        },
        parameters={"host": "mx.prod.protection.outlook.com"},
    ),
    Preset(
        name="yahoo-no-user",
        on=("message",),
        tests="takes the refusal that comes only after the content, without enhanced code",
        replies={
            "yahoo": "554 delivery error: dd This user doesn't have a yahoo.com account ({rcpt})",
            "not-found": "552 1 Requested mail action aborted, mailbox not found",
        },
    ),
    Preset(
        name="disabled",
        on=("rcpt",),
        tests="suppresses the address",
        replies={
            "gmail": gmail(
                "550 5.2.1",
                "The email account that you tried to reach is inactive.",
                "DisabledUser",
            ),
            "icloud": "550 5.1.1 <{rcpt}>: inactive email address",
            "icloud-gone": "550 5.1.6 recipient no longer on server: {rcpt}",
        },
    ),
    Preset(
        name="mailbox-full-temp",
        on=("rcpt",),
        tests="goes on trying for days, the address is not dead",
        replies={
            "gmail": gmail("452 4.2.2", _GMAIL_FULL, "OverQuotaTemp"),
            "sendmail": "450 4.2.2 <{rcpt}>... Mailbox Full",
        },
    ),
    Preset(
        name="mailbox-full-perm",
        on=("rcpt",),
        tests="knows that full may also be permanent",
        replies={
            "gmail": gmail(
                "552 5.2.2",
                "The recipient's inbox is out of storage space and inactive.",
                "OverQuotaPerm",
            ),
            "icloud": "552 5.2.2 <{rcpt}>: user is over quota",
            "plain": "554 5.2.2 mailbox full",
            "exchange": "550 5.2.2 STOREDRV.Deliver: mailbox full",
        },
    ),
    Preset(
        name="too-many-rcpt",
        on=("rcpt",),
        tests="sends to those accepted and tries the others again (RFC 5321 4.5.3.1.10)",
        replies={
            "postfix": "452 4.5.3 Error: too many recipients",
            "gmail": gmail(
                "452 4.5.3", "Your message has too many recipients.", "TooManyRecipientsError"
            ),
            "exim": "452 too many recipients",
            "exim-perm": "552 too many recipients",
            "gmail-size": "452 4.5.3 Domain policy size per transaction exceeded, please try this "
            "recipient in a separate transaction.",
            "gmail-domains": "451 4.3.0 Multiple destination domains per transaction is "
            "unsupported. Please try again.",
        },
        keys={"after": 2, "per": "session"},
    ),
    Preset(
        name="relay-denied",
        on=("rcpt",),
        tests="reports a mistake in its configuration",
        replies={
            "postfix": "554 5.7.1 <{rcpt}>: Relay access denied",
            "gmail": gmail("550 5.7.0", "Mail relay denied [{ip}].", "RelayDenied"),
            # [M]: from memory
            "exchange": "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
            "tenant": "550 5.7.64 TenantAttribution; Relay Access Denied",
        },
    ),
    Preset(
        name="greylist",
        on=("rcpt",),
        tests="tries the same sender and recipient again, from the same address, after a delay",
        replies={  # [M], all four: from memory
            "postgrey": f"450 4.2.0 {_GREYLISTED} {_POSTGREY}",
            "rspamd": "451 4.7.1 Try again later",
            "milter": "451 4.7.1 Greylisting in action, please come back in 00:05:00",
            "spamd": "451 Temporary failure, please try again later.",
        },
        keys={"per": "triplet", "wait": "5s"},
    ),
    Preset(
        name="rcpt-rate",
        on=("rcpt",),
        tests="slows down for this recipient",
        replies={
            "gmail": gmail("450 4.2.1", _GMAIL_FAST, "ReceivingRate"),
            "exchange": "432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded",
            "exchange-perm": "550 5.2.122 The recipient has exceeded their limit for messages",
        },
        keys={"per": "rcpt", "rate": "1/1m"},
    ),
    Preset(
        name="moved",
        on=("rcpt",),
        tests="does not follow blindly",
        replies={
            "refused": "551 5.1.6 User not local; please try <{new}>",
            "forwarded": "251 2.1.5 User not local; will forward to <{new}>",
        },
        parameters={"new": "new@example.test"},
    ),
    Preset(
        name="bad-domain",
        on=("rcpt",),
        tests="tells a passing failure of DNS from a lasting one",
        replies={
            "gmail": gmail(
                "553 5.1.2", "We weren't able to find the recipient domain.", "BadRcptDomain"
            ),
            "postfix": "450 4.1.2 <{rcpt}>: Recipient address rejected: Domain not found",
            "null-mx": "556 5.1.10 Recipient address has null MX",  # [M]: from memory
        },
    ),
    Preset(
        name="policy-blocked",
        on=("rcpt",),
        tests="reports the refusal and does not retry",
        replies={
            "postfix": "550 5.7.1 <{rcpt}>: Recipient address rejected: Access denied",
            "exchange": "550 5.7.133 Sender not authenticated for group",
            "exchange-list": "550 5.7.124 Sender not in allowed-senders list",
        },
    ),
    Preset(
        name="partial",
        on=("rcpt",),
        tests="notices that one of several recipients was refused",
        replies={"postfix": "550 5.1.1 <{rcpt}>: Recipient address rejected: User unknown"},
        keys={"per": "session", "after": 1, "times": 1},
    ),
    Preset(
        name="syntax",
        on=("rcpt",),
        tests="takes it for a mistake in its own data",
        replies={
            "gmail": gmail(
                "553 5.1.3",
                "The recipient address <{rcpt}> is not a valid RFC 5321 address.",
                "BadAddress",
            ),
            "postfix": "501 5.1.3 Bad recipient address syntax",
        },
    ),
)
