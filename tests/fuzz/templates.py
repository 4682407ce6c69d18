"""The grammar of random expressions: per type what makes a value of it, with $type where another
value goes. A template with lines before its last one is a piece of statements, whose last line is the
value. $T is the program's own class, $name a name of the head (expressions.py)."""

LEAVES = {
    "int": """0|1|-1|2|3|5|7|10|-3|255|256|-256|1000|2**31|2**31-1|-2**31|2**32|2**53|2**53+1|2**62|2**63-1|
        2**63|-2**63|-2**63-1|2**64|10**18|10**19|10**30|-10**25|True|False|0x7fff_ffff|0b1011|0o17|123456789|
        2**100-1|3**41|-7**30|10**100|1<<65|~0""",
    "small": "0|1|2|3|-1|-2|4|5|7|10|True|False",
    "float": """0.0|-0.0|1.0|-1.5|0.1|0.5|2.5|1e16|1e22|1e-7|123456.789|1e308|5e-324|2.0**53|1e100|
        float('inf')|float('-inf')|float('nan')|3.14159|1/3|-1e-300|0.30000000000000004|1e15|9.5""",
    "str": """''|'a'|'abc'|'hello world'|'A'|'Ab cD'|' x '|'\\t\\n a\\r\\n'|'1'|'-12'|' 42 '|'3.5'|'1e5'|'0x1f'|
        'aXbXc'|'a,b,,c'|'é'|'ß'|'İ'|'ŉ'|'ﬁ'|'Ωmega'|'日本語'|'😀x'|'\\x00'|'\\x7f'|'%s'|'%d'|'{}'|'{0!r:>8}'|
        'e\\u0301'|'٣'|'½'|'²'|'ǅ'|'\\u2028'|'\\x85'|'\\xa0'|'a'*70|'line1\\nline2\\rline3\\x0bx'|"it's"|
        'say "hi"'|'\\\\'|'_x1'|'if'|'nan'|'inf'|'1_000'|'True'|'\\U0001F468\\u200d'|'Σς'|'ΑΣ'""",
    "bytes": """b''|b'a'|b'abc'|b'\\x00\\xff'|b' x\\t\\n'|b'aXbX'|b'12'|bytes(3)|bytes(range(250,256))|
        'é'.encode()|b"it's"|b'AbC'|b'a,b'|b'\\xc3'|b'%d'|b'line\\nb\\r\\nc'""",
    "bool": "True|False|not 0|1 > 2",
    "none": "None",
    "list": """[]|[0]|[1, 2, 3]|[3, 1, 2]|['a', 'b']|[None]|[[], [1]]|[1, 'a', None]|[0.5, 2, True]|
        [(1, 2), (0, 3)]|['b', 'a', 'C']|[1, 1.0, True]|[nan, nan]|list('hello')""",
    "tuple": "()|(0,)|(1, 2)|(1, 'a', 2.5)|('x', 'y')|((), (1,))|(None, True)|(3, 2, 1)|(1, [2], {3: 4})",
    "dict": """{}|{'a': 1}|{1: 2, 3: 4}|{'x': [1], 'y': None}|{(1, 2): 'p'}|{1: 'i', 1.0: 'f', True: 'b'}|
        {None: 0}|dict(a=1, b=2)|{'k': {'n': 1}}|{0: 1, False: 2}|{nan: 1}""",
    "set": "set()|{1}|{1, 2, 3}|{'a'}|frozenset()|frozenset([1, 2])|{True}|{(1,)}",
    "range": """range(0)|range(5)|range(1, 10, 3)|range(10, 0, -2)|range(-3, 3)|range(2**40, 2**40+3)|
        range(5, 5)|range(0, -5)|range(0, 7, 100)""",
    "slice": """slice(None)|slice(1)|slice(1, 3)|slice(None, None, -1)|slice(-2, None)|slice(0, 10, 2)|
        slice(5, 1, -1)|slice(True, 2)|slice(2**70)|slice(None, -2**70, -1)|slice(N(1), N(3))|slice('a')|slice(1, 2, 0)""",
    "own": "T(1)|T(-2)|T('s')|T([1])|N(2)|N(-1)|N(True)|Q([1, 2])|Q('ab')|E()|H(1)|H(2)|U()|K(3)|W(0)",
    "func": """len|str|abs|(lambda x: x)|(lambda *a, **k: (a, k))|(lambda: 1)|repr|(lambda x, y=2: (x, y))|
        int|bool|(lambda x: -x)|add|one|type|T|boom|'a'.join|[1].count|max|N|sorted|ident""",
    "class": "int|str|list|dict|tuple|float|bool|set|range|object|type|T|N|Q|E|Exception|ValueError|KeyError",
    "spec": """''|'d'|'5'|'<5'|'>8'|'^7'|'05'|'+'|'x'|'#x'|'b'|'o'|','|'_'|'.2f'|'10.3f'|'e'|'g'|'%'|'.0%'|'s'|
        '.2'|'*^9'|'c'|'#b'|'=+6'|' '|'010,.1f'|'n'|'é>4'|'.3s'|'<'|'0'|'-'|'X'|'E'|'G'|'F'|'#g'|'#.0e'|'08.3'|
        '_b'|'zz'|'1.d'|'{'|'+s'|',s'|'=5'|'.5d'|'100'|'.40f'|'_x'|',_'|'#o'|'^+12,.2e'""",
    "iterator": "iter([1, 2])|iter('ab')|iter(())|reversed([1, 2])|gen(3)|enumerate('ab')|zip('ab', [1, 2])|iter(Q('xy'))",
    "exc": "ValueError('v')|KeyError('k')|Exception()|TypeError(1, 2)|StopIteration(5)|OSError(2, 'no')|IndexError()|ZeroDivisionError|X(3)|X",
}

