"""Parts II and IV of a commune's report: single figures with numerators, denominators and reasons."""

from __future__ import annotations

from collections.abc import Iterator

from xanh.core import dates, numbers
from xanh.core.light import Light
from xanh.core.measures import Kind
from xanh.indicators.kinds import Circulation
from xanh.indicators.models import Indicator
from xanh.publishing import wording
from xanh.publishing.content import Block, Column, Paragraph, Row, Run, Source, SourceKind, Style, Table, words
from xanh.publishing.figures import BLOCK_LABELS, BlockFigures, FigureSet, light_words, value_text
from xanh.reporting.payload import Value

COLUMNS = (
    Column("TT", 9),
    Column("Chỉ tiêu", 58),
    Column("Tử số/ mẫu số", 26, numeric=True),
    Column("Kết quả", 24, numeric=True),
    Column("Mục tiêu", 25),
    Column("Trạng thái", 23),
)


def result_blocks(figures: FigureSet) -> list[Block]:
    """One heading and one table per block."""
    found: list[Block] = []
    for number, block in enumerate(figures.blocks, start=1):
        counts = block.counts()
        found.append(words(f"{number}. Khối {BLOCK_LABELS[block.unit.block]}", style=Style.SUBHEADING))
        source = Source(SourceKind.BLOCKS, block.unit.code)
        standing = "số liệu đã duyệt" if block.is_approved else "số tạm tính, chờ duyệt"
        if not block.has_reported:
            standing = "chưa gửi báo cáo"
        found.append(
            Paragraph(
                (
                    Run("Đã báo cáo "),
                    Run(f"{counts.reported}/{counts.applicable}", source),
                    Run(" chỉ tiêu; đạt "),
                    Run(f"{counts.achieved}/{counts.applicable}", source),
                    Run(f" chỉ tiêu ({standing})."),
                )
            )
        )
        found.append(Table(f"Kết quả khối {BLOCK_LABELS[block.unit.block]}", COLUMNS, tuple(_rows(figures, block))))
    return found


def _rows(figures: FigureSet, block: BlockFigures) -> Iterator[Row]:
    number = 0
    outside = [row for row in block.rows if not row.in_power]
    for row in [row for row in block.rows if row.in_power]:
        number += 1
        yield _row(figures, block, row, number)
    if outside:
        yield Row(((Run("Ngoài thẩm quyền cấp xã: nêu để biết, không tính vào kết quả", italic=True),),), is_group=True)
    for row in outside:
        number += 1
        yield _row(figures, block, row, number)


def _row(figures: FigureSet, block: BlockFigures, row: Indicator, number: int) -> Row:
    cell = block.cells[row.code]
    source = Source(SourceKind.CELL, block.unit.code, row.code)
    value = cell.value
    marks = _marks(block, value)
    restricted = " (hạn chế)" if row.circulation == Circulation.RESTRICTED else ""
    light = light_words(cell.light)
    if cell.light is Light.GREY:
        light = f"{light}: {cell.text.split(' từ ')[0]}"
    return Row(
        (
            (Run(str(number)),),
            (Run(f"{row.code} {row.name}{restricted}"),),
            (Run(parts_text(row, value), source if parts_text(row, value) != "–" else None),),
            (Run(result_text(row, value), source), *((Run(f" {marks}", italic=True),) if marks else ())),
            (Run(wording.target_text(figures.milestone(block.unit, row), row)),),
            (Run(light),),
        )
    )


def _marks(block: BlockFigures, value: Value | None) -> str:
    if value is None:
        return ""
    marks = [] if block.is_approved else ["tạm tính"]
    if value.is_estimate:
        marks.append("ước")
    return f"({', '.join(marks)})" if marks else ""


def parts_text(row: Indicator, value: Value | None) -> str:
    """ "2.493/2.889"; a dash where the figure has no parts."""
    if value is None or row.kind != Kind.RATIO or value.n is None or value.d is None or value.not_applicable:
        return "–"
    return f"{numbers.format_int(value.n)}/{numbers.format_int(value.d)}"


def result_text(row: Indicator, value: Value | None) -> str:
    """The value without its parts."""
    if value is None:
        return "chưa có"
    return value_text(row, value).removesuffix(f" ({parts_text(row, value)})")


def not_achieved(figures: FigureSet) -> tuple[list[Block], list[str]]:
    """What is not met, worst first, with the reason that the unit gave; reasons accepted with an approval stand as
    numbered notes below. Second: names of those without any reason.
    """
    missed = [
        (block, row)
        for block in figures.blocks
        for row in block.rows
        if row.in_power and block.cells[row.code].light in (Light.RED, Light.AMBER)
    ]
    if not missed:
        return [words("Trong kỳ không có chỉ tiêu chưa đạt mục tiêu trong số các chỉ tiêu đã có số liệu.")], []
    missed.sort(key=lambda pair: pair[0].cells[pair[1].code].light is Light.AMBER)
    counted: list[Block] = [
        Paragraph(
            (
                Run("Có "),
                Run(wording.two_digits(len(missed)), Source(SourceKind.BLOCKS, figures.blocks[0].unit.commune_code)),
                Run(" chỉ tiêu chưa đạt mục tiêu:"),
            )
        )
    ]
    notes: list[str] = []
    silent: list[str] = []
    rows = tuple(_missed_row(block, row, number, notes, silent) for number, (block, row) in enumerate(missed, start=1))
    counted.append(Table("Chỉ tiêu chưa đạt, nguyên nhân và việc cần làm", MISSED_COLUMNS, rows))
    counted += [
        words(f"({position}) Thuyết minh đã được duyệt cùng số liệu: {note}", style=Style.NOTE)
        for position, note in enumerate(notes, start=1)
    ]
    return counted, silent


MISSED_COLUMNS = (
    Column("TT", 9),
    Column("Chỉ tiêu, khối", 46),
    Column("Kết quả, trạng thái", 42),
    Column("Nguyên nhân", 32),
    Column("Việc cần làm, chủ trì", 36),
)


def _missed_row(block: BlockFigures, row: Indicator, number: int, notes: list[str], silent: list[str]) -> Row:
    cell = block.cells[row.code]
    note = cell.value.note.strip().rstrip(".") if cell.value else ""
    if note and block.is_approved:
        notes.append(f"{note}.")
        cause = f"Xem ghi chú ({len(notes)})"
    elif note:
        cause = f"{note} (thuyết minh chưa duyệt)"
    else:
        silent.append(f"{row.code} {row.name}")
        cause = "Đơn vị chưa thuyết minh"
    steps = [wording.upper_first(cell.next_step.rstrip("."))] if cell.next_step else []
    steps += [f"Chủ trì: {row.provider}"] if row.provider else []
    return Row(
        (
            (Run(str(number)),),
            (Run(f"{row.code} {row.name} ({BLOCK_LABELS[block.unit.block]})"),),
            (
                Run(value_text(row, cell.value), Source(SourceKind.CELL, block.unit.code, row.code)),
                Run(f" {light_words(cell.light)}, {reason_words(cell.text)}"),
            ),
            (Run(cause),),
            (Run(". ".join(steps)),),
        )
    )


def reason_words(text: str) -> str:
    """The reason without the value, which already stands before it: "thấp hơn mục tiêu đến 31/12 là 5,2 điểm"."""
    for lead in ("đạt ", "ở mức "):
        if text.startswith(lead) and ", " in text:
            # The value itself holds a decimal comma, but never a comma followed by a blank.
            return text.split(", ", 1)[1]
    return text


def value_day(value: Value | None) -> str:
    """The day that a value speaks of."""
    return "" if value is None else dates.format_date(value.on)
