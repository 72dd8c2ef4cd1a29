"""What every other package may use: errors, dates, formats, files, attribution. Imports nothing of ours."""
