import pytest

from mailtrap.faults.actions import POSSIBLE, ReplyWith
from mailtrap.faults.codec import parse_line, rule_to_line
from mailtrap.faults.counting import Rate
from mailtrap.faults.moment import Moment
from mailtrap.faults.presets import PRESETS, preset
from mailtrap.faults.rules import RuleBook, RuleError
from mailtrap.faults.steps import proposed
from mailtrap.smtp.reply import Reply

TEXTS = [(row.name, provider) for row in PRESETS.values() for provider in row.replies]


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_a_rule_that_its_stages_can_perform(name: str) -> None:
    rule = preset(name, {})
    assert rule.name == name
    assert all(stage in POSSIBLE[type(action)] for action in rule.do for stage in rule.on)
    assert parse_line(rule_to_line(rule)) == rule


@pytest.mark.parametrize(("name", "provider"), TEXTS)
def test_every_text_refuses_and_fits_its_enhanced_code(name: str, provider: str) -> None:
    action = preset(name, {"provider": provider}).do[0]
    assert isinstance(action, ReplyWith)
    assert action.reply is not None
    assert action.reply.code >= 400 or (name, provider) == ("moved", "forwarded")
    assert action.reply.status[:1] in {"", str(action.reply.code)[0]} or name == "tls-required"
    assert all(len(line) <= 510 for line in action.reply.wire.splitlines())


def test_a_reply_of_gmail_has_its_status_on_each_line_and_ends_with_the_session() -> None:
    action = preset("gmail-no-user", {}).do[0]
    assert isinstance(action, ReplyWith)
    assert action.reply is not None
    *first, last = action.reply.wire.decode().splitlines()
    assert all(line.startswith("550-5.1.1 ") for line in first)
    assert last == "550 5.1.1  https://support.google.com/mail/?p=NoSuchUser {session} - gsmtp"


def test_parameters_say_how_often_and_when() -> None:
    rule = preset("user-unknown", {"rcpt": "*@x.test", "times": "2", "inbox": "a", "name": "n"})
    assert rule.when.rcpt is not None
    assert (rule.when.rcpt.text, rule.schedule.times) == ("*@x.test", 2)
    assert (rule.inbox, rule.name) == ("a", "n")
    assert preset("ses-rate", {"rate": "3/1m"}).schedule.rate == Rate(3, 60.0)
    assert preset("gmail-rate", {"chance": "0.5", "enabled": "false"}).enabled is False


def test_a_presets_own_parameters_stand_in_its_text() -> None:
    assert "<new@x.test>" in rule_to_line(preset("moved", {"new": "new@x.test"}))


@pytest.mark.parametrize(
    ("name", "parameters", "words"),
    [
        ("user-unknwon", {}, ("user-unknwon", "did you mean 'user-unknown'", "greylist")),
        ("greylist", {"provider": "postfix"}, ("provider", "postgrey, rspamd")),
        ("greylist", {"wiat": "5s"}, ("wiat", "did you mean 'wait'", "times")),
        ("greylist", {"wait": "soon"}, ("wait", "soon")),
        ("greylist", {"times": "many"}, ("times", "many")),
        ("greylist", {"chance": "often"}, ("chance", "often")),
        ("striptls", {"provider": "x"}, ("provider",)),
    ],
)
def test_what_is_unknown_is_refused_with_what_is_known(
    name: str, parameters: dict[str, str], words: tuple[str, ...]
) -> None:
    with pytest.raises(RuleError) as caught:
        preset(name, parameters)
    assert all(word in str(caught.value) for word in words)


def test_a_greylisted_triplet_passes_after_its_wait_and_only_then() -> None:
    book = RuleBook([preset("greylist", {"provider": "rspamd", "wait": "5s"})])

    def code(at: float, sender: str = "a@x.test") -> int:
        moment = Moment(stage="rcpt", at=at, ip="::1", mail_from=sender, rcpt="b@y.test")
        return book.answer(moment, proposed((Reply(250),)))[0].replies[0].code

    assert [code(0), code(4.9), code(5), code(5, "other@x.test"), code(9)] == [
        451, 451, 250, 451, 250,
    ]  # fmt: skip


def test_words_of_a_text_are_filled_in_and_cannot_end_the_line() -> None:
    book = RuleBook([preset("user-unknown", {})])
    moment = Moment(stage="rcpt", at=0, rcpt="a\r\n250 b@{ip}.test")
    answer, _ = book.answer(moment, proposed((Reply(250),)))
    assert answer.replies[0].wire == (
        b"550 5.1.1 <a??250 b@{ip}.test>: Recipient address rejected: "
        b"User unknown in virtual mailbox table\r\n"
    )


def test_the_proposed_reply_is_never_filled_in() -> None:
    book = RuleBook([parse_line("rcpt reply")])
    moment = Moment(stage="rcpt", at=0, rcpt="a@x.test")
    answer, _ = book.answer(moment, proposed((Reply(250, "{rcpt}"),)))
    assert answer.replies == (Reply(250, "{rcpt}"),)
