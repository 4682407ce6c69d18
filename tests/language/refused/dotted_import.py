"""Modules within packages are left out."""
import math
import os.path
