"""Collect every text on screen from the sources: Python by its syntax tree, templates by Django's and Jinja's own readers."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from scripts.sources import APPS, ROOT, own_text

# How many leading arguments are texts, and whether the first of them is a context.
SINGULAR = {"gettext", "gettext_lazy", "gettext_noop", "_"}
PLURAL = {"ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
PLURAL_WITH_CONTEXT = {"npgettext", "npgettext_lazy"}
KNOWN = SINGULAR | PLURAL | WITH_CONTEXT | PLURAL_WITH_CONTEXT
SHAPE = {
    **dict.fromkeys(SINGULAR, (False, False)),
    **dict.fromkeys(PLURAL, (False, True)),
    **dict.fromkeys(WITH_CONTEXT, (True, False)),
    **dict.fromkeys(PLURAL_WITH_CONTEXT, (True, True)),
}


class NotConstant(Exception):
    """A text given to gettext is put together at run time, so nobody can translate it."""


@dataclass(frozen=True, order=True)
class Message:
    """One text on screen: its words, its plural words and its context."""

    text: str
    plural: str = ""
    context: str = ""

    @classmethod
    def of(cls, function: str, words: list[str]) -> Message:
        """From the name of a gettext function and its leading texts."""
        has_context, has_plural = SHAPE[function]
        context, rest = (words[0], words[1:]) if has_context else ("", words)
        return cls(rest[0], rest[1] if has_plural else "", context)

    @staticmethod
    def texts_wanted(function: str) -> int:
        return 1 + sum(SHAPE[function])


def from_python(source: str, name: Path) -> Iterator[Message]:
    """Raises NotConstant where the argument is a variable or an f-string."""
    tree = ast.parse(source, filename=str(name))
    aliases = _aliases(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = _called(node.func, aliases)
        if function:
            words = [word for argument in node.args[: Message.texts_wanted(function)] if (word := _text(argument)) is not None]
            if len(words) < Message.texts_wanted(function):
                raise NotConstant(f"{name}:{node.lineno}: give {function} a text that stands in the source")
            yield Message.of(function, words)


def _aliases(tree: ast.Module) -> dict[str, str]:
    """Local name to gettext function, from the imports of one module."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in KNOWN
    }


def _called(function: ast.expr, aliases: dict[str, str]) -> str | None:
    if isinstance(function, ast.Name):
        return aliases.get(function.id)
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "translation":
        return function.attr if function.attr in KNOWN else None
    return None


def _text(argument: ast.expr) -> str | None:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def from_django_template(source: str, name: Path) -> Iterator[Message]:
    """Django turns a template into lines of gettext calls with everything else blanked; each line is read by itself."""
    for line in templatize(source, origin=str(name)).splitlines():
        if "gettext" in line or "_(" in line:
            yield from _from_line(line.strip())


def _from_line(line: str) -> Iterator[Message]:
    tokens = list(tokenize.generate_tokens(io.StringIO(line).readline))
    for place, token in enumerate(tokens[:-2]):
        if token.type == tokenize.NAME and token.string in KNOWN and tokens[place + 1].string == "(":
            words: list[str] = []
            for following in tokens[place + 2 :]:
                if following.type == tokenize.STRING:
                    words.append(ast.literal_eval(following.string))
                elif following.string != ",":
                    break
            if words:
                yield Message.of(token.string, words)


def from_jinja_template(source: str, _name: Path) -> Iterator[Message]:
    """Jinja knows its own calls, also those with arguments."""
    for _line, function, found in extract_from_ast(Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(source)):
        words = [found] if isinstance(found, str) else [word for word in found or () if word is not None]
        yield Message.of(function, words)


def is_jinja(name: Path) -> bool:
    return "jinja2" in name.parts


def all_messages(root: Path = ROOT) -> dict[Message, Path]:
    """Every text on screen, with the first file it stands in."""
    found: dict[Message, Path] = {}
    for name, source in own_text(root, ".py", below=APPS):
        for message in from_python(source, name):
            found.setdefault(message, name)
    for name, source in own_text(root, ".html", ".txt", below=(*APPS, "templates")):
        reader = from_jinja_template if is_jinja(name) else from_django_template
        for message in reader(source, name):
            found.setdefault(message, name)
    return found
