"""Reading the text of a formula into a tree. An own tokenizer and parser: nothing in a formula can run code.

Length, depth and the digits of a number are limited.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

MAX_LENGTH = 500
MAX_DEPTH = 20
MAX_DIGITS = 20

_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<number>[0-9]+(?:[.,][0-9]+)?)|\[(?P<code>[^\[\]]*)\]|(?P<sign>[-+*/()\u2212\u00d7\u00f7])",
)
_CODE = re.compile(r"[^\W_][\w.-]{0,63}")
_SAME = {"\u2212": "-", "\u00d7": "*", "\u00f7": "/"}


class ErrorCode(StrEnum):
    """What is wrong with a formula."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    UNEXPECTED_CHARACTER = "unexpected_character"
    UNEXPECTED = "unexpected"
    UNEXPECTED_END = "unexpected_end"
    UNCLOSED_PARENTHESIS = "unclosed_parenthesis"
    INVALID_CODE = "invalid_code"
    INVALID_NUMBER = "invalid_number"
    UNKNOWN_INDICATOR = "unknown_indicator"
    DIFFERENT_MEASURES = "different_measures"


class FormulaError(ValueError):
    """A formula that cannot be used: `code` says why, `position` where (0 is the first character)."""

    def __init__(self, code: ErrorCode, position: int) -> None:
        super().__init__(f"{code} at {position}")
        self.code = code
        self.position = position


@dataclass(frozen=True)
class Number:
    """A number in the formula."""

    value: Decimal


@dataclass(frozen=True)
class Reference:
    """The value of another indicator."""

    code: str
    position: int


@dataclass(frozen=True)
class Negative:
    """Minus something."""

    inner: "Node"


@dataclass(frozen=True)
class Operation:
    """Two things and + - * or / between them."""

    sign: str
    left: "Node"
    right: "Node"
    position: int


Node = Number | Reference | Negative | Operation


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    position: int


def _tokens(text: str) -> list[_Token]:
    tokens = []
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise FormulaError(ErrorCode.INVALID_CODE if text[position] == "[" else ErrorCode.UNEXPECTED_CHARACTER, position)
        kind = found.lastgroup or ""
        content = found[kind]
        if kind == "code" and not _CODE.fullmatch(content):
            raise FormulaError(ErrorCode.INVALID_CODE, position)
        if kind == "number" and len(content) > MAX_DIGITS:
            raise FormulaError(ErrorCode.INVALID_NUMBER, position)
        if kind != "space":
            tokens.append(_Token(kind, _SAME.get(content, content), position))
        position = found.end()
    return tokens


class _Parser:
    """The grammar, one method each.

    sum: product, then any number of + or - and a product. product: factor, then any number of * or / and a factor.
    factor: a number, a code, a sum in parentheses, or minus and a factor.
    """

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.end = len(text)
        self.index = 0

    def peek(self) -> _Token:
        return self.tokens[self.index] if self.index < len(self.tokens) else _Token("end", "", self.end)

    def take(self) -> _Token:
        token = self.peek()
        self.index += 1
        return token

    def is_next(self, signs: str) -> bool:
        token = self.peek()
        return token.kind == "sign" and token.text in signs

    def sum(self, depth: int) -> Node:
        node = self.product(depth)
        while self.is_next("+-"):
            sign = self.take()
            node = Operation(sign.text, node, self.product(depth), sign.position)
        return node

    def product(self, depth: int) -> Node:
        node = self.factor(depth)
        while self.is_next("*/"):
            sign = self.take()
            node = Operation(sign.text, node, self.factor(depth), sign.position)
        return node

    def factor(self, depth: int) -> Node:
        token = self.take()
        if depth > MAX_DEPTH:
            raise FormulaError(ErrorCode.TOO_DEEP, token.position)
        if token.kind == "number":
            return Number(Decimal(token.text.replace(",", ".")))
        if token.kind == "code":
            return Reference(token.text, token.position)
        if token.text == "-":
            return Negative(self.factor(depth + 1))
        if token.text == "(":
            node = self.sum(depth + 1)
            if not self.is_next(")"):
                raise FormulaError(ErrorCode.UNCLOSED_PARENTHESIS, token.position)
            self.take()
            return node
        raise FormulaError(ErrorCode.UNEXPECTED_END if token.kind == "end" else ErrorCode.UNEXPECTED, token.position)


def read(text: str) -> Node:
    """The tree of a formula. Raises FormulaError with the code and position of the first thing wrong."""
    if len(text) > MAX_LENGTH:
        raise FormulaError(ErrorCode.TOO_LONG, MAX_LENGTH)
    if not text.strip():
        raise FormulaError(ErrorCode.EMPTY, 0)
    parser = _Parser(text)
    root = parser.sum(0)
    if parser.peek().kind != "end":
        raise FormulaError(ErrorCode.UNEXPECTED, parser.peek().position)
    return root
