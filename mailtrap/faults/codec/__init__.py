"""Rules as text and data: TOML, JSON, the one line of the command line; one meaning for all."""

from mailtrap.faults.codec.line import line_to_data, parse_line, rule_to_line
from mailtrap.faults.codec.rule import (
    MistakeError,
    generated_name,
    parse_rule,
    rule_to_data,
    with_free_name,
)
from mailtrap.faults.codec.toml import named_apart, names_itself, parse_rules, parse_toml

__all__ = [
    "MistakeError",
    "generated_name",
    "line_to_data",
    "named_apart",
    "names_itself",
    "parse_line",
    "parse_rule",
    "parse_rules",
    "parse_toml",
    "rule_to_data",
    "rule_to_line",
    "with_free_name",
]
