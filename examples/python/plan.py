#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans a fab, reads what it makes of it, changes an input and plans again, with nothing but Python's standard library.

    plan.py DATA      a folder of CSV files or a planning database, such as data/mini

The classes below are all of the library's interface that this needs; include/fabplan says what every function does.
"""
import ctypes
import json
import sys
from ctypes import POINTER, Structure, Union, byref, c_bool, c_char_p, c_double, c_int, c_int64, c_void_p

NULL, INTEGER, REAL, TEXT = range(4)  # fab_value_type
WRITE = 1                             # fab_access


class Number(Union):
    _fields_ = [("integer", c_int64), ("real", c_double), ("text", c_char_p)]


class Value(Structure):
    _fields_ = [("type", c_int), ("number", Number)]

    @classmethod
    def of(cls, value):
        """A value of Python as the library's; a text must live as long as it."""
        if value is None:
            return cls(NULL)
        if isinstance(value, bytes):
            return cls(TEXT, Number(text=value))
        return cls(INTEGER, Number(integer=value)) if isinstance(value, int) else cls(REAL, Number(real=value))


class Parameter(Structure):
    _fields_ = [("name", c_char_p), ("value", Value)]


class OptimiseRequest(Structure):
    _fields_ = [("name", c_char_p), ("policy", c_char_p), ("within", POINTER(c_double)), ("give", POINTER(c_double)), ("calm", c_double), ("integer", c_bool), ("gap", POINTER(c_double)),
                ("time_limit_seconds", c_double), ("worst_gap", c_double), ("values", c_int), ("yield_", c_char_p),
                ("measured", c_char_p), ("scenario", c_char_p), ("start", c_char_p), ("fill", c_char_p), ("goal", c_char_p), ("stages", c_char_p), ("from_plan", c_int64), ("freeze", c_double), ("stability", c_double), ("method", c_char_p), ("robust", c_char_p), ("solver", c_char_p), ("hard", c_bool), ("progress", c_void_p), ("user", c_void_p)]


class OptimiseResult(Structure):
    _fields_ = [("outcome", c_int), ("plan", c_int64), ("answer", c_void_p)]


class SelectRequest(Structure):
    _fields_ = [("sql", c_char_p), ("parameters", POINTER(Parameter)), ("parameter_count", c_int), ("row_limit", c_int)]


class PutRequest(Structure):
    _fields_ = [("tables", POINTER(c_void_p)), ("table_count", c_int), ("replace", c_bool), ("dry_run", c_bool)]


def load():
    """The library, with the types of what it returns: an int where nothing is said."""
    library = ctypes.CDLL("libfabplan.so.0.1")
    for name, kind in {"fab_context_new": c_void_p, "fab_table_new": c_void_p, "fab_table_add_row": POINTER(Value),
                       "fab_result_json": c_void_p, "fab_context_message": c_char_p}.items():
        getattr(library, name).restype = kind
    for name in ("fab_context_free", "fab_close", "fab_result_free", "fab_table_free", "fab_free"):
        getattr(library, name).restype = None
        getattr(library, name).argtypes = [c_void_p]
    for name, kinds in {"fab_context_message": [c_void_p], "fab_open": [c_void_p, c_char_p, c_int, c_void_p], "fab_result_json": [c_void_p],
                        "fab_optimise": [c_void_p] * 4, "fab_select": [c_void_p] * 4, "fab_put": [c_void_p] * 4,
                        "fab_table_new": [c_char_p, POINTER(c_char_p), c_int], "fab_table_add_row": [c_void_p]}.items():
        getattr(library, name).argtypes = kinds
    return library


class FabError(Exception):
    pass


class Fab:
    """An open fab: `with Fab("data/mini") as fab`."""

    def __init__(self, data):
        self.library = load()
        self.context, self.handle = self.library.fab_context_new(), c_void_p()
        self.check(self.library.fab_open(self.context, data.encode(), WRITE, byref(self.handle)))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.library.fab_close(self.handle)
        self.library.fab_context_free(self.context)

    def check(self, status):
        if status:
            raise FabError(self.library.fab_context_message(self.context).decode())

    def take(self, result):
        """A result as Python has it; frees it."""
        text = self.library.fab_result_json(result)
        try:
            return json.loads(ctypes.string_at(text))
        finally:
            self.library.fab_free(text)
            self.library.fab_result_free(result)

    def optimise(self):
        result = OptimiseResult()
        self.check(self.library.fab_optimise(self.context, self.handle, byref(OptimiseRequest()), byref(result)))
        return self.take(result.answer)

    def select(self, sql, **values):
        """The rows of a SELECT, each a dict; :name in the SQL is the argument of that name."""
        values = {name: value.encode() if isinstance(value, str) else value for name, value in values.items()}
        parameters = (Parameter * len(values))(*(Parameter(b":" + name.encode(), Value.of(value)) for name, value in values.items()))
        result = c_void_p()
        request = SelectRequest(sql.encode(), parameters, len(values), 0)
        self.check(self.library.fab_select(self.context, self.handle, byref(request), byref(result)))
        return self.take(result)["rows"]

    def put(self, name, rows):
        """Rows, dicts with the same keys, into the input table of that name."""
        columns = list(rows[0])
        table = self.library.fab_table_new(name.encode(), (c_char_p * len(columns))(*(column.encode() for column in columns)), len(columns))
        texts = []  # alive until the rows are put
        try:
            for row in rows:
                cells = self.library.fab_table_add_row(table)
                for c, value in enumerate(row.values()):
                    texts.append(value.encode() if isinstance(value, str) else value)
                    cells[c] = Value.of(texts[-1])
            result, tables = c_void_p(), (c_void_p * 1)(table)
            self.check(self.library.fab_put(self.context, self.handle, byref(PutRequest(tables, 1, False, False)), byref(result)))
            return self.take(result)["tables"][0]
        finally:
            self.library.fab_table_free(table)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with Fab(sys.argv[1]) as fab:
        plan = fab.optimise()
        print(f"plan {plan['plan']}: {plan['objective_usd']:g} USD, proven")
        for row in fab.select("SELECT demand, quantity, shipped FROM plan_demand WHERE plan = :plan ORDER BY demand", plan=plan["plan"]):
            print(f"  {row['demand']}: {row['shipped']:g} of {row['quantity']:g}")
        tools = fab.select("SELECT tool_group, line, name, tools + 1 AS tools, availability, max_utilisation FROM tool_group")
        fab.put("tool_group", tools)
        print(f"one more tool in each of {len(tools)} tool groups")
        plan = fab.optimise()
        print(f"plan {plan['plan']}: {plan['objective_usd']:g} USD, proven")


if __name__ == "__main__":
    main()
