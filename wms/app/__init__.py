"""The composition root: puts slices, pages, settings and services together, and starts them."""
