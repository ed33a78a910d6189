"""Where documents come from: paths, folders, globs, bytes, files."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from typing import IO, TypeAlias

from ._gongkai import check_size

Source: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes]
"""A document: the path of a file, its bytes, or a file opened in binary mode."""

Sources: TypeAlias = str | os.PathLike[str] | Iterable[str | os.PathLike[str] | bytes | bytearray | memoryview | tuple[str, bytes]]
"""Documents: a folder, a glob, a file; or many of these, of bytes, or of pairs of a name and bytes."""

SUFFIXES = (".txt", ".md", ".text", ".markdown", ".html", ".htm", ".shtml", ".docx", ".pdf", ".xlsx", ".xls", ".xlsb", ".ods")
"""Suffixes of the files of a folder that are read."""


def content(source: Source, max_bytes: int | None) -> bytes:
    """The bytes of a document. The size of a file is looked at before it is read."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source)
    if isinstance(source, (str, os.PathLike)):
        with open(source, "rb") as file:
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode):
                check_size(status.st_size, max_bytes=max_bytes)
            return file.read()
    data = source.read()
    if not isinstance(data, bytes):
        raise TypeError("read() needs a file opened in binary mode; give text to parse()")
    return data


def name(source: Source) -> str | None:
    """The name of a document, if it has one."""
    if isinstance(source, (str, os.PathLike)):
        return os.fspath(source)
    named = getattr(source, "name", None)
    return named if isinstance(named, str) else None


def expanded(sources: Sources) -> list[tuple[str, bytes | None]]:
    """The documents, each with its name, and its bytes if it is not a file. Files of a folder stand in the order of their names."""
    given = [sources] if isinstance(sources, (str, os.PathLike)) else sources
    documents: list[tuple[str, bytes | None]] = []
    for source in given:
        if isinstance(source, tuple):
            documents.append(source)
        elif isinstance(source, (bytes, bytearray, memoryview)):
            documents.append((f"<bytes {len(documents)}>", bytes(source)))
        else:
            documents.extend((path, None) for path in _paths(os.fspath(source)))
    return documents


def _paths(path: str) -> Iterator[str]:
    if os.path.isdir(path):
        for folder, folders, files in os.walk(path):
            folders.sort()
            yield from (os.path.join(folder, file) for file in sorted(files) if file.endswith(SUFFIXES))
    elif any(c in path for c in "*?[") and not os.path.exists(path):
        found = sorted(glob.glob(path, recursive=True))
        if not found:
            raise FileNotFoundError(f"{path}: no file matches")
        yield from found
    else:
        yield path
