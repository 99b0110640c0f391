"""The walls that import-linter has no contract for: what is private to a slice, and what stands alone."""

from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OwnSliceContract(Contract):
    """Only the slice itself may import its `private` files.

    `free` slices may import anybody's, and everybody those of `public` slices.
    """

    private = fields.SetField(subfield=fields.StringField())
    free = fields.SetField(subfield=fields.StringField())
    public = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        strays = [
            f"{importer} -> {imported} (l.{detail['line_number']})"
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self.is_stray(importer.split("."), imported.split("."))
            for detail in graph.get_import_details(importer=importer, imported=imported)
        ]
        return ContractCheck(kept=not strays, metadata={"strays": strays})

    def is_stray(self, importer: list[str], imported: list[str]) -> bool:
        """Tell whether the import reaches into another slice's private file."""
        if imported[0] != "wms" or imported[:2] == importer[:2]:
            return False
        private = cast("set[str]", self.private)
        exempt = cast("set[str]", self.free).intersection(importer[1:2])
        exempt |= cast("set[str]", self.public).intersection(imported[1:2])
        return not exempt and not private.isdisjoint(imported[2:3])

    def render_broken_contract(self, check: ContractCheck) -> None:
        for stray in check.metadata["strays"]:
            output.print_error(f"- {stray}", bold=False)
            output.new_line()


class AloneContract(Contract):
    """A module that imports nothing of the house but itself."""

    module = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        root = cast("str", self.module)
        own = {root, *graph.find_descendants(root)}
        strays = [
            f"{importer} -> {imported}"
            for importer in sorted(own)
            for imported in sorted(graph.find_modules_directly_imported_by(importer) - own)
            if imported.partition(".")[0] in {"wms", "devices", "labels"}
        ]
        return ContractCheck(kept=not strays, metadata={"strays": strays})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for stray in check.metadata["strays"]:
            output.print_error(f"- {stray}", bold=False)
            output.new_line()
