"""Texts that have broken programs, to be sent through every field: stored as typed or refused, never a failure.

No text holds a lone surrogate itself, since no browser can send one; those are escaped as forms and files carry them.
"""

CONTROLS = [f"a{chr(code)}b" for code in (*range(32), 127, *range(0x80, 0xA0))]
SPACES = [f"a{chr(code)}b" for code in (0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF)]
ZERO_WIDTH = [
    f"1{chr(code)}0" for code in (0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x180E, 0x034F, 0x115F, 0x3164)
]
DIRECTIONS = [f"abc{chr(code)}def" for code in (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C)]
SIGNS = [
    "0", "-0", "+0", "−0", "--1", "+-1", "1-", "1--", "(1", "1)", "(1)", "((1))", "(-1)", "±1", "∓1", "1−", "–1",
    "—1", "-", "–", "—", "−", "‐", "‑",
]  # fmt: skip
NUMBERS = [
    "1.234", "1,234", "1.234.567", "1,234,567", "1.234,5", "1,234.5", "1 234", "1 23", "12 34", "1.2.3", "1,2,3",
    "1..2", "1,,2", ",", ".", ",5", "5,", ".5", "5.", "00", "007", "0,0", "1e3", "1E3", "1e+3", "1e-3", "1e99", "1e-99",
    "1e999999999", "1e", "e1", "1,2E+06", "0x10", "0b1", "0o7", "1_000", "1'000", "1’000", "1/2", "½", "¼", "²",
    "①", "⁵", "Ⅳ", "ⅷ", "一", "五", "万", "∞", "-∞", "Infinity", "-Infinity", "inf", "NaN", "nan", "-nan", "sNaN",
    "null", "None", "nil", "undefined", "true", "false", "NULL", "(null)", "N/A", "n/a", "#N/A", "#I/T", "#DIV/0!",
    "#REF!", "#VERDI!", "ca", "ca.", "ca97", "ca 97", "Ca. 97", "cirka 97", "~97", "≈ 97", "omtrent 97", "ca ca 97",
    "ca ??", "?", "??", "???", "????", "12 kr", "kr 12", "kr. 12,-", "12,-", "12 %", "%", "% 12", "12 prosent", "12%%",
    "100 kr %", "1 000 000", "999999999999", "1000000000000", "9" * 15, "9" * 16, "9" * 28, "9" * 30, "9" * 31,
    "9" * 100, "9" * 101, "0." + "9" * 6, "0." + "9" * 7, "0." + "0" * 30 + "1", "1" + "0" * 400, "-999999999999,999",
    "0,000001", "0,0000001", "1.0E400", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
    "2147483648", "4294967296", "1.7976931348623157e309", "5e-325", "0.1e1e1", "1+1", "1-1", "2*3", "1;2", "1\t2",
    "1:30", "01.02.2026", "2026-02-01", "08",
]  # fmt: skip
OTHER_DIGITS = [
    "".join(chr(zero + digit) for digit in (1, 2, 3))
    for zero in (
        0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0, 0x0F20, 0x1040,
        0x17E0, 0x1810, 0x1946, 0xFF10, 0x104A0, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6,
    )
] + ["٣", "1٣", "٣,٥", "１０,５", "10，5", "10．5", "10٫5", "1٬000", "O", "l", "1O", "l0", "Ｉ0", "𝟏𝟎"]  # fmt: skip
MARKUP = [
    "<script>alert(1)</script>", "</textarea><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
    "' onfocus='alert(1)' autofocus='", "<svg/onload=alert(1)>", "javascript:alert(1)", "<!--", "-->", "<![CDATA[",
    "]]>", "<?xml version='1.0'?>", "&lt;b&gt;", "&amp;", "&#0;", "&#x0;", "<b>fet", "</html>",
    "<style>*{display:none}</style>", "{{ 7*7 }}", "{% csrf_token %}", "{% load x %}", "${7*7}", "#{7*7}", "<%= 7*7 %>",
    "{{request.user}}", "{% raw %}", "%(name)s", "%s", "%d", "%n", "%", "%%", "{0}", "{name}", "{", "}", "\\", "\\n",
    "\\u0000", "\\x00", "\\ud800", "\\", "`id`", "$(id)", "; ls", "| cat", "&& id", "../../etc/passwd", "..\\..\\x",
    "/dev/null", "C:\\con", "CON", "file:///etc/passwd",
]  # fmt: skip
DATABASE = [
    "'", "''", '"', '""', "`", ";", "--", "/*", "*/", "' OR '1'='1", "'; DROP TABLE scorecard_measurement; --",
    "1; DELETE FROM x", "1' AND 1=2 --", "' UNION SELECT 1 --", "%' --", "_", "%_%", "\\'", "0x27", "CHAR(39)", "1/0",
    "ESCAPE '", "$$", "E'\\\\'", "U&'\\0000'", "::text", "?1", ":id", "@x",
]  # fmt: skip
FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("//x")', "\t=1", "\r=1", "\n=1", "＝1", "＋1",
    "－1", "＠x", "'=1",
]  # fmt: skip
PICTURES = [
    "😀", "👩‍👩‍👧‍👦", "🇳🇴", "👍🏽", "❤️", "1️⃣0️⃣", "\U0001f9d1\u200d\U0001f91d\u200d\U0001f9d1",
    "\U000e0067\U000e0062", "\ufe0f", "\U0010ffff", "\uffff", "\ufffe", "\ufffd", "\ue000",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
    "e\u0301", "\u0301", "a" + "\u0301" * 200, "ﷺ", "ﬀ", "ǆ", "İ", "ı", "ß", "ẞ", "ſ", "Å", "Å", "Å",
]  # fmt: skip
SCRIPTS = [
    "العربية", "עברית", "اردو", "فارسی", "中文", "日本語", "한국어", "ไทย", "हिन्दी",
    "ქართული", "Ελληνικά", "Кириллица", "Ærlig Østensjø Ås", "Sámi čž",
    "مرحبا 123 abc", "abc שלום 123", "\u202eabc", "\u2067abc", "аdmin", "pаypal", "Οslo", "Ｏｓｌｏ",
    "𝓞𝓼𝓵𝓸", "O\u0338slo",
]  # fmt: skip
SHAPES = [
    "", " ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u3000", "a", "a" * 119, "a" * 120, "a" * 121, "a" * 300, "a" * 301,
    "a" * 499, "a" * 500, "a" * 501, "a" * 10_000, "æ" * 500, "😀" * 500, "😀" * 501, " a ", "a\nb", "a\r\nb", "a\rb",
    "a\tb", "a;b", "a,b", '"a"', '"a', 'a"', '"a;b"', '"a""b"', "\ufeffa", "a\ufeff", "[]", "{}", "[[[[", '{"a": 1}',
    "null", '"', "[" * 5000, "0" * 5000, "-" * 100, "?" * 100, "." * 100, "," * 100, "e" * 100,
]  # fmt: skip
PERIODS = [
    "2026-13", "2026-00", "2026-1", "26-01", "2026-K5", "2026-K0", "2026-T4", "2026-k1", "2026-Q1", "1899", "2200",
    "9999", "0000", "99999", "2026-09-31", "2026/09", "sept", "13.2026", "2026-09 ", " 2026-09", "٢٠٢٦", "２０２６",
    "2026-٠٩", "2026\x00", "-2026", "2026.0", "1e3", "2026-09-01T00:00", "2026-W01",
]  # fmt: skip

GROUPS = (
    *(CONTROLS, SPACES, ZERO_WIDTH, DIRECTIONS, SIGNS, NUMBERS, OTHER_DIGITS, MARKUP),
    *(DATABASE, FORMULAS, PICTURES, SCRIPTS, SHAPES, PERIODS),
)
NASTY: list[str] = list(dict.fromkeys(text for group in GROUPS for text in group))
