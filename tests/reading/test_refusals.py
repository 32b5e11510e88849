"""What is turned away, and that nothing is left behind."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from tests.reading import build
from xanh import reading
from xanh.reading import refusal, secrecy, worker
from xanh.reading.refusal import RefusalCode
from xanh.reading.screening import Kind

PAGE = [(60.0, 80.0, "1. Văn phòng Đảng ủy lập danh sách.")]


def code_of(content: bytes, name: str, *, limits: reading.Limits = reading.DEFAULT_LIMITS) -> RefusalCode:
    with pytest.raises(reading.Refusal) as refused:
        reading.read_bytes(content, name=name, limits=limits)
    assert refused.value.message == str(refused.value)
    return refused.value.code


@pytest.mark.parametrize("content", [b"", b"   \r\n\t", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert code_of(content, "a.txt") is RefusalCode.EMPTY


def test_a_file_over_the_limit_is_refused_and_the_message_names_the_limit() -> None:
    small = replace(reading.DEFAULT_LIMITS, file_bytes=2 * 1024 * 1024)
    with pytest.raises(reading.Refusal) as refused:
        reading.screen_upload(b"a" * (2 * 1024 * 1024 + 1), "a.txt", limits=small)
    assert refused.value.code is RefusalCode.TOO_LARGE
    assert "2 MB" in refused.value.message


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00 program", "a.docx"),
        (b"MZ\x90\x00 program", "a.pdf"),
        (b"MZ\x90\x00 program", "a.txt"),
        (b"%PDF-1.7 text", "a.txt"),
        (b"text", "a.doc"),
        (b"text", "a"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old Word file", "a.docx"),
    ],
)
def test_bytes_that_are_not_what_the_suffix_says_are_refused(content: bytes, name: str) -> None:
    assert code_of(content, name) is RefusalCode.UNSUPPORTED


def test_an_archive_that_is_no_word_file_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "text")
    assert code_of(out.getvalue(), "a.docx") is RefusalCode.UNSUPPORTED


def test_a_word_file_with_a_password_is_refused() -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + "EncryptedPackage".encode("utf-16-le")
    assert code_of(locked, "a.docx") is RefusalCode.PASSWORD_PROTECTED


def test_an_archive_whose_entries_are_encrypted_is_refused() -> None:
    content = bytearray(build.lines_of("Kế hoạch"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    assert code_of(bytes(content), "a.docx") is RefusalCode.PASSWORD_PROTECTED


def test_a_pdf_with_a_password_is_refused() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(build.pdf([PAGE]))))
    writer.encrypt("mat khau", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert code_of(out.getvalue(), "a.pdf") is RefusalCode.PASSWORD_PROTECTED


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"PK\x03\x04 cut off", "a.docx"),
        (b"%PDF-1.7 cut off", "a.pdf"),
        (b"\xff\xfe\x41", "a.txt"),
        (b"K\xe9 ho", "a.txt"),
    ],
)
def test_a_broken_file_is_refused(content: bytes, name: str) -> None:
    assert code_of(content, name) is RefusalCode.CORRUPT


@pytest.mark.parametrize("xml", ["<w:document", build.body().replace("w:body", "w:other")])
def test_a_word_file_without_a_readable_body_is_broken(xml: str) -> None:
    assert code_of(build.with_parts(build.lines_of("x"), document=xml), "a.docx") is RefusalCode.CORRUPT


def test_a_file_that_unpacks_out_of_proportion_is_a_bomb() -> None:
    assert (
        code_of(build.with_parts(build.lines_of("x"), header1="<a>" + " " * 60_000_000 + "</a>"), "a.docx")
        is RefusalCode.BOMB
    )


def test_an_entity_in_a_part_is_a_bomb() -> None:
    xml = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa">]>' + build.body(build.paragraph("&a;"))[38:]
    assert code_of(build.with_parts(build.lines_of("x"), document=xml), "a.docx") is RefusalCode.BOMB


def test_an_archive_in_the_archive_and_too_many_entries_are_bombs() -> None:
    inner = io.BytesIO(build.lines_of("x"))
    with zipfile.ZipFile(inner, "a") as archive:
        archive.writestr("word/embeddings/a.zip", b"PK")
    assert code_of(inner.getvalue(), "a.docx") is RefusalCode.BOMB
    few = replace(reading.DEFAULT_LIMITS, archive_entries=3)
    assert code_of(build.lines_of("x"), "a.docx", limits=few) is RefusalCode.BOMB


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"--- 123 ...", "a.txt"), (build.pdf([[(60, 80, "12 / 30")]]), "a.pdf"), (build.lines_of("1", "2"), "a.docx")],
)
def test_a_file_without_words_has_no_text(content: bytes, name: str) -> None:
    assert code_of(content, name) is RefusalCode.NO_TEXT


def test_a_file_that_takes_too_long_is_stopped() -> None:
    at_once = replace(reading.DEFAULT_LIMITS, wall_seconds=0)
    assert code_of(build.lines_of("Kế hoạch"), "a.docx", limits=at_once) is RefusalCode.TIMEOUT
    too_small = replace(reading.DEFAULT_LIMITS, memory_bytes=8 * 1024 * 1024)
    assert code_of(build.lines_of("Kế hoạch"), "a.docx", limits=too_small) is RefusalCode.TIMEOUT
    one_page = replace(reading.DEFAULT_LIMITS, pages=1)
    assert code_of(build.pdf([PAGE, PAGE]), "a.pdf", limits=one_page) is RefusalCode.TIMEOUT


HEAD = "ĐẢNG ỦY XÃ TÂN MẪU\n*\nSố 05-BC/ĐU\n{}\nĐẢNG CỘNG SẢN VIỆT NAM\n\nBÁO CÁO\nkết quả tháng 6\n\n"


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "  Mật  ", "Độ mật: MẬT".upper(), "[TỐI MẬT]"])
def test_a_stamp_of_secrecy_standing_alone_in_the_head_is_refused(stamp: str) -> None:
    text = HEAD.format(stamp) + "Căn cứ chương trình công tác."
    assert code_of(text.encode(), "a.txt") is RefusalCode.SECRET


@pytest.mark.parametrize("symbol", ["Số 05-BC/ĐU/M", "Số: 12/BC-UBND(M)", "Số 07-KH/ĐU/TM"])
def test_a_symbol_of_a_secret_document_is_refused(symbol: str) -> None:
    text = HEAD.replace("Số 05-BC/ĐU", symbol).format("*") + "Căn cứ chương trình công tác."
    assert code_of(text.encode(), "a.txt") is RefusalCode.SECRET


def test_the_message_of_a_secret_says_to_stop_and_whom_to_tell() -> None:
    assert refusal.MESSAGES[RefusalCode.SECRET] == (
        "Tài liệu có dấu hiệu là bí mật nhà nước. Hệ thống không tiếp nhận, không lưu tệp. Đề nghị dừng thao tác trên máy "  # noqa: E501
        "có kết nối mạng và báo Văn phòng Đảng ủy xử lý theo Luật số 117/2025/QH15."
    )


def test_the_word_in_running_text_is_no_stamp() -> None:
    text = (
        HEAD.format("*")
        + "1. Gửi văn bản qua mạng, trừ văn bản mật.\n\nMẬT\n\n2. Bảo đảm bí mật dữ liệu, bảo mật hệ thống."
    )
    assert not secrecy.looks_secret(text)
    assert not secrecy.looks_secret("KẾ HOẠCH\nbảo mật hệ thống của xã Tân Mẫu\nSố: 15/KH-TM")


@pytest.mark.parametrize("part", ["document", "header1"])
def test_a_stamp_in_a_word_file_is_found_before_the_file_is_parsed(part: str) -> None:
    stamped = build.with_parts(
        build.lines_of("Kế hoạch"), **{part: build.body(build.paragraph("TỐI MẬT"), build.paragraph("Số 05-BC/ĐU"))}
    )
    with pytest.raises(reading.Refusal) as refused:
        reading.screen_upload(stamped, "a.docx")
    assert refused.value.code is RefusalCode.SECRET


def test_a_stamp_in_a_pdf_is_found() -> None:
    page = [(60.0, 60.0, "ĐẢNG ỦY XÃ TÂN MẪU"), (60.0, 100.0, "MẬT"), (60.0, 140.0, "BÁO CÁO")]
    assert code_of(build.pdf([page]), "a.pdf") is RefusalCode.SECRET


def test_every_refusal_has_a_message_with_a_next_step() -> None:
    assert set(refusal.MESSAGES) == set(RefusalCode)
    assert all("Đề nghị" in message for message in refusal.MESSAGES.values())


def test_a_refused_file_on_disk_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(HEAD.format("MẬT"), encoding="utf-8")
    with pytest.raises(reading.Refusal):
        reading.read_file(path)
    assert [item.name for item in tmp_path.iterdir()] == ["a.txt"]


def test_the_worker_parses_as_it_does_outside_its_limits() -> None:
    content = build.lines_of("KẾ HOẠCH", "Văn phòng Đảng ủy lập danh sách.")
    limits = reading.DEFAULT_LIMITS
    assert worker.parse_limited(content, Kind.DOCX, limits) == worker.parse(content, Kind.DOCX, limits)


def test_screening_sees_the_stamp_of_a_pdf_and_lets_a_scanned_one_pass() -> None:
    with pytest.raises(reading.Refusal) as refused:
        reading.screen_upload(build.pdf([[(60.0, 60.0, "TỐI MẬT")]]), "a.pdf")
    assert refused.value.code is RefusalCode.SECRET
    reading.screen_upload(build.pdf([[(60.0, 60.0, "12 / 30")]]), "a.pdf")
    reading.screen_upload(build.pdf([PAGE]), "a.pdf")
