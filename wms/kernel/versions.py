"""Rows that several people may edit at once carry a version; who edits an old one is told so."""

from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.orm.attributes import flag_modified

from wms.kernel.refusal import Stale


class Versioned:
    """A table whose rows count their changes. The number is the row's ETag."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, object]:
        """Let every ORM update check and raise the version."""
        return {"version_id_col": cls.version}


def same_version(row: Versioned, expected: int | None) -> None:
    """Raise Stale where the editor saw another version; None means that the editor did not say."""
    if expected is not None and row.version != expected:
        raise Stale(version=row.version, expected=expected)


def touch(row: Versioned) -> None:
    """Count a change of what belongs to the row (a warehouse's hours, a lane's cut-offs) as a change of the row."""
    flag_modified(row, "created_at")
