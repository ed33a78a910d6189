"""The codes of findings and checks. Written from the catalogue of the core by a test; do not edit."""

from typing import Literal, TypeAlias

__all__ = ["Code"]

Code: TypeAlias = Literal[
    "GK101", "GK102", "GK103", "GK104", "GK105", "GK106", "GK107", "GK108",
    "GK109", "GK110", "GK111", "GK112", "GK113", "GK114", "GK115", "GK116",
    "GK201", "GK202", "GK203", "GK204", "GK205", "GK206", "GK207", "GK208",
    "GK209", "GK210", "GK211", "GK301", "GK302", "GK303", "GK304", "GK401",
    "GK402", "GK403", "GK404", "GK405", "GK406", "GK407", "GK501", "GK502",
    "GK503", "GK504", "GK505", "GK506", "GK507", "GK508", "GK509", "GK510",
    "GK511", "GK512", "GK513", "GK601", "GK602", "GK603",
]
"""`docs/checks.md` says what each is about."""
