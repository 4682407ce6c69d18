"""What is drawn together: the rows and conclusions of results files of one machine, size, baseline and conditions.

A ratio is always of one file, as conclude says it. So files are laid over each other where their ratios mean the
same, and make a set of charts of their own where they do not. Knows nothing about drawing.
"""

import dataclasses
import os
import re

from plots import report, style
from plots.footer import describe_blocks, describe_context
from plots.result_file import DataError
from plots.rows import read_file

KINDS = ("cpu", "shared", "io", "mixed")
# A chart has a line for each strategy and a panel for each workload; more would be no chart, and at
# some size no picture.
MOST_STRATEGIES, MOST_WORKLOADS = 100, 400


class Session:
    """One results file: its context, what conclude says of it, and its rows with both."""

    def __init__(self, path):
        self.path, self.name = path, os.path.basename(path)
        self.context, rows = read_file(path)
        self.report = report.ask(path)
        facts = {fact.key: fact for fact in self.report.facts}
        self.rows = [dataclasses.replace(row, fact=facts.get(row.key), session=self) for row in rows]
        self.conclusions = [dataclasses.replace(each, session=self) for each in self.report.conclusions]
        self.baseline = self.report.baseline

    @property
    def has_speeds(self):
        return any(row.has_speed for row in self.rows)

    @property
    def size(self):
        return self.context.get("size", "")

    @property
    def cpu(self):
        return self.context.get("cpu_model") or self.context.get("host_name", "")

    @property
    def cores(self):
        return self.context.get("usable_cores") or self.context.get("num_cpus", 1)

    def rename(self, names):
        """names: strategy -> what it is called beside other files."""
        def renamed(each):
            return dataclasses.replace(each, strategy=names.get(each.strategy, each.strategy))

        self.rows = list(map(renamed, self.rows))
        self.baseline = names.get(self.baseline, self.baseline)
        self.conclusions = [
            dataclasses.replace(each, standings=tuple(map(renamed, each.standings)),
                                baseline=names.get(each.baseline, each.baseline))
            for each in self.conclusions]


class Results:
    """One set of charts. Rows by (strategy, workload, workers): `by_key` has those whose time is a speed,
    `measured` those that have metrics (a row may be in both), `unmeasured` those that should have and
    failed, and `swept` those measured with several switch intervals, by interval."""

    def __init__(self, sessions, label="", suffix=""):
        """sessions: of one machine, size and baseline; of the same row in two the later one counts. label,
        suffix: what distinguishes the charts' titles and files from those of the first set."""
        self.sessions, self.label, self.suffix = sessions, label, suffix
        self.by_key, self.measured, self.unmeasured, self.swept = {}, {}, {}, {}
        for session in sessions:
            for row in session.rows:
                self.add(row, session.context.get("switch_interval_us"))
        self.check_size()
        rows = self.by_key.values()
        self.strategies = shown_names({row.strategy for row in rows})
        self.kinds = sorted(
            {row.kind for row in rows},
            key=lambda kind: (KINDS.index(kind) if kind in KINDS else len(KINDS), kind),
        )
        with_speeds = [session for session in sessions if session.has_speeds] or sessions
        self.cores = with_speeds[0].cores
        self.baseline = with_speeds[0].baseline
        self.conclusions = [each for session in with_speeds for each in session.conclusions
                            if each.kind in self.kinds]

    def check_size(self):
        """Raises DataError where there is more than charts can show."""
        every = [row for rows in (self.by_key, self.measured, self.unmeasured)
                 for row in rows.values()]
        for what, names, most in (
                ("strategies", {row.strategy for row in every}, MOST_STRATEGIES),
                ("workloads", {row.workload for row in every}, MOST_WORKLOADS)):
            if len(names) > most:
                raise DataError(f"{len(names)} {what} are more than the {most} that can be shown")

    def add(self, row, own_interval_us):
        key = (row.strategy, row.workload, row.workers)
        if row.switch_interval_us:
            self.swept.setdefault(key, {})[row.switch_interval_us] = row
            if row.switch_interval_us != own_interval_us:
                return
        if row.metrics:
            self.measured[key] = row
        elif not row.has_speed:
            self.unmeasured[key] = row
        if row.has_speed:
            self.by_key[key] = row

    def metric(self, strategy, workload, workers, name):
        """The repetitions' values, () where there are none."""
        row = self.measured.get((strategy, workload, workers))
        return row.metrics.get(name, ()) if row else ()

    def strategies_with(self, workload, name):
        """Those that have this metric of this workload, in every legend's order."""
        return shown_names({row.strategy for row in self.measured.values()
                            if row.workload == workload and name in row.metrics})

    def sizes_of(self, workload):
        """The workload under the names of its sizes, among rows with metrics: "mixed/a", "mixed/a (full)"."""
        names = {row.workload for rows in (self.measured, self.unmeasured) for row in rows.values()}
        return sorted(name for name in names if name == workload or name.startswith(f"{workload} ("))

    def get(self, strategy, workload, workers):
        return self.by_key.get((strategy, workload, workers))

    def workloads(self, kind):
        return sorted({row.workload for row in self.by_key.values() if row.kind == kind})

    def worker_counts(self, kind):
        return sorted({row.workers for row in self.by_key.values() if row.kind == kind})

    def concluded(self, *kinds, workers=None, alone=False):
        """The conclusions of these kinds, at this number of workers, or else those that sum up their kind. Where the
        baseline stands alone with one worker nothing is compared: such ones are only among them if `alone`."""
        return [each for kind in kinds for each in self.conclusions
                if each.kind == kind and (each.is_main if workers is None else each.workers == workers)
                and (alone or each.workers > 1 or [s for s in each.standings if s.strategy != each.baseline])]

    def main_counts(self):
        """The numbers of workers at which the kinds are summed up."""
        return sorted({each.workers for each in self.concluded(*self.kinds)})

    def machine_limit(self):
        """(what all cores at once gave over one, how many they are), or None where no file measured it."""
        found = [(s.report.machine_limit, s.report.limit_cores) for s in self.sessions if s.report.machine_limit]
        return found[-1] if found else None

    def rows_of(self, conclusion):
        """Those that a conclusion's ratios are of."""
        names = {standing.strategy for standing in conclusion.standings}
        return [row for row in conclusion.session.rows
                if row.strategy in names and row.workload in conclusion.workloads
                and row.workers in (1, conclusion.workers) and row.is_timed]

    def footer(self, rows):
        """The small print: what these rows were measured on, how often, and with how much noise."""
        found = [(session, [row for row in rows if row.session is session]) for session in self.sessions]
        found = [(session, own) for session, own in found if own]
        machines = [describe_context(session.context) for session, _ in found]
        blocks = [(session.name + ": " if len(found) > 1 else "") + describe_blocks(session.report, own)
                  for session, own in found]
        return [*dict.fromkeys(machines), *blocks]


