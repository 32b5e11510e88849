"""The annex that gives every number of a report its source."""

from __future__ import annotations

from collections import defaultdict

from xanh.core import dates
from xanh.org.kinds import Level
from xanh.publishing import area_parts, wording
from xanh.publishing.content import Annex, Block, Column, Row, Run, Source, SourceKind, Table, figures_of, words
from xanh.publishing.figures import BlockFigures, FigureSet, value_text
from xanh.publishing.scope import Scope

TITLE = "Nguồn của từng số liệu"
CELL_COLUMNS = (
    Column("TT", 10),
    Column("Chỉ tiêu", 75),
    Column("Giá trị", 38, numeric=True),
    Column("Số liệu ngày", 24),
    Column("Người nhập hoặc cung cấp", 38),
    Column("Người duyệt, tư cách", 42),
    Column("Mã bản gửi", 30),
)
BLOCK_COLUMNS = (
    Column("TT", 10),
    Column("Đơn vị, khối", 72),
    Column("Gửi lúc", 42),
    Column("Người gửi", 42),
    Column("Người duyệt, tư cách", 57),
    Column("Mã bản gửi", 34),
)
COUNTED = (SourceKind.BLOCKS, SourceKind.TASKS)
COUNT_COLUMNS = (Column("Số", 45, numeric=True), Column("Nguồn", 212))


def sources_annex(scope: Scope, figures: FigureSet, stated: tuple[Block, ...]) -> Annex:
    """Value, day, who entered, who approved as what, revision and hash; sums with how they were made; counts."""
    lead = words(
        f"Số liệu tính đến {wording.instant_words(figures.as_of)}. Mã bản gửi: lần gửi và 12 ký tự đầu của mã băm "
        "SHA-256 trên nội dung báo cáo khối."
    )
    if scope.is_commune:
        blocks: list[Block] = [lead, _cell_table(figures, stated)]
    else:
        blocks = [lead, *area_parts.sum_lines(figures), _statement_table(scope, figures)]
    blocks.append(_count_table(scope, figures, stated))
    return Annex(TITLE, tuple(blocks))


def _cell_table(figures: FigureSet, stated: tuple[Block, ...]) -> Table:
    used = {
        (run.source.unit_code, run.source.code)
        for run in figures_of(stated)
        if run.source is not None and run.source.kind is SourceKind.CELL
    }
    rows: list[Row] = []
    for block in figures.blocks:
        rows.append(Row(((Run(f"Khối {block.unit.name}", bold=True),),), is_group=True))
        for row in block.rows:
            if (block.unit.code, row.code) not in used:
                continue
            value = block.cells[row.code].value
            number = sum(not each.is_group for each in rows) + 1
            entered = "" if value is None else value.provider or figures.authors.get(value.by, "")
            rows.append(
                Row(
                    (
                        (Run(str(number)),),
                        (Run(f"{row.code} {row.name}"),),
                        (Run(value_text(row, value)),),
                        (Run("" if value is None else dates.format_date(value.on)),),
                        (Run(entered or ("" if value is None else _sender(block))),),
                        (Run("" if value is None else approver(block)),),
                        (Run("" if value is None else revision_code(block)),),
                    )
                )
            )
    return Table("Nguồn của số liệu chỉ tiêu", CELL_COLUMNS, tuple(rows))


def _sender(block: BlockFigures) -> str:
    return block.statement.author_label if block.statement else ""


def approver(block: BlockFigures) -> str:
    """Who approved as what; or that nobody has yet."""
    if block.statement is None:
        return "chưa gửi"
    return block.statement.approved_label or "chờ duyệt (số tạm tính)"


def revision_code(block: BlockFigures) -> str:
    """ "lần 2, 7f3a91c04be2"."""
    return f"lần {block.statement.number}, {block.statement.hash_label}" if block.statement else "–"


def _statement_table(scope: Scope, figures: FigureSet) -> Table:
    """One line per block report; for the nation one line per commune, because 13.000 lines help nobody."""
    if scope.territory.level == Level.NATION:
        return _commune_statements(figures)
    rows = tuple(
        Row(
            (
                (Run(str(number)),),
                (Run(block.unit.name),),
                (Run(dates.format_instant(block.statement.submitted_at) if block.statement else "chưa gửi"),),
                (Run(_sender(block) or "–"),),
                (Run(approver(block)),),
                (Run(revision_code(block)),),
            )
        )
        for number, block in enumerate(figures.blocks, start=1)
    )
    return Table("Báo cáo khối mà các số tổng hợp được tính từ đó", BLOCK_COLUMNS, rows)


def _commune_statements(figures: FigureSet) -> Table:
    grouped: dict[str, list[BlockFigures]] = defaultdict(list)
    for block in figures.blocks:
        grouped[block.unit.commune_code].append(block)
    rows = tuple(
        Row(
            (
                (Run(str(number)),),
                (Run(f"{code} {blocks[0].unit.short_name}"),),
                (Run(f"{sum(b.has_reported for b in blocks)}/{len(blocks)}"),),
                (Run(f"{sum(b.is_approved for b in blocks)}/{len(blocks)}"),),
                (Run("; ".join(f"{b.unit.code.rsplit('-', 1)[-1]} {revision_code(b)}" for b in blocks)),),
            )
        )
        for number, (code, blocks) in enumerate(grouped.items(), start=1)
    )
    columns = (
        Column("TT", 12),
        Column("Xã, phường, đặc khu", 70),
        Column("Khối đã gửi", 25, numeric=True),
        Column("Khối đã duyệt", 25, numeric=True),
        Column("Mã bản gửi", 125),
    )
    return Table("Báo cáo khối mà các số tổng hợp được tính từ đó", columns, rows)


def _count_table(scope: Scope, figures: FigureSet, stated: tuple[Block, ...]) -> Table:
    """Counts: what was counted, once per count."""
    names = {block.unit.code: block.unit.name for block in figures.blocks} if scope.is_commune else {}
    names[scope.territory.code] = wording.unit_name(scope.territory)
    seen: dict[tuple[str, Source], None] = {}
    for run in figures_of(stated):
        # The counts of the units below stand beside their names, and their block reports in the table above.
        if run.source is not None and run.source.kind in COUNTED and run.source.unit_code in names:
            seen.setdefault((run.text, run.source))
    rows = tuple(Row(((Run(text),), (Run(_counting(source, names, scope, figures)),))) for text, source in seen)
    return Table("Nguồn của các số đếm", COUNT_COLUMNS, rows)


def _counting(source: Source, names: dict[str, str], scope: Scope, figures: FigureSet) -> str:
    unit = names[source.unit_code]
    if source.kind is SourceKind.TASKS:
        return (
            f"Đếm nhiệm vụ do {unit} chủ trì trên hệ thống, lúc {wording.instant_words(figures.as_of)}; "
            "phạm vi người lập báo cáo được xem."
        )
    return (
        f"Đếm chỉ tiêu hoặc báo cáo khối của {unit} theo trạng thái, lúc {wording.instant_words(figures.as_of)}; "
        f"chỉ tiêu ngoài thẩm quyền cấp xã không tính; kỳ {scope.period.label}."
    )
