"""Errors of the operating system carry a number and a text."""
import os

try:
    os.open("/no/such/file/anywhere", os.O_RDONLY)
except OSError as error:
    print(type(error).__name__, error.errno, error.strerror, error.filename, error)
try:
    os.read(-1, 10)
except OSError as error:
    print(type(error).__name__, error)
r, w = os.pipe()
os.close(r)
try:
    os.write(w, b"nobody reads")
except BrokenPipeError as error:
    print(error)
os.close(w)
try:
    os.environ["GILBENCH_NO_SUCH_NAME"]
except KeyError as error:
    print(error)