def shown_names(names):
    """In every legend's order. A second name of a strategy (X#2) is there to measure noise; it is shown where
    there is nothing else to compare with, as in conclude's sentences."""
    originals = {style.original(name) for name in names}
    return sorted(originals & set(names) if len(originals) > 1 else names, key=style.rank)


def load(paths):
    """The sets of charts of all files: [Results]. Raises DataError for the first that cannot be used."""
    sessions = [Session(path) for path in dict.fromkeys(map(str, paths))]
    name_versions(sessions)
    return sets_of(sessions)


def name_versions(sessions):
    """Two versions of another Python stay apart: the later one gets its version into its name."""
    first = {}
    for session in sessions:
        versions = {row.strategy: row.version or session.context.get("python_version", "").split(" ")[0]
                    for row in session.rows if row.strategy.startswith(style.REFERENCES)}
        session.rename({strategy: f"{strategy}_{version}" for strategy, version in versions.items()
                        if version != first.setdefault(strategy, version)})


def sets_of(sessions):
    """Files whose ratios mean the same, together. What has no ratios goes to the first of its machine."""
    groups = {}
    for session in sorted(sessions, key=lambda each: not each.has_speeds):
        place = (session.cpu, session.cores, session.size, session.baseline, session.context.get("conditions", ""))
        if not session.has_speeds:
            place = next((other for other in groups if other[:2] == place[:2]
                          and session.size in ("", other[2])), place)
        groups.setdefault(place, []).append(session)
    sets, suffixes = [], {""}
    for place, members in groups.items():
        members.sort(key=sessions.index)
        label = difference(place, next(iter(groups)))
        suffix = f"_{re.sub(r'[^0-9a-z]+', '_', label.lower()).strip('_')}" if sets else ""
        while suffix in suffixes and sets:
            suffix += f"_{len(sets) + 1}"
        suffixes.add(suffix)
        sets.append(Results(members, label, suffix))
    return sets


def difference(place, first):
    """What a set's machine, size, baseline or conditions are, where they are not the first set's."""
    (cpu, cores, size, baseline, conditions), other = place, first
    parts = [cpu] * (cpu != other[0]) + [f"{cores} cores"] * (cores != other[1])
    parts += [f"size {size}"] * (bool(size) and size != other[2]) + [f"over {baseline}"] * (baseline != other[3])
    parts += [conditions or "as usual"] * (conditions != other[4])
    return ", ".join(parts)
