"""Texts that have broken other people's programs: scripts, quotes, formulas, templates, directions, marks, spaces, faces, lengths."""

_SCRIPTS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</title><b>", "<!-- -->", "&lt;b&gt; &amp;", "<svg/onload=alert(1)>",
    "javascript:alert(1)", "';alert(1)//", '"><i>', "<a href='x'>", "]]>", "<%= 1 %>", "{{ 7*7 }}", "{% now 'Y' %}", "${7*7}", "#{7*7}",
    "%s%d%n", "%(name)s", "{0}", "{name}", "\\u0041", "\\x41", "\\n", "%00", "%2e%2e%2f", "..\\..\\", "../../etc/passwd", "C:\\CON",
]  # fmt: skip
_QUERIES = [
    "' OR 1=1 --", "'; DROP TABLE unit; --", '" OR ""="', "1;SELECT 1", "O'Brien", "%", "_", "%%",
    "\\", "\\'", "``", "--", "/* */", "NULL",
    "null", "None", "nil", "undefined", "NaN", "Infinity", "-1", "0", "0x0", "1e309", "1,5", "1.5", "00123", "true", "False", "[]", "{}",
]  # fmt: skip
_FORMULAS = ["=1+1", '=HYPERLINK("http://x")', "+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", ";;;", "a;b", "a\tb", "'=1", "\uff1d1+1"]
_LETTERS = [
    "Æ", "øre", "Å", "aa", "Aa", "ÆØÅæøå", "Čáhppe", "Ŋáŋŋá", "Đorđe", "Łódź", "İstanbul", "ı", "ß", "ﬀ", "Ǆ", "Ωμέγα", "Привет", "שלום",
    "مرحبا", "হ্যালো", "你好", "日本語", "한국어", "ไทย", "नमस्ते", "ꙮ", "𝔘𝔫𝔦𝔱", "👩‍👩‍👧‍👦", "🇳🇴", "👍🏽", "❤️", "a\u0301", "e\u0301\u0323",
    "Z̷̢̧a̴̛l̷g̸o̷",
]  # fmt: skip
_SPACES = [
    "a b", "a\u00a0b", "a\u2009b", "a\u3000b", "a\u200bb", "a\u200db", "\ufeffa", "a\u00adb", "a\u202eb", "\u2066a\u2069", "a\u2028b",
    "a\nb",
    "a\r\nb", "a\x07b", "a\x1bb", "a\x7fb", "a\x85b", "\u2800.", "a  b", ". .", "...", "…", "–", "—", "−", "«»", "„“", "‘’", "‽",
]  # fmt: skip
_REPEATED = ["x" * 119, "x" * 120, "ø" * 120, "👍" * 60, "a " * 60, "<b>" * 40]
_PATTERNS = ["{}", "<{}>", '"{}"', "'{}'", "{} {}", "({})"]

NASTY = [*_SCRIPTS, *_QUERIES, *_FORMULAS, *_LETTERS, *_SPACES, *_REPEATED]
NASTY += [pattern.replace("{}", text) for pattern in _PATTERNS[1:] for text in (*_SCRIPTS, *_QUERIES, *_FORMULAS)]
