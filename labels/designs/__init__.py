"""What our labels look like: one file each; plain values in, a `Label` out."""
