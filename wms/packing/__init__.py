"""Packing: units go from totes into boxes, each seen once; boxes are weighed, labelled and given to the truck."""