# How often a hole of that type is filled: the first group is "any".
ANY = ("int int float str str bytes bool none list list tuple dict set range own own func class iterator "
       "small slice exc").split()

NODES = {
    "int": """$int + $int|$int - $int|$int * $int|$int // $int|$int % $int|$int ** $small|$int & $int|$int ^ $int|
        $int \\| $int|$int << $small|$int >> $small|-$int|+$int|~$int|abs($int)|len($seq)|hash($int) % 97|
        $str.find($str)|$str.count($str)|$str.index($str)|$str.rfind($str, $small)|int($any)|int($str, $small)|
        ord($str)|$list.index($any)|$list.count($any)|sum($list)|max($iterable)|min($iterable)|round($float)|
        $int if $any else $int|pow($int, $small, $int)|divmod($int, $int)[0]|$int.bit_length()|
        int.from_bytes($bytes, 'big')|$bytes.find($bytes)|$bytes[$small]|$tuple.count($any)|$range.index($int)|
        math.gcd($int, $int)|math.isqrt($int)|math.floor($float)|math.ceil($float)|math.trunc($float)|
        $any or $int|$any and $int|(lambda n: n + 1)($int)|$int.__index__()|math.factorial($small)|
        math.comb($small, $small)|round($int, $small)|bool($any) + $int|$range.count($any)|int($float)|
        int(str($int))|sum($iterable, $int)|math.lcm($int, $int)|$float.__floor__()|$int.__add__($any)|
        len(str($any)) * 0|sum(1 for _ in $iterable)|$dict.get($any, $int)|math.perm($small)""",
    "small": "len($seq) % 5|$small|$small|min($small, $small)|-$small",
    "float": """$float + $float|$float - $float|$float * $float|$float / $float|$float // $float|$float % $float|
        $float ** $small|-$float|abs($float)|$int / $int|float($any)|float($str)|round($float, $small)|
        math.sqrt($float)|math.pow($float, $float)|$int * $float|$float - $int|math.fmod($float, $float)|
        math.floor($float) / 2|sum([$float, $float])|divmod($float, $float)[1]|$float if $bool else $float|
        math.hypot($float, $float)|math.copysign($float, $float)|math.ldexp($float, $small)|
        math.remainder($float, $float)|math.fsum([$float, $float, $float])|$int % $float|
        math.nextafter($float, $float)|math.ulp($float)|math.exp($small)|math.log($float)|math.degrees($small)|
        math.dist([$small], [$float])|math.prod([$float, $int])|math.fabs($any)|math.atan2($float, $float)|
        $float.__rsub__($any)|float.fromhex($str)|math.modf($float)|$float.as_integer_ratio()|$float.hex()""",
    "str": """$str + $str|$str * $small|$small * $str|$str[$small]|$str[$small:$small]|$str[::$small]|$str[$slice]|
        $str.upper()|$str.lower()|$str.title()|$str.swapcase()|$str.capitalize()|$str.casefold()|$str.strip()|
        $str.strip($str)|$str.lstrip()|$str.rstrip($str)|$str.replace($str, $str)|$str.replace($str, $str, $small)|
        $str.join($list)|$str.join([$str, $str])|$str.center($small, $str)|$str.ljust(9)|$str.rjust(7, '*')|
        $str.zfill(6)|$str.expandtabs($small)|$str.removeprefix($str)|$str.removesuffix($str)|str($any)|
        repr($any)|ascii($any)|format($any, $spec)|format($int, $spec)|format($float, $spec)|format($str, $spec)|
        chr($int)|chr($small)|hex($int)|oct($int)|bin($int)|$str % $any|'%s %r' % ($any, $any)|'%5d\\|%-6.2f' % ($int, $float)|
        '%x %o' % ($int, $int)|'%c' % $any|'%d' % $any|'%g %e' % ($float, $float)|$str % ($any,)|$str % $dict|
        '{} {!r:>9}'.format($any, $str)|$str.format($any)|'{0[0]} {0}'.format($list)|'{:{}}'.format($any, $spec)|
        '{a.real}'.format(a=$int)|'{x[k]}'.format(x=$dict)|$str.translate({97: $any})|f"{$int:>6}{$str!r:^10}"|
        (lambda v, s: f'{v:{s}}')($any, $spec)|f"{$any!s:.3}"|f'{$int=}'|$bytes.decode()|$bytes.decode('latin-1')|
        $bytes.hex()|$str if $any else $str|type($any).__name__|''.join(sorted($str))|''.join(reversed($str))|
        $str.translate(str.maketrans('ab', 'xy'))|$str.__mul__($own)|$bytes.decode('utf-8', 'replace')|
        '%(a)s' % {'a': $any}|'%*.*f' % ($small, $small, $float)|'%-+8.3d' % $any|'%#x' % $int|'%5.1s' % $any|
        $str.__getitem__($any)|$str.format_map($dict)|str($bytes, 'utf-8')|'%i%%' % $int|max($str, $str)""",
    "bytes": """$bytes + $bytes|$bytes * $small|$bytes[$small:$small]|$bytes[::$small]|$bytes.upper()|
        $bytes.replace($bytes, $bytes)|$bytes.strip()|$bytes.join([$bytes, $bytes])|bytes($list)|bytes([$small])|
        $str.encode()|$str.encode('latin-1')|$str.encode('ascii', 'replace')|$str.encode('latin-1')|
        bytes.fromhex($str)|$int.to_bytes(8, 'big')|$int.to_bytes($small, 'little', signed=True)|$bytes.rjust(6)|
        $bytes.zfill(5)|$bytes.title()|$bytes.center(7, b'*')|bytes($own)|bytes($small)|$bytes.swapcase()|$bytes[$slice]|
        $bytes.lstrip($bytes)|$bytes.removeprefix($bytes)|bytes($range)""",
    "bool": """$any == $any|$any != $any|$any is $any|$any is not $any|$any < $any|$int < $int|$float <= $float|
        $int >= $float|$str < $str|$list < $list|$tuple >= $tuple|$set <= $set|$any in $seq|$any not in $seq|
        $int in $range|$str in $str|not $any|bool($any)|isinstance($any, $class)|issubclass($class, $class)|
        callable($any)|hasattr($any, $attr)|all($iterable)|any($iterable)|$str.startswith($str)|
        $str.endswith(($str, $str))|$str.isalpha()|$str.isdigit()|$str.isspace()|$str.isupper()|$str.istitle()|
        $str.isidentifier()|$str.isprintable()|$str.isnumeric()|$str.isdecimal()|$str.isalnum()|$str.islower()|
        $str.isascii()|$bytes.isalpha()|$bytes in $bytes|$int < $int < $int|$any == $any == $any|
        math.isnan($float)|math.isclose($float, $float)|$float.is_integer()|$set.isdisjoint($iterable)|
        $set.issubset($iterable)|$set > $set|$dict == $dict|$int == $float|$range == $range|$bytes <= $bytes|
        $small in $bytes|$any in $dict|$int.__eq__($any)|$str.__contains__($any)|$set.__le__($any)""",
    "list": """$list + $list|$list * $small|$list[$small:$small]|$list[::$small]|$list[$slice]|sorted($iterable)|
        sorted($list, key=$func)|sorted($iterable, reverse=$bool)|list($iterable)|list(map($func, $iterable))|
        list(filter($func, $iterable))|list(zip($iterable, $iterable))|list(enumerate($iterable, $small))|
        list(reversed($seq))|$str.split()|$str.split($str)|$str.split($str, $small)|$str.rsplit($str, $small)|
        $str.splitlines()|$str.splitlines(True)|$bytes.split($bytes)|$bytes.splitlines()|[*$iterable, $any]|
        [$any, $any]|[x for x in $iterable]|[x for x in $iterable if x]|[(x, y) for x in $iterable for y in $seq][:20]|
        list($dict.items())|list($dict)|$list.copy()|[$any for _ in range($small)]|list($range)|
        [*map($func, $seq)]|(lambda *a: list(a))(*$iterable)|$list if $any else $list|[y := $int, y]|$any and $list|
        [$func(x) for x in $seq]|list($dict.values())|[i for i in zip($list, $list)]|list(map(str, $iterable))|
        list(iter($list))""",
    "tuple": """$tuple + $tuple|$tuple * $small|$tuple[$small:$small]|tuple($iterable)|($any, $any)|($any,)|
        divmod($int, $int)|divmod($float, $float)|$str.partition($str)|$str.rpartition($str)|tuple(sorted($list))|
        (*$iterable, $any)|max($list, $list, key=len)|$tuple[$slice]|math.frexp($float)|
        $exc.args|$bytes.partition($bytes)|($int, *$tuple)""",
    "dict": """{$any: $any}|{**$dict, $any: $any}|dict($dict)|dict(zip($seq, $seq))|{k: v for k, v in $dict.items()}|
        {x: $any for x in $iterable}|$dict.copy()|$dict \\| $dict|dict.fromkeys($iterable, $any)|dict($any)|
        dict($dict, z=$any)|dict([($any, $any)])|(lambda **k: k)(**$dict)|{i: i * i for i in range($small)}|
        dict($list)|(lambda a=1, **k: (a, k))(**$dict)|$dict \\| $any""",
    "set": """{$any, $any}|set($iterable)|frozenset($iterable)|$set \\| $set|$set & $set|$set - $set|$set ^ $set|
        {x for x in $iterable}|$set.union($iterable, $iterable)|$set.intersection($iterable)|
        $set.difference($iterable)|$set.symmetric_difference($iterable)|$set.copy()|{*$iterable}|$dict.keys() & $set|
        $dict.keys() - $iterable|$dict.items() \\| $set|$set \\| $any|$set - $any|$dict.keys() ^ $set""",
    "range": "range($small)|range($small, $small)|range($small, $small, $small)|$range[$slice]|$range[::$small]",
    "slice": "slice($small)|slice($small, $small)|slice($any, $any, $any)|slice(None, $small, $small)",
    "own": """T($any)|N($small)|Q($iterable)|H($any)|$own + $any|$any + $own|$own * $own|-$own|$own - $int|
        $own[$any]|abs($own)|K($any)|$own // $any|$own % $any|$any ** $own|$any << $own|$own & $any|~$own|round($own)|$own.v""",
    "func": "(lambda x: $any)|(lambda *a: $any)|$own.go|$str.join|$list.append|$dict.get|T.go|str.upper|int.__add__|getattr($any, $attr)",
    "class": "type($any)",
    "iterator": """iter($iterable)|reversed($seq)|map($func, $iterable)|zip($iterable, $iterable)|enumerate($iterable)|
        filter($func, $iterable)|(x for x in $iterable)|($func(x) for x in $seq)|gen($small)|
        zip($iterable, $iterable, strict=$bool)|enumerate($iterable, $any)|map($func, $seq, $seq)|iter($any)|
        zip(*$list)|$dict.items()|$dict.keys()|$dict.values()""",
    "exc": "ValueError($any)|KeyError($any)|TypeError($any, $any)|X($any)|OSError($small, $any)|StopIteration($any)|$exc.__class__",
    "none": "None|print|[].append($any)|setattr(T(1), $attr, $any)",
    "any": """$any if $any else $any|$any or $any|$any and $any|$seq[$small]|$seq[$any]|$dict[$any]|$dict.get($any)|
        $func($any)|$func($any, $any)|$func()|$func(*$iterable)|$func(**$dict)|$any + $any|$any - $any|$any * $small|
        $any / $any|$any % $any|$any // $any|$any & $any|$any \\| $any|$any ^ $any|-$any|~$any|$any ** $small|
        next($iterator)|next($iterator, $any)|next($any)|max($any, $any)|min($iterable, default=$any)|
        getattr($any, $attr)|getattr($any, $attr, $any)|(lambda x, y=$any: (x, y))($any)|$dict.pop($any, $any)|
        $dict.setdefault($any, $any)|type($any)|sum($iterable, $any)|round($any)|abs($any)|divmod($any, $any)|
        $any[$any]|$any.__class__|len($any)|iter($any)|hash($any) * 0|(x := $any, x)|$exc|max($iterable, key=$func)|
        min($iterable, key=$func)|sorted($any)|list($any)|tuple($any)|pow($any, $small)|$any >> $small|format($any)|
        (lambda a, /, b, *, c=1: (a, b, c))($any, $any)|(lambda a, /, b, *, c=1: (a, b, c))($any, b=$any, c=$any)|
        vars($own)|$own.v|$any << $small""",
}

