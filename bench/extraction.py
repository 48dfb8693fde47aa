"""How well links and codes are taken out of mails: ``python -m bench.extraction [--misses]``.

It runs over the labelled mails of ``tests/mail/labelled``. Precision is the part of what was found
that is right, recall the part of what is there that was found; "right" the part of mails where a
client that asks for the one code gets it, or gets none where there is none. The mails that were
held out were written after the extraction was finished.
"""

import argparse
from collections.abc import Callable, Iterable, Sequence

from tests.mail.labelled_mails import Outcome, labelled, outcome

GROUPS = {
    "English": {"en"},
    "Germanic": {"de", "nl", "sv", "da", "nb", "is"},
    "Romance": {"fr", "es", "pt", "it", "ro", "ca"},
    "Slavic": {"pl", "cs", "sk", "hr", "ru", "uk", "bg", "sr", "sl"},
    "Other Latin": {"fi", "et", "hu", "lt", "lv", "tr", "vi", "id", "ms"},
    "Greek": {"el"},
    "Right to left": {"ar", "he", "fa", "ur"},
    "Indic": {"hi", "bn"},
    "East Asian, Thai": {"zh-Hans", "zh-Hant", "ja", "ko", "th"},
}


def rates(found: Iterable[tuple[frozenset[str], frozenset[str]]]) -> tuple[float, float]:
    """Precision and recall of pairs of what was found and what is there."""
    pairs = list(found)
    right = sum(len(got & there) for got, there in pairs)
    got = sum(len(got) for got, _ in pairs)
    there = sum(len(there) for _, there in pairs)
    return (right / got if got else 1.0), (right / there if there else 1.0)


def row(name: str, outcomes: Sequence[Outcome]) -> str:
    """One line of the table."""
    codes = rates((one.codes, one.of.codes) for one in outcomes)
    links = rates((one.links, one.of.links) for one in outcomes)
    right = sum(one.right for one in outcomes) / len(outcomes)
    figures = "".join(f"{figure:10.3f}" for figure in (*codes, right, *links))
    return f"  {name:20}{len(outcomes):6}{figures}"


def table(outcomes: Sequence[Outcome], key: Callable[[Outcome], str]) -> None:
    """A table with a line for each value of ``key``."""
    groups: dict[str, list[Outcome]] = {}
    for one in outcomes:
        groups.setdefault(key(one), []).append(one)
    for name, members in groups.items():
        print(row(name, members))


def group_of(one: Outcome) -> str:
    """The group of languages of a mail."""
    return next((name for name, langs in GROUPS.items() if one.of.lang in langs), one.of.lang)


def misses(outcomes: Iterable[Outcome]) -> None:
    """What was found wrongly and what was not found."""
    for one in outcomes:
        pairs = (("code", one.codes, one.of.codes), ("link", one.links, one.of.links))
        for what, got, there in pairs:
            for label, values in (("wrong", got - there), ("missed", there - got)):
                if values:
                    told = ", ".join(sorted(values))
                    print(f"  {one.of.name} ({one.of.lang}, {one.of.kind}): {label} {what} {told}")


def main() -> None:
    """Read the command line and print the tables."""
    reader = argparse.ArgumentParser(prog="python -m bench.extraction", description=__doc__)
    reader.add_argument("--misses", action="store_true", help="list each miss")
    reader.add_argument("--only", choices=("tuned", "held-out"))
    asked = reader.parse_args()
    outcomes = [outcome(one) for one in labelled()]
    for title, held_out in (("tuned", False), ("held-out", True)):
        chosen = [one for one in outcomes if one.of.held_out is held_out]
        if not chosen or asked.only not in (None, title):
            continue
        coded = sum(bool(one.of.codes) for one in chosen)
        langs = len({one.of.lang for one in chosen})
        print(f"{title}: {len(chosen)} mails in {langs} languages, {coded} of them with codes")
        heads = ("codes: P", "R", "right", "links: P", "R")
        print(f"  {'':20}{'mails':>6}" + "".join(f"{head:>10}" for head in heads))
        print(row("all", chosen))
        table(chosen, group_of)
        table(sorted(chosen, key=lambda one: one.of.kind), lambda one: one.of.kind)
        if asked.misses:
            misses(chosen)


if __name__ == "__main__":
    main()
