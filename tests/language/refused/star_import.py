"""Every imported name is written out."""
import math
from math import *

print(sqrt(4))