STATEMENTS = """x = $list; x += $any; x
x = $list; x[$small] = $any; x
x = $list; x[$small:$small] = $iterable; x
x = $list; x[$slice] = $any; x
x = $list; x[::$small] = $iterable; x
x = $list; del x[$small]; x
x = $list; del x[$small:$small]; x
x = $list; del x[$slice]; x
x = $list; x.append($any); x.insert($small, $any); x
x = $list; y = x.pop($small); (x, y)
x = $list; x.extend($iterable); x
x = $list; x.remove($any); x
x = $list; x.sort(key=$func); x
x = $list; x.sort(reverse=$bool); x
x = $list; x.reverse(); x *= $small; x
x = $list; x.append(x); (len(x), repr(x)[:12])
x = $list; x.extend(x); x += x; x
x = $list; x[:] = x; x[1:1] = x; x
x = $list; y = [x.append(i) for i in x if len(x) < 9]; (x, y)
x = $dict; x[$any] = $any; x
x = $dict; del x[$any]; x
x = $dict; x.update($dict); x
x = $dict; x.update($any); x
x = $dict; x.update($dict, q=$any); x
x = $dict; x |= $any; x
x = $dict; y = x.popitem(); (x, y)
x = $dict; x.setdefault($any, []).append($any); x
x = $dict; y = x.pop($any); (x, y)
x = $dict; y = [x.update({i: 1}) for i in x]; (x, y)
x = $dict; y = list(x.items()); x.clear(); (x, y)
x = $dict; v = x.keys(); x[9] = 1; (list(v), 9 in v, len(v))
x = set($iterable); x.add($any); x
x = set($iterable); x.discard($any); x
x = set($iterable); x.remove($any); x
x = set($iterable); x.update($iterable, $iterable); x
x = set($iterable); x &= $any; x
x = set($iterable); x -= set($iterable); x ^= set($iterable); x
x = $set; x |= $set; x
x = $set; y = [x.add(i) for i in x]; (x, y)
x = set($iterable); x.difference_update($iterable); x.intersection_update($iterable); x
x = set($iterable); x.symmetric_difference_update($iterable); x
x = $any; x += $any; x
x = $any; x -= $any; x
x = $any; x *= $small; x
x = $int; x //= $int; x <<= $small; x
x = $any; x |= $any; x
x, y = $any; (x, y)
x, *y = $iterable; (x, y)
*x, y, z = $iterable; (x, y, z)
(x, y), z = $any, $any; (x, y, z)
[x, [y]] = $list; (x, y)
x = y = $list; x += [1]; (x is y, y)
x = $own; x.v = $any; x
x = $own; x.w = $any; del x.w; x.w
x = $own; x[$any] = $any; x
x = $own; del x[$any]; x
x = $own; x += $any; x
x = $own; setattr(x, $attr, $any); getattr(x, $attr)
x = $own; (x == $own, x != x, x in [x])
x = $iterator; (next(x), list(x))
x = $iterator; (list(x), list(x), next(x, 'end'))
x = gen($small); (next(x), x.send($any), x.close())
x = gen(3); (next(x), x.throw(ValueError($any)))
x = gen($small); (list(x), next(x))
x = gen(2); (x.close(), list(x))
for x in $iterable: y = x; (x, y)
for x, y in $iterable: pass; (x, y)
for x, *y in [$iterable, $iterable]: pass; (x, y)
raise $exc
raise $exc from $exc
raise $any
assert $any, $any; 'held'
x = [$exc]; (str(x[0]), repr(x[0]), x[0].args)
x = $list; x[x.pop()] = $any; x
x = $bytes; x += $any; x
x = $str; x += $any; x *= $small; x
x = $tuple; x += $any; x
x = range($int); (len(x), x)
x = range($any, $any); (x, len(x), x[1:3])
x = $range; (len(x), list(x)[:9], x.start, x.stop, x.step)
x = {$any: $any for _ in range(2)}; x
x = lambda a, b=$any, *c, d=$any, **e: (a, b, c, d, e); x($any, *$iterable, **$dict)
x = lambda a, b=$any, *c, d=$any, **e: (a, b, c, d, e); x($any, d=$any, b=$any)
x = lambda a, /, *, b: (a, b); x($any, b=$any)
x = [lambda: i for i in range(3)]; [f() for f in x]
del x; x
x = $func; x($any)
x = $any; x.foo = 1; x.foo
x = $any; x[0] = 1; x
x = $any; del x[0]; x
global G; G = $any; G
x = $class; (x.__name__, x($any))
x = $class; x($any, $any)
x = $list; sorted(x, key=lambda i: (str(type(i)), str(i)))
x = T($any); x.v.append($any); x
x = iter($list); y = [next(x, None) for _ in range(3)]; (y, list(x))
x = $str.split($str); '/'.join(x)
x = $dict; {v: k for k, v in x.items()}
x = $list; [(i, j) for i, j in enumerate(x)]
x = [1, 2, 3]; y = iter(x); next(y); x.pop(); x.pop(); (list(y), x)
x = [1, 2, 3]; (x.index($any, $small), x.index($any, $small, $small))
x = K($any); (x.p, x.s(1), x.c(2))
x = K($any); x.p = $any; x.p"""

ATTRIBUTES = """'v'|'go'|'real'|'__class__'|'append'|'__len__'|'nope'|'__name__'|'args'|'keys'|'start'|'__doc__'|'p'|
    'upper'|'__add__'|'__iter__'|'w'|'__call__'|'numerator'|'imag'|''|'a b'|5|'__init__'|'__module__'|'__next__'|
    '__hash__'|'__eq__'|'__repr__'|'__str__'|'__getitem__'|'__contains__'|'__bool__'|'denominator'|'__dict__'"""
