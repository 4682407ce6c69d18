"""The reducer: what it leaves still fails, and is small."""
import ast
import time

from reducing import Reducer, minimise

PROGRAM = '''
import math


class A:
    def f(self, x):
        for i in range(3):
            if i == x:
                y = [1, 2, math.isqrt(x + 3), "text"]
                return y
        return None


def other(a, b=2):
    try:
        return a / b
    except ZeroDivisionError:
        return -1
    finally:
        print("done")


print(other(1), A().f(2))
'''


def test_a_list_is_minimised_to_what_is_needed():
    asked = []

    def fails(items):
        asked.append(items)
        return {3, 17, 40} <= set(items)

    assert minimise(list(range(64)), fails) == [3, 17, 40]
    assert len(asked) < 500


def test_statements_and_expressions_go():
    small = Reducer(lambda text: "isqrt" in text and ast.parse(text) is not None, 60).reduce(PROGRAM)
    assert "isqrt" in small and len(small) < 20


def test_what_is_left_still_fails():
    def fails(text):
        tree = ast.parse(text)
        return any(isinstance(n, ast.Try) for n in ast.walk(tree)) and "b=2" in text

    small = Reducer(fails, 60).reduce(PROGRAM)
    assert fails(small)
    assert len(small.splitlines()) < 9


def test_nothing_is_changed_where_all_of_it_is_needed():
    text = "print(1)"
    assert Reducer(lambda candidate: candidate == text, 10).reduce(text) == text


def test_what_is_no_python_loses_lines_and_bytes():
    text = b"x = 1\nprint(\x00)\ny = (\n"
    assert Reducer(lambda candidate: b"\x00" in candidate, 10).reduce(text) == b"\x00"


def test_results_lose_what_is_not_needed():
    text = b'{"context": {"a": 1}, "benchmarks": [{"x": 1}, {"x": {"deep": [1, 2, null]}, "y": 2}]}'
    small = Reducer(lambda candidate: b"null" in candidate, 10).reduce_json(text)
    assert small == b'{"benchmarks": [{"x": {"deep": [null]}}]}'


def test_the_deadline_is_kept():
    started = time.monotonic()

    def slow(text):
        time.sleep(0.02)
        return True

    Reducer(slow, 0.3).reduce(PROGRAM * 5)
    assert time.monotonic() - started < 3
