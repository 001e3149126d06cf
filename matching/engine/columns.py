"""Columns of `People` made of single choices, and read back: by option, and by person."""

import numpy as np

from matching.engine.measures import BYTE, bytes_for
from matching.engine.rules import Array
from matching.engine.schema import SCALE, Characteristic, Kind, Value


def column_of(characteristic: Characteristic, rows: Array, places: Array, people: int) -> Array:
    """The column in which these rows chose the options (or steps of a scale) of these places, one entry a choice.

    Where one answer is all there can be, the first of a row counts.
    """
    if characteristic.kind == Kind.MULTI:
        bits = np.zeros((bytes_for(len(characteristic.options)), people), np.uint8)
        np.bitwise_or.at(bits, (places // BYTE, rows), np.uint8(1) << (places % BYTE).astype(np.uint8))
        return bits
    unknown = len(SCALE) if characteristic.kind == Kind.SCALE else len(characteristic.options)
    codes = np.full(people, unknown, np.min_scalar_type(unknown))
    codes[rows[::-1]] = places[::-1]
    return codes


def counts(characteristic: Characteristic, column: Array) -> dict[str, int]:
    """How many people of a column gave each option."""
    options = characteristic.options
    if characteristic.kind == Kind.MULTI:
        found = np.array([np.count_nonzero(column[at // BYTE] >> at % BYTE & 1) for at in range(len(options))])
    else:
        found = np.bincount(column, minlength=len(options))
    return {option: int(number) for option, number in zip(options, found, strict=False)}


def answer(characteristic: Characteristic, code: int) -> Value:
    """What was answered to have this code; the options of a set in the catalogue's order."""
    if characteristic.kind == Kind.SCALE:
        return SCALE[code]
    if characteristic.kind == Kind.MULTI:
        return tuple(option for at, option in enumerate(characteristic.options) if code >> at & 1)
    return characteristic.options[code]
