"""Which boxes there are, what is in them, and what still waits in a tote."""

from wms.packing.lifecycle import PackageState
from wms.packing.queries.benched import Benched, BenchLine, bench_of, in_tote
from wms.packing.queries.boxing import all_boxes, box_for, box_plan, inputs_of, units_of
from wms.packing.queries.packages import (
    Content,
    NoSuchPackage,
    NotWeighed,
    Parcel,
    contents,
    is_label_of,
    is_void_label,
    label_numbers,
    names,
    package,
    package_of_code,
    packages_asked,
    packages_of_fo,
    parcel,
)
from wms.packing.queries.torn import torn_label
from wms.picking.queries import InTote

__all__ = [
    "BenchLine",
    "Benched",
    "Content",
    "InTote",
    "NoSuchPackage",
    "NotWeighed",
    "PackageState",
    "Parcel",
    "all_boxes",
    "bench_of",
    "box_for",
    "box_plan",
    "contents",
    "in_tote",
    "inputs_of",
    "is_label_of",
    "is_void_label",
    "label_numbers",
    "names",
    "package",
    "package_of_code",
    "packages_asked",
    "packages_of_fo",
    "parcel",
    "torn_label",
    "units_of",
]
