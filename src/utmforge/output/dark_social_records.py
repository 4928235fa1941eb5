"""Private sharing and advice as machines get them; described in docs/reference/measure.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utmforge.measure.dark_social.result import Advice, DarkSocial, Figure, Sentence

_SHARES = ("share", "tagged_share_low", "tagged_share_high")


def dark_social_record(found: DarkSocial | None) -> dict[str, object] | None:
    """Return what is known of private sharing: whole numbers, and shares as decimal texts."""
    if found is None:
        return None
    return {
        "visits": found.visits,
        "measured": [_with_shares(one._asdict()) for one in found.measured],
        "evidence": [_with_shares(one._asdict()) for one in found.evidence],
        "low": found.low,
        "high": found.high,
        "share_low": _decimal(found.share_low),
        "share_high": _decimal(found.share_high),
        "cannot": [_sentence(one) for one in found.cannot],
        "left_out": [one._asdict() for one in found.left_out],
        "calibration": [_with_shares(one._asdict()) for one in found.calibration],
        "pages": [one._asdict() for one in found.pages],
        "phone_share": _decimal(found.phone_share),
        "phone_share_of_others": _decimal(found.phone_share_of_others),
        "assumptions": [_sentence(one) for one in found.assumptions],
        "method": [_sentence(one) for one in found.method],
    }


def advice_record(one: Advice) -> dict[str, object]:
    """Return an advice with its figures; shares and rates are decimal texts."""
    return {"kind": one.kind, "sentence": one.sentence, "figures": _figures(one.figures)}


def _sentence(one: Sentence) -> dict[str, object]:
    return {"kind": one.kind, "sentence": one.sentence, "figures": _figures(one.figures)}


def _figures(figures: Mapping[str, Figure]) -> dict[str, Figure]:
    return {
        name: f"{value:.4f}" if isinstance(value, float) else value
        for name, value in figures.items()
    }


def _with_shares(record: dict[str, object]) -> dict[str, object]:
    return {key: _decimal(value) if key in _SHARES else value for key, value in record.items()}


def _decimal(value: object) -> str | None:
    return f"{value:.4f}" if isinstance(value, float) else None
