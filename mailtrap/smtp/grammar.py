"""The whole command language, put together once from the core and the extensions."""

from collections.abc import Mapping

from mailtrap.smtp import enquiry, greeting, replies, transaction
from mailtrap.smtp.commands import Verbs
from mailtrap.smtp.extensions import ALL, UNDERSTOOD, Extension
from mailtrap.smtp.mailbox import Note
from mailtrap.smtp.params import ParamContext, ParamParser


def _noting(extension: Extension, keyword: str, parse: ParamParser) -> ParamParser:
    """A parameter's parser that also tells where its extension was not offered."""

    def parse_noting(value: str | None, context: ParamContext) -> str | None:
        if not context.session.offers(extension.keyword):
            context.notes.append(Note("F-PARAM-UNKNOWN", (keyword,)))
            if context.session.profile.strict:
                context.reply = replies.unsupported(keyword)
                return value
        return parse(value, context)

    return parse_noting


def _parsers(*, sender: bool) -> Mapping[str, ParamParser]:
    return {
        keyword: _noting(extension, keyword, parse)
        for extension in UNDERSTOOD
        for keyword, parse in (extension.mail if sender else extension.rcpt).items()
    }


def _build() -> Verbs:
    done = {
        verb.name: verb
        for verb in (
            *greeting.verbs([extension.capability for extension in ALL]),
            *transaction.verbs(_parsers(sender=True), _parsers(sender=False)),
            *enquiry.VERBS,
            *(verb for extension in ALL for verb in extension.verbs),
        )
    }
    helping = enquiry.help_verb(done)
    return {**done, helping.name: helping, **{verb.name: verb for verb in enquiry.UNFINISHED}}


VERBS = _build()
"""Every verb by name. It is one for all profiles: a profile decides what is offered, not what is
understood."""
