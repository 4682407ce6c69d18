"""What plot.py is made of: report (what conclude says), rows and result_file (the rest of a file), data (what is
drawn together), sheet, axes and style (looks), and a module for each chart."""
