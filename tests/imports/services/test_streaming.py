"""A thread reads while another writes: in order, no further ahead than asked for, and no error is lost."""

import threading

import pytest

from imports.rules.findings import Findings
from imports.services.streaming import RowStream

FOUND = Findings(kind="economy", profile="x")


def test_blocks_come_in_order_and_the_findings_after_them():
    def produce(sink):
        for number in range(5):
            sink.write_many([number])
        return FOUND

    stream = RowStream(produce)
    assert not stream.was_read
    with pytest.raises(RuntimeError):
        _ = stream.findings
    assert list(stream) == [[0], [1], [2], [3], [4]]
    assert stream.findings is FOUND


def test_the_reader_is_never_ahead():
    read = []

    def produce(sink):
        for number in range(5):
            read.append(number)
            sink.write_many([number])
        return FOUND

    seen = [(block[0], len(read)) for block in RowStream(produce)]
    assert seen == [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]


def test_one_block_ahead_where_that_is_asked_for():
    second = threading.Event()

    def produce(sink):
        sink.write_many([1])
        second.set()
        sink.write_many([2])
        return FOUND

    stream = iter(RowStream(produce, ahead=1))
    assert next(stream) == [1]
    assert second.wait(timeout=30), "the reader waited to be asked"
    assert list(stream) == [[2]]


def test_an_error_of_the_reader_is_raised_where_rows_are_taken():
    def produce(sink):
        sink.write_many([1])
        raise LookupError

    taken = []
    with pytest.raises(LookupError):
        taken.extend(RowStream(produce))


def test_who_stops_taking_stops_the_reader():
    ended = []

    def produce(sink):
        try:
            for number in range(1000):
                sink.write_many([number])
        finally:
            ended.append(number)

    for block in RowStream(produce):
        if block == [3]:
            break
    assert ended == [3]
    assert not [thread for thread in threading.enumerate() if thread.name == "reader"]
