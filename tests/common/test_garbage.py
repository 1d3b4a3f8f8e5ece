"""The collector is off while somebody reads, and on again when the last one is done."""

import gc

import pytest

from common.garbage import collection_paused


def test_the_last_one_turns_it_on_again():
    with collection_paused():
        with collection_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_also_when_the_reading_fails():
    with pytest.raises(KeyError), collection_paused():
        raise KeyError
    assert gc.isenabled()


def test_whoever_had_turned_it_off_finds_it_off():
    gc.disable()
    try:
        with collection_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
