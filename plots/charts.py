"""All charts of a set of results, each a function (results, folder) -> paths written; none if there is nothing
to show."""

from plots import losses, pauses, under_load
from plots.cost import cost_one_worker
from plots.heatmap import heatmap
from plots.ladder import ladder
from plots.memory import memory_per_worker
from plots.speedup import speedup
from plots.summary import summary
from plots.switch_interval import switch_intervals


def draw_all(sets, folder):
    """Every chart that the sets hold; their paths as drawn."""
    paths = [path for results in sets for path in draw_set(results, folder)]
    # Where nothing can be compared there is still something to know.
    return paths or [path for results in sets for path in memory_per_worker(results, folder, alone=True)]


def draw_set(results, folder):
    paths = summary(results, folder)
    for kind in results.kinds:
        paths += speedup(results, kind, folder)
    paths += cost_one_worker(results, folder)
    for workers in results.main_counts():
        paths += heatmap(results, workers, folder)
    for chart in (memory_per_worker, ladder, under_load.latency, under_load.packets,
                  switch_intervals, losses.lost_updates, pauses.collector_pauses):
        paths += chart(results, folder)
    return paths
