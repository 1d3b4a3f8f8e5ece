"""Ledgers of any size for measuring: CSV as UBW writes it, the same as a workbook, and SAF-T Financial."""

import random
from collections.abc import Iterator
from pathlib import Path

import openpyxl

UNITS, CENTRES_PER_UNIT, PERIOD = 23, 10, "202609"
HEADINGS = (
    *("Ansvar", "Ansvar(T)", "Konto", "Konto(T)", "Funksjon", "Funksjon(T)", "Prosjekt", "Periode"),
    *("Budsjett", "Rev. budsjett", "Budsjett HiÅ", "Regnskap HiÅ", "Avvik"),
)
FUNCTIONS = (("254", "Hjemmeboende"), ("201", "Førskole"), ("244", "Barnevern"), ("120", "Administrasjon"), ("281", "Sosialhjelp"))


def centres() -> list[str]:
    return [f"{400 + unit}{number:03}" for unit in range(UNITS) for number in range(CENTRES_PER_UNIT)]


def _lines(count: int) -> Iterator[tuple[list[str], list[int]]]:
    """Codes and texts, and five amounts in øre; sorted by cost centre, as ledgers are."""
    chance = random.Random(2009)
    codes = centres()
    accounts = [(f"1{number:04}", f"Konto for måling {number} æøå") for number in range(101, 1900, 3)]
    for place in range(count):
        centre = codes[place * len(codes) // count]
        account, function = accounts[place % len(accounts)], chance.choice(FUNCTIONS)
        project = f"{1000 + place // len(accounts)}"
        budget, actual = chance.randint(0, 90_000_000), chance.randint(-5_000_000, 90_000_000)
        amounts = [budget, budget + 10_000, budget * 3 // 4, actual, budget * 3 // 4 - actual]
        yield [centre, f"Enhet {centre}", *account, *function, project, PERIOD], amounts


def _written(ore: int) -> str:
    text = f"{abs(ore) // 100:,}".replace(",", " ") + f",{abs(ore) % 100:02}"
    return text + "-" if ore < 0 else text


def make_csv(path: Path, count: int) -> None:
    totals = [0] * 5
    with path.open("w", encoding="cp1252", newline="") as file:
        file.write(f"Budsjettoppfølging per ansvar\r\nFirma: Bydel;Periode: {PERIOD}\r\n{';'.join(HEADINGS)}\r\n")
        for texts, amounts in _lines(count):
            file.write(";".join([*texts, *map(_written, amounts)]) + "\r\n")
            totals = [total + amount for total, amount in zip(totals, amounts, strict=True)]
        file.write(";".join(["Totalt", *[""] * 7, *map(_written, totals)]) + "\r\n")


def make_workbook(path: Path, count: int) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Ark1")
    sheet.append(list(HEADINGS))
    for texts, amounts in _lines(count):
        sheet.append([*texts, *(amount / 100 for amount in amounts)])
    book.save(path)


def make_saft(path: Path, count: int) -> None:
    """Ten lines in each transaction, debit and credit in turn."""
    codes = centres()
    with path.open("w", encoding="utf-8") as file:
        file.write(_SAFT_HEAD)
        for first in range(0, count, 10):
            file.write(f"<Transaction><TransactionID>{first}</TransactionID><Period>9</Period><PeriodYear>2026</PeriodYear>")
            file.write("<TransactionDate>2026-09-30</TransactionDate><Description>Bilag</Description>")
            for line in range(first, first + 10):
                side = "Debit" if line % 2 else "Credit"
                file.write(
                    f"<Line><RecordID>{line}</RecordID><AccountID>{10101 + line // 2 % 600}</AccountID>"
                    f"<Analysis><AnalysisType>A</AnalysisType><AnalysisID>{codes[line % len(codes)]}</AnalysisID></Analysis>"
                    f"<Description>Linje {line}</Description><{side}Amount><Amount>{line // 2 + 100}.50</Amount></{side}Amount></Line>\n"
                )
            file.write("</Transaction>\n")
        file.write("</Journal></GeneralLedgerEntries></AuditFile>\n")


_SAFT_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<AuditFile xmlns="urn:StandardAuditFile-Taxation-Financial:NO"><Header><AuditFileVersion>1.30</AuditFileVersion>
<SelectionCriteria><PeriodStart>1</PeriodStart><PeriodStartYear>2026</PeriodStartYear><PeriodEnd>9</PeriodEnd>
<PeriodEndYear>2026</PeriodEndYear></SelectionCriteria></Header><GeneralLedgerEntries><Journal><JournalID>J</JournalID>
"""
