"""What tests read of a PDF file of the wheel."""

import re
import shutil
import subprocess

import pytest

from tests.common.test_documents import unpacked

LANDSCAPE = (842, 595)


def sheets_of(pdf):
    """Width and height of every sheet, in whole points."""
    found = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", unpacked(pdf))
    return [(round(float(width)), round(float(height))) for width, height in found]


def words_of(pdf):
    """The words of every sheet."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not here")
    out = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return [" ".join(sheet.replace("\u00a0", " ").split()) for sheet in out.split("\f")[:-1]]
