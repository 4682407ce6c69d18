"""What plot.py is made of: data (reading and merging results), style (looks), charts (drawing)."""
