"""A program is one file: there is no package to import from."""
from . import helper
