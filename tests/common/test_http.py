import pytest

from common.http import download


def test_a_download_is_saved_and_not_guessed_at():
    response = download(b"a;b\r\n", "rapport-2025-09.csv", "text/csv; charset=utf-8")

    assert response.content == b"a;b\r\n"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="rapport-2025-09.csv"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "name, header",
    [
        ("målekart.xlsx", "attachment; filename*=utf-8''m%C3%A5lekart.xlsx"),
        ("../../etc/passwd", 'attachment; filename="_.._etc_passwd"'),
        ('a"; filename="b.exe', 'attachment; filename="a_; filename=_b.exe"'),
        ("a\r\nSet-Cookie: x=1", 'attachment; filename="a__Set-Cookie: x=1"'),
        ("a\u202efdp.exe", 'attachment; filename="a_fdp.exe"'),
        ("", 'attachment; filename="fil"'),
        (" . ", 'attachment; filename="fil"'),
    ],
)
def test_a_file_name_cannot_break_the_header(name, header):
    assert download(b"", name, "text/csv")["Content-Disposition"] == header
