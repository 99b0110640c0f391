"""Which life a box has: open on the bench, closed, weighed, labelled, in its lane, gone."""

from enum import StrEnum

from wms.kernel.lifecycle import Lifecycle


class PackageState(StrEnum):
    """How far a box is."""

    OPEN = "open"
    CLOSED = "closed"
    WEIGHED = "weighed"
    LABELLED = "labelled"
    STAGED = "staged"
    HANDED_OVER = "handed_over"
    VOID = "void"


class PackageVerb(StrEnum):
    """What can happen to a box."""

    SCAN_ITEM = "scan_item"
    REMOVE_ITEM = "remove_item"
    CLOSE = "close"
    REOPEN = "reopen"
    WEIGH = "weigh"
    UNDO_WEIGH = "undo_weigh"
    LABEL_BOUGHT = "label_bought"
    LABEL_VOIDED = "label_voided"
    SCAN_LABEL = "scan_label"
    RECALL = "recall"
    HAND_OVER = "hand_over"
    VOID = "void"
    REVIVE = "revive"
    """It was given up because nothing was in it any more, and that is taken back."""


PACKAGE = Lifecycle(
    "package",
    {
        PackageState.OPEN: {
            PackageVerb.SCAN_ITEM: PackageState.OPEN,
            PackageVerb.REMOVE_ITEM: PackageState.OPEN,
            PackageVerb.CLOSE: PackageState.CLOSED,
            PackageVerb.VOID: PackageState.VOID,
        },
        PackageState.CLOSED: {
            PackageVerb.WEIGH: PackageState.WEIGHED,
            PackageVerb.REOPEN: PackageState.OPEN,
        },
        PackageState.WEIGHED: {
            PackageVerb.REOPEN: PackageState.OPEN,
            PackageVerb.UNDO_WEIGH: PackageState.CLOSED,
            PackageVerb.LABEL_BOUGHT: PackageState.LABELLED,
        },
        PackageState.LABELLED: {
            PackageVerb.LABEL_VOIDED: PackageState.WEIGHED,
            PackageVerb.SCAN_LABEL: PackageState.STAGED,
        },
        PackageState.STAGED: {
            PackageVerb.RECALL: PackageState.LABELLED,
            PackageVerb.HAND_OVER: PackageState.HANDED_OVER,
        },
        PackageState.HANDED_OVER: {},
        PackageState.VOID: {PackageVerb.REVIVE: PackageState.OPEN},
    },
)

BEGUN = (PackageState.OPEN, PackageState.CLOSED)
LIVE = (*BEGUN, PackageState.WEIGHED, PackageState.LABELLED)
"""Boxes with which somebody at a bench still has something to do."""
