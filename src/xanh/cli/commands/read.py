"""Read a directive from the command line."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

HELP = "Đọc một văn bản (.docx, .pdf, .txt) và in nhiệm vụ, thời hạn, viện dẫn, chế độ báo cáo đọc được."


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("file", type=Path, metavar="TỆP", help="văn bản cần đọc")
    parser.add_argument("--json", action="store_true", help="in toàn bộ kết quả dạng JSON")


def run(chosen: argparse.Namespace) -> int:
    """Print what was read; exit status 2 with a Vietnamese message where the file cannot be read."""
    from xanh import reading

    try:
        found = reading.read_file(chosen.file)
    except reading.Refusal as refusal:
        print(refusal.message, file=sys.stderr)
        return 2
    except OSError as fault:
        print(f"Không mở được tệp {chosen.file}: {fault.strerror}. Đề nghị kiểm tra lại đường dẫn.", file=sys.stderr)
        return 2
    if chosen.json:
        json.dump(found.to_json(), sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    print(summary(found))
    return 0


def summary(found: object) -> str:
    """A short account for people."""
    row = found.to_json()  # type: ignore[attr-defined]
    head = row["metadata"]
    lines = [
        f"{head['type'] or 'Văn bản'} {head['symbol'] or '(chưa rõ số)'} {head['issued_on'] or ''}",
        head["title"] or "",
    ]
    lines.append(
        f"{len(row['tasks'])} nhiệm vụ · {len(row['reporting_regimes'])} chế độ báo cáo · "
        f"{len(row['citations'])} viện dẫn · {len(row['targets'])} mục tiêu · "
        f"{len(row['inconsistencies'])} điểm cần xem lại"
    )
    for task in row["tasks"]:
        due = task["due"]
        when = "" if due is None else f" [hạn {due['date'] or due['text']}{' ' + due['time'] if due['time'] else ''}]"
        lines.append(f"- {', '.join(task['lead']) or 'Chưa rõ chủ trì'}: {task['content']}{when}")
    return "\n".join(lines)
