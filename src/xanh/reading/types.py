"""Type words of documents and their codes (Nghị định 30/2020/NĐ-CP, Hướng dẫn 05-HD/VPTW)."""

from __future__ import annotations

import re

from xanh.reading.view import words

CODES = {
    "thông báo": "TB",
    "kế hoạch": "KH",
    "báo cáo": "BC",
    "nghị quyết": "NQ",
    "quyết định": "QĐ",
    "quy định": "QĐ",
    "chương trình hành động": "CTr",
    "chương trình": "CTr",
    "công văn": "CV",
    "chỉ thị": "CT",
    "kết luận": "KL",
    "hướng dẫn": "HD",
    "tờ trình": "TTr",
    "quy chế": "QC",
    "nghị định": "NĐ",
    "thông tư": "TT",
    "thông tri": "TT",
    "luật": "Luật",
    "bộ luật": "Luật",
    "pháp lệnh": "PL",
    "đề án": "ĐA",
    "phương án": "PA",
    "biên bản": "BB",
    "công điện": "CĐ",
    "dự án": "DA",
    "hiến pháp": "HP",
}
_ALTERNATIVES = "|".join(sorted(CODES, key=len, reverse=True))
WORD = words(rf"(?P<word>{_ALTERNATIVES})(?: (?:hành động|liên tịch|phối hợp))?(?!\w)", re.IGNORECASE)
BEFORE_SYMBOL = words(
    rf"(?P<word>{_ALTERNATIVES})(?: (?:hành động|liên tịch|phối hợp|trung ương|kết luận))?(?: số ?:?)? ?$",
    re.IGNORECASE,
)
LAW_BEFORE_SYMBOL = words(r"(?P<word>Luật|Bộ luật|Pháp lệnh)(?: [^\W\d_]+,?){1,14} số ?:?\s*$")
NUMBER_WORD = words(r"số ?:?\s*$", re.IGNORECASE)


def code_of(word: str) -> str:
    """The code of a type word in any case and spacing."""
    return CODES[" ".join(word.lower().split())]
