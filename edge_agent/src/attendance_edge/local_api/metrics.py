"""The agent in the words of Prometheus."""

from collections.abc import Iterable, Mapping

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from attendance_edge.instants import from_iso
from attendance_edge.outbox import DeviceState, OutboxSummary

_PREFIX = "attendance_edge_"


def metrics_text(
    summary: OutboxSummary,
    devices: Iterable[DeviceState],
    counts: Mapping[str, int],
    *,
    is_uplink_up: bool,
) -> bytes:
    """All metrics in the text format."""
    registry = CollectorRegistry()
    registry.register(_Collected([*_of_outbox(summary, counts, is_uplink_up), *_of(devices)]))
    return generate_latest(registry)


class _Collected:
    def __init__(self, metrics: list[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> list[Metric]:
        return self._metrics


def _of_outbox(
    summary: OutboxSummary, counts: Mapping[str, int], is_uplink_up: bool
) -> list[Metric]:
    return [
        _gauge("queued_punches", "Punches that wait for a receipt", summary.queued),
        _gauge("rejected_punches", "Punches the service refused", summary.rejected),
        _gauge("quarantined_records", "Records that say nothing", summary.quarantined),
        _gauge("disk_full", "1 while the disk is full", int(summary.is_disk_full)),
        _gauge("uplink_up", "1 while the service takes punches", int(is_uplink_up)),
        *(
            CounterMetricFamily(f"{_PREFIX}{name}", f"Uploaded: {name}", value=counts.get(name, 0))
            for name in ("accepted", "duplicates", "rejected", "batches")
        ),
    ]


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(_PREFIX + name, text, value=value)


def _of(devices: Iterable[DeviceState]) -> list[Metric]:
    states = list(devices)
    return [
        _by_device("terminal_up", "1 after a reading", {d.device_id: int(d.ok) for d in states}),
        _by_device(
            "terminal_read_timestamp_seconds",
            "When the log was last read whole or found unchanged",
            {d.device_id: from_iso(d.read_at).timestamp() for d in states if d.read_at},
        ),
        _by_device(
            "terminal_clock_offset_seconds",
            "The terminal's clock minus this machine's",
            {
                d.device_id: d.clock_offset_seconds
                for d in states
                if d.clock_offset_seconds is not None
            },
        ),
        _by_device(
            "terminal_records",
            "Records in the terminal's log",
            {d.device_id: d.records_on_device for d in states if d.records_on_device is not None},
        ),
    ]


def _by_device(name: str, text: str, values: Mapping[str, float]) -> Metric:
    metric = GaugeMetricFamily(_PREFIX + name, text, labels=["device_id"])
    for device_id, value in values.items():
        metric.add_metric([device_id], value)
    return metric
