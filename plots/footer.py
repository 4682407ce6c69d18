"""The small print of a chart: what it was measured on, how often, and with how much noise."""

HATCHED = "Hatched: too few blocks for a verdict."
WHISKERS = "Whiskers: 95 % intervals over blocks."


def left_out_notes(conclusions):
    """What the means leave out, by name."""
    said = [f"{each.subject}: {reason}" for each in conclusions for reason in each.left_out]
    return [f"Left out of the means: {'; '.join(dict.fromkeys(said))}."] if said else []


def describe_context(context):
    parts = []
    cores = context.get("num_cpus")
    cpu = context.get("cpu_model") or context.get("host_name")
    if cpu:
        parts.append(cpu)
    if cores:
        parts.append(f"{cores} core" + ("s" if cores != 1 else ""))
    if context.get("usable_cores", cores) != cores:
        parts.append(f"{context['usable_cores']} of them usable")
    if context.get("python_version"):
        parts.append("CPython " + context["python_version"].split()[0])
    elif context.get("compiler"):
        parts.append(context["compiler"])
    if context.get("commit"):
        parts.append("commit " + context["commit"][:12])
    if context.get("date"):
        parts.append(context["date"][:10])
    if context.get("size"):
        parts.append(f"size {context['size']}")
    if context.get("conditions"):
        parts.append(context["conditions"])
    return " · ".join(parts) or "machine not recorded"


def describe_blocks(said, rows):
    """How often these rows were run, with how much noise, and under which circumstances."""
    counts = sorted({row.fact.usable_blocks for row in rows if row.is_timed})
    parts = []
    if counts:
        number = f"{counts[0]}" if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
        parts.append(f"{number} usable block{'' if counts == [1] else 's'} a row.")
    excluded = sum(row.fact.excluded_blocks for row in rows if row.is_timed)
    if excluded and not said.circumstances:
        parts.append(f"{excluded} blocks excluded.")
    noise = said.noise_sentence.removeprefix("A/A: ")
    parts.append(f"Noise floor: {noise or 'not measured (no strategy ran under two names).'}")
    return " ".join(parts + [said.circumstances] * bool(said.circumstances))
